/**
 * Worker of a sample stream: decodes, crops and masks beside the training thread.
 * @module
 */
/// <reference lib="webworker" />
import { createRandom } from "../random.ts";
import { decodeImage } from "./decode_image.ts";
import { createImageCache } from "./image_cache.ts";
import { makeSample } from "./make_sample.ts";
import type { RgbImage } from "./random_crop.ts";
import type { FromWorker, SampleRequest, WorkerSetup } from "./sample_messages.ts";

/** Shorter side of a kept image in sample sides; larger images are shrunk once, which bounds memory and time. */
const MOST_SHRINK = 4;

const scope = self as unknown as DedicatedWorkerGlobalScope;

/** Answers requests one after another, so that two never decode the same image. */
let queue: Promise<void> = Promise.resolve();
let answer: ((request: SampleRequest) => Promise<void>) | undefined;

scope.onmessage = ({ data }: MessageEvent<WorkerSetup | SampleRequest>) => {
  if (data.kind === "setup") answer = createAnswer(data);
  else queue = queue.then(() => answer?.(data));
};

function createAnswer(setup: WorkerSetup): (request: SampleRequest) => Promise<void> {
  const { images, size, seed, maskRatio } = setup;
  const read = createImageCache({
    read: async (path) => await decodeRgb(await Deno.readFile(path), path),
    bytes: setup.cacheBytes,
    mostShorterSide: MOST_SHRINK * size,
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
        send({ kind: "bad image", path: images[at]!, message: last });
      }
    }
    const detail = last === "" ? "" : `, the last one with: ${last}`;
    throw new NoImageError(`Cannot read any of the ${images.length} images${detail}`);
  }

  return async ({ ticket, wanted }) => {
    try {
      const area = size * size;
      const rgb255 = new Uint8Array(wanted.length * area * 3);
      const holeMask = new Uint8Array(wanted.length * area);
      for (const [i, { sample, image }] of wanted.entries()) {
        const options = maskRatio === undefined ? { size } : { size, maskRatio };
        const made = makeSample(await readFrom(image), createRandom(seed, sample), options);
        rgb255.set(made.rgb255, i * area * 3);
        holeMask.set(made.holeMask, i * area);
      }
      const slots = wanted.map(({ slot }) => slot);
      send({ kind: "samples", ticket, slots, rgb255, holeMask }, [rgb255.buffer, holeMask.buffer]);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      send({ kind: "failure", ticket, isInput: error instanceof NoImageError, message });
    }
  };
}

class NoImageError extends Error {
  override name = "NoImageError";
}

function send(message: FromWorker, transfer: Transferable[] = []): void {
  scope.postMessage(message, transfer);
}

/** Decodes without looking at alpha: the colours under it are as good to learn from. */
async function decodeRgb(bytes: Uint8Array, name: string): Promise<RgbImage> {
  const { width, height, rgba } = await decodeImage(bytes, { name });
  const rgb255 = new Uint8Array(width * height * 3);
  for (let i = 0, o = 0; o < rgb255.length; i += 4, o += 3) {
    rgb255[o] = rgba[i]!;
    rgb255[o + 1] = rgba[i + 1]!;
    rgb255[o + 2] = rgba[i + 2]!;
  }
  return { rgb255, width, height };
}
