/**
 * What a network of others wants before its first layer and after its last one.
 * @module
 */
import type { NamedArray } from "../checkpoint/safetensors.ts";
import { RANGE_SCALES } from "../model/image_range.ts";
import { OUTPUT_HEAD, OUTPUT_HEAD_SLOPE } from "../model/output_head.ts";
import type { UNetConfig } from "../model/unet_config.ts";
import type { NetworkEngine } from "./types.ts";

/** What decides how images enter and leave. */
export interface ImageEnds {
  readonly config: Pick<UNetConfig, "range" | "outputHead">;
  /** Parameters by path; those of the output head are read, at once. */
  readonly arrays: ReadonlyMap<string, NamedArray>;
}

/** Changes an image `[pixels, 3]` in place. */
type ChangeImage = (image: Float32Array) => void;

/**
 * Makes how an engine that runs the layers alone becomes one of the whole network: images enter the config's range
 * first, and the output goes through the head, if there is one, and back to rgb01. Both are arithmetic on single pixels
 * whose cost is nothing beside the layers.
 *
 * @returns Wraps an engine; hands it back where there is nothing to do.
 */
export function imageEnds(
  { config: { range, outputHead }, arrays }: ImageEnds,
): (engine: NetworkEngine) => NetworkEngine {
  const scale = range === "[0,1]" ? undefined : RANGE_SCALES[range];
  const head = outputHead === undefined ? undefined : makeHead(arrays);
  if (scale === undefined && head === undefined) return (engine) => engine;
  const enter = (image: Float32Array): Float32Array => {
    if (scale === undefined) return image;
    const { mean, deviation } = scale;
    return image.map((value, i) => (value - mean[i % 3]!) / deviation[i % 3]!);
  };
  const leave: ChangeImage = (image) => {
    head?.(image);
    if (scale === undefined) return;
    const { mean, deviation } = scale;
    for (let i = 0; i < image.length; i++) image[i] = image[i]! * deviation[i % 3]! + mean[i % 3]!;
  };
  return (engine) => ({
    get name() {
      return engine.name;
    },
    async run(requests) {
      const outputs = await engine.run(
        requests.map((request) => ({ ...request, rgb01: enter(request.rgb01) })),
      );
      outputs.forEach(leave);
      return outputs;
    },
    close: () => engine.close(),
  });
}

/** `sigmoid(kernel · leaky(x + shift) + bias)` of every pixel, with copies of the numbers. */
function makeHead(arrays: ReadonlyMap<string, NamedArray>): ChangeImage {
  const [shift, kernel, bias] = OUTPUT_HEAD.map(({ path }) => [...arrays.get(path)!.data]) as [
    number[],
    number[],
    number[],
  ];
  return (image) => {
    for (let i = 0; i < image.length; i += 3) {
      const seen = [0, 1, 2].map((c) => {
        const value = image[i + c]! + shift[c]!;
        return value > 0 ? value : OUTPUT_HEAD_SLOPE * value;
      });
      for (let c = 0; c < 3; c++) {
        let sum = bias[c]!;
        for (let from = 0; from < 3; from++) sum += kernel[from * 3 + c]! * seen[from]!;
        image[i + c] = 1 / (1 + Math.exp(-sum));
      }
    }
  };
}
