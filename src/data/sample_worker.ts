/**
 * Worker of a sample stream: decodes, crops and masks beside the training thread.
 * @module
 */
/// <reference lib="webworker" />
import { InputError } from "../errors.ts";
import { createRandom } from "../random.ts";
import { createImageCache, keptShorterSide } from "./image_cache.ts";
import { emptyPlanes, planesOfHoles, setPlanes } from "./lattice_sample.ts";
import { drawLattice, makeSample, type Sample } from "./make_sample.ts";
import { createMaskSource } from "./mask_source.ts";
import { randomCrop, type RgbImage } from "./random_crop.ts";
import { readImageFile } from "./read_image_file.ts";
import type { FromWorker, SampleRequest, WorkerSetup } from "./sample_messages.ts";
import { withoutAlpha } from "./without_alpha.ts";

/** Part of the kept bytes that masks from files may take: bits, where images take bytes. */
const MASK_SHARE = 1 / 8;

const scope = self as unknown as DedicatedWorkerGlobalScope;

/** Answers requests one after another, so that two never decode the same image. */
let queue: Promise<void> = Promise.resolve();
let answer: ((request: SampleRequest) => Promise<void>) | undefined;

scope.onmessage = ({ data }: MessageEvent<WorkerSetup | SampleRequest>) => {
  if (data.kind === "setup") answer = createAnswer(data);
  else queue = queue.then(() => answer?.(data));
};

function createAnswer(setup: WorkerSetup): (request: SampleRequest) => Promise<void> {
  const { images, size, seed, maskRatio, masks, lattices } = setup;
  const maskBytes = masks === undefined ? 0 : setup.cacheBytes * MASK_SHARE;
  const read = createImageCache({
    read: readRgb,
    bytes: setup.cacheBytes - maskBytes,
    mostShorterSide: keptShorterSide(size),
  });
  const drawHoleMask = masks === undefined ? undefined : createMaskSource({
    folder: masks,
    size,
    ...(maskRatio === undefined ? {} : { ratio: maskRatio }),
    cacheBytes: maskBytes,
    onBadMask: (path, message) => send({ kind: "bad file", path, message }),
    onMiss: (share) => send({ kind: "missed ratio", share }),
  });
  const bad = new Set<number>();

  /** The image itself, or the next readable one of the list; the choice depends on the files alone. */
  async function readFrom(index: number): Promise<RgbImage> {
    let last = "";
    for (let step = 0; step < images.length; step++) {
      const at = (index + step) % images.length;
      if (bad.has(at)) continue;
      try {
        return await read(images[at]!);
      } catch (error) {
        bad.add(at);
        last = error instanceof Error ? error.message : String(error);
        send({ kind: "bad file", path: images[at]!, message: last });
      }
    }
    const detail = last === "" ? "" : `, the last one with: ${last}`;
    throw new InputError(`Cannot read any of the ${images.length} images${detail}`);
  }

  async function make(sample: number, index: number): Promise<Sample> {
    const image = await readFrom(index);
    const random = createRandom(seed, sample);
    const options = {
      size,
      ...(maskRatio === undefined ? {} : { maskRatio }),
      ...(lattices === undefined ? {} : { lattices }),
    };
    if (drawHoleMask === undefined) return makeSample(image, random, options);
    const lattice = drawLattice(image, random, options);
    if (lattice !== undefined) return lattice;
    const rgb255 = randomCrop(image, random, { size });
    const holeMask = await drawHoleMask(random);
    return lattices === undefined
      ? { rgb255, holeMask }
      : { rgb255, holeMask, lattice: planesOfHoles(rgb255, holeMask) };
  }

  return async ({ ticket, wanted }) => {
    try {
      const area = size * size;
      const rgb255 = new Uint8Array(wanted.length * area * 3);
      const holeMask = new Uint8Array(wanted.length * area);
      const lattice = lattices === undefined ? undefined : emptyPlanes(wanted.length * area);
      for (const [i, { sample, image }] of wanted.entries()) {
        const made = await make(sample, image);
        rgb255.set(made.rgb255, i * area * 3);
        holeMask.set(made.holeMask, i * area);
        if (lattice !== undefined) setPlanes(lattice, made.lattice!, i * area);
      }
      const slots = wanted.map(({ slot }) => slot);
      send({ kind: "samples", ticket, slots, rgb255, holeMask, lattice }, [
        ...[rgb255, holeMask, ...Object.values(lattice ?? {})].map(({ buffer }) => buffer),
      ]);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const isInput = error instanceof InputError;
      const hint = isInput ? error.hint : undefined;
      send({ kind: "failure", ticket, isInput, message, hint });
    }
  };
}

function send(message: FromWorker, transfer: Transferable[] = []): void {
  scope.postMessage(message, transfer);
}

/** Decodes without looking at alpha: the colours under it are as good to learn from. */
async function readRgb(path: string): Promise<RgbImage> {
  const { width, height, rgba } = await readImageFile(path);
  return { rgb255: withoutAlpha(rgba), width, height };
}
