/**
 * VGG-16 of full size with numbers by formula, under the names of others.
 * @module
 */
import { VGG16_LAYERS } from "../../src/model/vgg16.ts";
import type { ForeignArray } from "./foreign_bytes.ts";

/** Who names the arrays so. */
export type Naming = "torchvision" | "features" | "caffe" | "keras" | "old keras";

/** Places in torchvision's `features`, in the order of the layers. */
const PLACES = [0, 2, 5, 7, 10, 12, 14];

/**
 * The number at a place of a kernel: different for each layer and each place, exact in float32.
 *
 * @param i Input channel, 0 = red.
 */
export function vggNumber(
  layer: number,
  { y, x, i, o }: { y: number; x: number; i: number; o: number },
): number {
  return (layer + 1) * 1_000_000 + ((y * 3 + x) * 256 + i) * 256 + o;
}

/** Bias of an output channel. */
export function vggBias(layer: number, o: number): number {
  return -(layer * 1000 + o) - 1;
}

/**
 * The fourteen arrays as they stand in a file: OIHW and RGB under PyTorch's names, HWIO and BGR under Keras'.
 */
export function vgg16As(naming: Naming): Map<string, ForeignArray> {
  const arrays = new Map<string, ForeignArray>();
  VGG16_LAYERS.forEach(({ name, cin, cout }, layer) => {
    const bias = {
      shape: [cout],
      data: Float32Array.from({ length: cout }, (_, o) => vggBias(layer, o)),
    };
    const isKeras = naming.endsWith("keras");
    const shape = isKeras ? [3, 3, cin, cout] : [cout, cin, 3, 3];
    const data = new Float32Array(9 * cin * cout);
    for (let at = 0; at < data.length; at++) {
      const place = isKeras
        ? {
          y: Math.floor(at / (3 * cin * cout)),
          x: Math.floor(at / (cin * cout)) % 3,
          i: Math.floor(at / cout) % cin,
          o: at % cout,
        }
        : {
          y: Math.floor(at / 3) % 3,
          x: at % 3,
          i: Math.floor(at / 9) % cin,
          o: Math.floor(at / (9 * cin)),
        };
      const i = isKeras && layer === 0 ? 2 - place.i : place.i;
      data[at] = vggNumber(layer, { ...place, i });
    }
    const [kernelName, biasName] = namesOf(naming, name, PLACES[layer]!);
    arrays.set(kernelName, { shape, data });
    arrays.set(biasName, bias);
  });
  return arrays;
}

function namesOf(naming: Naming, layer: string, place: number): [string, string] {
  const keras = `block${layer[4]}_conv${layer[6]}`;
  switch (naming) {
    case "torchvision":
      return [`features.${place}.weight`, `features.${place}.bias`];
    case "features":
      return [`${place}.weight`, `${place}.bias`];
    case "caffe":
      return [`${layer}.weight`, `${layer}.bias`];
    case "keras":
      return [`${keras}/${keras}/kernel:0`, `${keras}/${keras}/bias:0`];
    case "old keras":
      return [`${keras}/${keras}_W_1:0`, `${keras}/${keras}_b_1:0`];
  }
}
