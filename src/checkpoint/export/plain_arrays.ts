/**
 * A network's numbers as PyTorch would have them.
 * @module
 */
import type { NamedArray } from "../safetensors.ts";

/** Our last word, as PyTorch's modules call it. */
const TORCH_NAMES: Readonly<Record<string, string>> = {
  "kernel": "weight",
  "batch_norm/gamma": "batch_norm.weight",
  "batch_norm/beta": "batch_norm.bias",
  "batch_norm/mean": "batch_norm.running_mean",
  "batch_norm/variance": "batch_norm.running_var",
};

/**
 * Renames a network's arrays as a state dict of PyTorch: "encoder/2/kernel" HWIO becomes "encoder.2.weight" OIHW,
 * "encoder/2/batch_norm/mean" becomes "encoder.2.batch_norm.running_mean". The numbers stay the paper's: a plain
 * convolution where nothing is missing.
 */
export function plainArrays(arrays: ReadonlyMap<string, NamedArray>): Map<string, NamedArray> {
  return new Map([...arrays].map(([path, array]) => {
    const [, layer, last] = /^(.*?)\/(kernel|bias|shift|batch_norm\/\w+)$/.exec(path)!;
    const name = `${layer!.replaceAll("/", ".")}.${TORCH_NAMES[last!] ?? last}`;
    return [name, last === "kernel" ? toOihw(array) : array];
  }));
}

/** `[kh, kw, cin, cout]` to `[cout, cin, kh, kw]`. */
export function toOihw({ shape, data }: NamedArray): NamedArray & { readonly data: Float32Array } {
  const [kh, kw, cin, cout] = shape as [number, number, number, number];
  const [area, turned] = [kh * kw, new Float32Array(data.length)];
  for (let at = 0, from = 0; at < area; at++) {
    for (let i = 0; i < cin; i++) {
      for (let o = 0; o < cout; o++) turned[(o * cin + i) * area + at] = data[from++]!;
    }
  }
  return { shape: [cout, cin, kh, kw], data: turned };
}
