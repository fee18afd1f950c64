/**
 * Numbers that all contenders read.
 * @module
 */
import type { NamedArray } from "../../../src/checkpoint/safetensors.ts";
import type { ArraysFile } from "./workload.ts";

/** Writes arrays into one raw file. */
export async function writeArrays(
  path: string,
  arrays: ReadonlyMap<string, NamedArray>,
): Promise<ArraysFile> {
  const file = await Deno.open(path, { write: true, create: true, truncate: true });
  const writer = file.writable.getWriter();
  for (const { data } of arrays.values()) await writer.write(bytesOf(data as Float32Array));
  await writer.close();
  return { path, arrays: [...arrays].map(([name, { shape }]) => ({ name, shape: [...shape] })) };
}

/** Reads what {@linkcode writeArrays} wrote. */
export async function readArrays({ path, arrays }: ArraysFile): Promise<Map<string, NamedArray>> {
  const all = await readFloats(path);
  let offset = 0;
  return new Map(arrays.map(({ name, shape }) => {
    const size = shape.reduce((product, side) => product * side, 1);
    const data = all.slice(offset, offset + size);
    offset += size;
    return [name, { shape, data }];
  }));
}

/** Reads a raw file of float32. */
export async function readFloats(path: string): Promise<Float32Array> {
  return new Float32Array((await Deno.readFile(path)).buffer);
}

/** Writes a raw file of float32. */
export async function writeFloats(path: string, values: Float32Array): Promise<string> {
  await Deno.writeFile(path, bytesOf(values));
  return path;
}

function bytesOf(values: Float32Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(values.buffer as ArrayBuffer, values.byteOffset, values.byteLength);
}
