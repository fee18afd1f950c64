/**
 * The arrays of VGG-16 under the names that others give them.
 * @module
 */
import { WeightsError } from "../../errors.ts";
import { VGG16_LAYERS } from "../../model/vgg16.ts";
import type { NamedArray } from "../safetensors.ts";
import { vgg16Shapes } from "../vgg16_file.ts";

/** Who names arrays so. "caffe" names are "conv1_1.weight", of files converted from the original network. */
export type Vgg16Naming = "torchvision" | "keras" | "caffe";

/** What a name in a file stands for. */
export interface Vgg16Name {
  readonly naming: Vgg16Naming;
  /** Convolution, or "conv3_4", which only VGG-19 has. */
  readonly layer: string;
  readonly part: "kernel" | "bias";
}

/** The arrays that were found. */
export interface FoundVgg16 {
  readonly naming: Vgg16Naming;
  /** "conv1_1/kernel" HWIO, input channels as in the file, "conv1_1/bias" and so on; all shapes are right. */
  readonly arrays: Map<string, Float32Array>;
}

/** Places of the convolutions in torchvision's `features`. */
const TORCHVISION_LAYERS: Readonly<Record<string, string>> = {
  0: "conv1_1",
  2: "conv1_2",
  5: "conv2_1",
  7: "conv2_2",
  10: "conv3_1",
  12: "conv3_2",
  14: "conv3_3",
};

const TORCHVISION_NAME = /^(?:(?:.*\.)?features\.)?(\d+)\.(weight|bias)$/;
const CAFFE_NAME = /(?:^|[./])(conv[1-3]_[1-4])[./](weight|bias|kernel)$/;
// "block1_conv1/block1_conv1_W_1:0", "block1_conv1/block1_conv1/kernel:0", "layers/block1_conv1/vars/0"
const KERAS_NAME =
  /(?:^|[/.])block([1-3])_conv([1-4])\/(?:.*[/_])?(W|b|kernel|bias|vars\/0|vars\/1)(?:_\d+)?(?::0)?$/;

/** What the name of an array stands for; undefined if it is no part of VGG-16 up to conv3_3 by its name. */
export function readVgg16Name(name: string): Vgg16Name | undefined {
  if (name.startsWith("optimizer")) return undefined;
  const [, block, conv, kerasPart] = KERAS_NAME.exec(name) ?? [];
  if (kerasPart !== undefined) {
    const part = /^(W|kernel|vars\/0)$/.test(kerasPart) ? "kernel" : "bias";
    return { naming: "keras", layer: `conv${block}_${conv}`, part };
  }
  const [, caffeLayer, caffePart] = CAFFE_NAME.exec(name) ?? [];
  if (caffeLayer !== undefined) {
    return { naming: "caffe", layer: caffeLayer, part: caffePart === "bias" ? "bias" : "kernel" };
  }
  const [, place, torchPart] = TORCHVISION_NAME.exec(name) ?? [];
  const layer = TORCHVISION_LAYERS[place ?? ""];
  if (layer === undefined) return undefined;
  return { naming: "torchvision", layer, part: torchPart === "bias" ? "bias" : "kernel" };
}

/**
 * Finds the fourteen arrays and turns kernels to HWIO.
 *
 * @param tensors Of the file, by its own names; others may be among them.
 * @param name What messages call the file.
 * @throws {WeightsError} If arrays are missing, of other shapes, there twice or not finite: one message tells all.
 * VGG-19, whose first convolutions look the same, is told apart.
 */
export function findVgg16Arrays(
  tensors: ReadonlyMap<string, NamedArray>,
  name: string,
): FoundVgg16 {
  const problems: string[] = [];
  const sources = new Map<string, { readonly name: string; readonly naming: Vgg16Naming }>();
  for (const key of tensors.keys()) {
    const meaning = readVgg16Name(key);
    if (meaning === undefined) continue;
    const target = `${meaning.layer}/${meaning.part}`;
    const other = sources.get(target);
    if (other !== undefined) problems.push(`${target} is there as "${other.name}" and "${key}"`);
    sources.set(target, { name: key, naming: meaning.naming });
  }
  if (isVgg19(tensors, sources)) problems.push("it has a fourth convolution at 256 channels");
  const missing = [...vgg16Shapes().keys()].filter((target) => !sources.has(target));
  if (sources.size === 0) problems.push("none of its arrays has a name that is known for VGG-16");
  else if (missing.length > 0) problems.push(`${missing.join(", ")} ${are(missing)} missing`);
  const arrays = new Map<string, Float32Array>();
  for (const [target, shape] of vgg16Shapes()) {
    const source = sources.get(target);
    if (source === undefined) continue;
    const { naming, name: key } = source;
    const array = tensors.get(key)!;
    const isTurned = naming !== "keras" && target.endsWith("/kernel");
    const wanted = isTurned ? [shape[3]!, shape[2]!, 3, 3] : shape;
    if (array.shape.join("x") !== wanted.join("x")) {
      problems.push(`"${key}" is ${array.shape.join("x")}, must be ${wanted.join("x")}`);
      continue;
    }
    const numbers = Float32Array.from(array.data);
    if (!numbers.every(Number.isFinite)) problems.push(`"${key}" has numbers that are not finite`);
    arrays.set(target, isTurned ? toHwio(numbers, array.shape) : numbers);
  }
  if (problems.length === 0) return { naming: sources.values().next().value!.naming, arrays };
  throw new WeightsError(`Cannot use "${name}" as VGG-16: ${problems.join("; ")}`, {
    hint:
      "Only VGG-16 without batch norm will do: torchvision's vgg16, Keras' VGG16 or the original",
  });
}

/** VGG-19 has conv3_4, of the shape of conv3_3, where VGG-16 pools; torchvision calls it features.16. */
function isVgg19(
  tensors: ReadonlyMap<string, NamedArray>,
  sources: ReadonlyMap<string, unknown>,
): boolean {
  return sources.has("conv3_4/kernel") ||
    [...tensors].some(([key, { shape }]) =>
      TORCHVISION_NAME.exec(key)?.[1] === "16" && key.endsWith("weight") && shape[0] === 256
    );
}

/** `[cout, cin, kh, kw]` to `[kh, kw, cin, cout]`. */
function toHwio(oihw: Float32Array, shape: readonly number[]): Float32Array {
  const [cout, cin, kh, kw] = shape as [number, number, number, number];
  const hwio = new Float32Array(oihw.length);
  for (let o = 0, from = 0; o < cout; o++) {
    for (let i = 0; i < cin; i++) {
      for (let at = 0; at < kh * kw; at++) hwio[(at * cin + i) * cout + o] = oihw[from++]!;
    }
  }
  return hwio;
}

function are(items: readonly string[]): string {
  return items.length === 1 ? "is" : "are";
}

/**
 * True for the arrays that {@linkcode findVgg16Arrays} looks at, so that readers may skip the rest: the fourteen, and
 * what VGG-19 shows itself by.
 */
export function isVgg16Name(name: string): boolean {
  return readVgg16Name(name) !== undefined || /features\.16\.weight$|^16\.weight$/.test(name);
}

/** Turns the order of input channels around, BGR to RGB, in the HWIO kernel of the first convolution. */
export function flipInputChannels(kernel: Float32Array): Float32Array {
  const { cin, cout } = VGG16_LAYERS[0]!;
  return kernel.map((_, at) => {
    const [rest, channel, o] = [
      Math.floor(at / (cin * cout)),
      Math.floor(at / cout) % cin,
      at % cout,
    ];
    return kernel[(rest * cin + (cin - 1 - channel)) * cout + o]!;
  });
}
