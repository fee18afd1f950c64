/**
 * Training batches, made ahead of need by workers and fixed by a seed and a step.
 * @module
 */
import { InputError } from "../errors.ts";
import { shuffledOrder } from "./folder_dataset.ts";
import { cutPlanes, emptyPlanes, type LatticePlanes, setPlanes } from "./lattice_sample.ts";
import type { LatticeShare } from "./make_sample.ts";
import type { MaskFolder } from "./mask_folder.ts";
import type { FromWorker, SampleRequest, WorkerSetup } from "./sample_messages.ts";

/** Options of {@linkcode openSamples}. */
export interface OpenSamplesOptions {
  /** Paths of the images; the order matters to the seed. */
  images: readonly string[];
  /** Side of a sample in pixels. */
  size: number;
  /** Samples per batch. */
  batchSize: number;
  /** Seed of the run, a whole number of at least 0. */
  seed: number;
  /**
   * Threads that make samples; each image belongs to one of them.
   * @default 1
   */
  workers?: number;
  /**
   * Batches that are made before they are asked for.
   * @default 4
   */
  ahead?: number;
  /**
   * Bounds of the share of hole pixels.
   * @default [0.01, 0.6]
   */
  maskRatio?: readonly [low: number, high: number];
  /**
   * Folder that holes come from, opened by `openMaskFolder`.
   * @default Holes are generated
   */
  masks?: MaskFolder;
  /**
   * Makes some of the samples lattices; the holes of their small pictures are generated, also with `masks`.
   * @default {undefined} None
   */
  lattices?: LatticeShare;
  /**
   * Bytes of decoded images and masks that all workers together keep.
   * @default 1 GiB
   */
  cacheBytes?: number;
  /** Told once of every image or mask that cannot be read; the next one of the list takes its place. */
  onBadImage?: (path: string, message: string) => void;
  /** Told once, when for the first time no mask of the folder is within the ratio bounds. */
  onMissedRatio?: (share: number) => void;
}

/** A file that cannot be read. */
export interface LeftOut {
  /** As it was given. */
  readonly path: string;
  /** Why, as a whole sentence. */
  readonly message: string;
}

/** One batch of training data. */
export interface SampleBatch {
  /** `[n, h, w, 3]`, 0 to 255. */
  readonly rgb255: Uint8Array<ArrayBuffer>;
  /** `[n, h, w]`, 1 = hole. */
  readonly holeMask: Uint8Array<ArrayBuffer>;
  /** `[n, h, w, 3]` and `[n, h, w]`: what is known and guessed; not there if no sample of the run is a lattice. */
  readonly lattice?: LatticePlanes;
}

/** Batches by step. */
export interface SampleStream {
  /** Images and masks that could not be read so far, in the order in which they were met; grows. */
  readonly leftOut: readonly LeftOut[];
  /** Samples made so far, those ahead included, whose mask is outside of the ratio bounds for want of a better one. */
  readonly missedRatios: number;
  /**
   * The batch of an optimiser step; also begins the following ones.
   *
   * @param step 0-based. Asking in order is fast, any order is right.
   * @throws {InputError} If no image, or no mask, can be read or used.
   */
  batch(step: number): Promise<SampleBatch>;
  /** Ends the workers; batches still awaited are rejected. */
  close(): Promise<void>;
}

/**
 * Opens a stream of batches from image files.
 *
 * Sample `i = step * batchSize + slot` depends only on `(seed, i)` and the files: its chance is
 * `createRandom(seed, i)` and its image is number `i mod images` of the shuffled order of epoch
 * `floor(i / images)`. So a resumed run needs the step and nothing else, and the number of workers changes nothing.
 *
 * @throws {InputError} If there is no image.
 * @throws {RangeError} If a number is not whole or too small.
 */
export function openSamples(options: OpenSamplesOptions): SampleStream {
  const { images, size, batchSize, seed, workers: threads = 1, ahead = 4 } = options;
  if (images.length === 0) throw new InputError("Cannot open samples: there is no image");
  checkWhole({ size, batchSize, workers: threads }, 1);
  checkWhole({ seed, ahead }, 0);

  const area = size * size;
  /** Batches that workers are at, by ticket; a ticket is never used twice, so a late answer cannot mix in. */
  const pending = new Map<number, Pending>();
  /** Batches made ahead, by step. */
  const prepared = new Map<number, Pending>();
  let tickets = 0;
  const reported = new Set<string>();
  const leftOut: LeftOut[] = [];
  let missedRatios = 0;
  let failure: Error | undefined;

  const setup: WorkerSetup = {
    kind: "setup",
    images,
    size,
    seed,
    maskRatio: options.maskRatio,
    masks: options.masks,
    lattices: options.lattices,
    cacheBytes: Math.floor((options.cacheBytes ?? 2 ** 30) / threads),
  };
  const workers = Array.from({ length: threads }, () => {
    const worker = new Worker(new URL("./sample_worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => receive(data);
    worker.onerror = (event) => {
      event.preventDefault(); // the error is ours now; unhandled it would end the program
      fail(new Error(`Cannot make samples: a worker failed with: ${event.message}`));
    };
    worker.onmessageerror = () => fail(new Error("Cannot make samples: a message was damaged"));
    worker.postMessage(setup);
    return worker;
  });

  const orders = new Map<number, Uint32Array>();
  function imageOf(sample: number): number {
    const epoch = Math.floor(sample / images.length);
    let order = orders.get(epoch);
    if (order === undefined) {
      if (orders.size > 4) orders.clear();
      orders.set(epoch, order = shuffledOrder(images.length, seed, epoch));
    }
    return order[sample % images.length]!;
  }

  function request(step: number): Pending {
    const wanted: SampleRequest["wanted"][number][][] = workers.map(() => []);
    for (let slot = 0; slot < batchSize; slot++) {
      const sample = step * batchSize + slot;
      const image = imageOf(sample);
      wanted[image % threads]!.push({ slot, sample, image });
    }
    const { promise, resolve, reject } = Promise.withResolvers<SampleBatch>();
    promise.catch(() => {}); // a batch made ahead may fail before anyone awaits it
    const entry = {
      batch: {
        rgb255: new Uint8Array(batchSize * area * 3),
        holeMask: new Uint8Array(batchSize * area),
        ...(options.lattices === undefined ? {} : { lattice: emptyPlanes(batchSize * area) }),
      },
      missing: batchSize,
      promise,
      resolve,
      reject,
    };
    const ticket = tickets++;
    pending.set(ticket, entry);
    prepared.set(step, entry);
    workers.forEach((worker, i) => {
      if (wanted[i]!.length === 0) return;
      worker.postMessage({ kind: "samples", ticket, wanted: wanted[i]! } satisfies SampleRequest);
    });
    return entry;
  }

  function receive(message: FromWorker): void {
    if (message.kind === "bad file") {
      const { path, message: reason } = message;
      if (reported.has(path)) return;
      reported.add(path);
      leftOut.push({ path, message: reason });
      options.onBadImage?.(path, reason);
      return;
    }
    if (message.kind === "missed ratio") {
      missedRatios++;
      if (missedRatios === 1) options.onMissedRatio?.(message.share);
      return;
    }
    const entry = pending.get(message.ticket);
    if (entry === undefined) return;
    if (message.kind === "failure") {
      const { isInput, message: reason, hint } = message;
      const extra = hint === undefined ? {} : { hint };
      fail(isInput ? new InputError(reason, extra) : new Error(reason));
      return;
    }
    message.slots.forEach((slot, i) => {
      entry.batch.rgb255.set(
        message.rgb255.subarray(i * area * 3, (i + 1) * area * 3),
        slot * area * 3,
      );
      entry.batch.holeMask.set(message.holeMask.subarray(i * area, (i + 1) * area), slot * area);
      if (entry.batch.lattice === undefined || message.lattice === undefined) return;
      setPlanes(
        entry.batch.lattice,
        cutPlanes(message.lattice, i * area, (i + 1) * area),
        slot * area,
      );
    });
    entry.missing -= message.slots.length;
    if (entry.missing > 0) return;
    pending.delete(message.ticket);
    entry.resolve(entry.batch);
  }

  /** Ends everything: a stream that lost a worker cannot go on. */
  function fail(error: Error): void {
    failure ??= error;
    for (const { reject } of pending.values()) reject(failure);
    pending.clear();
    prepared.clear();
    for (const worker of workers) worker.terminate();
  }

  return {
    leftOut,
    get missedRatios() {
      return missedRatios;
    },
    async batch(step) {
      checkWhole({ step }, 0);
      if (failure !== undefined) throw failure;
      for (const other of prepared.keys()) {
        if (other < step || other > step + ahead) prepared.delete(other);
      }
      const { promise } = prepared.get(step) ?? request(step);
      prepared.delete(step); // the caller owns it; asked for again, it is made again
      for (let next = step + 1; next <= step + ahead; next++) {
        if (!prepared.has(next)) request(next);
      }
      return await promise;
    },
    close() {
      fail(new Error("Cannot make samples: the stream is closed"));
      return Promise.resolve();
    },
  };
}

/** A batch that is being made. */
interface Pending {
  readonly batch: SampleBatch;
  missing: number;
  readonly promise: Promise<SampleBatch>;
  resolve(batch: SampleBatch): void;
  reject(error: Error): void;
}

function checkWhole(numbers: Readonly<Record<string, number>>, least: number): void {
  for (const [name, value] of Object.entries(numbers)) {
    if (!Number.isSafeInteger(value) || value < least) {
      throw new RangeError(
        `Cannot open samples: ${name} is ${value}, must be a whole number of at least ${least}`,
      );
    }
  }
}
