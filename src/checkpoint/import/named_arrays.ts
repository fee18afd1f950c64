/**
 * Arrays by name from the files that PyTorch's networks come in.
 * @module
 */
import { WeightsError } from "../../errors.ts";
import { decodeSafetensors, type NamedArray } from "../safetensors.ts";
import { recogniseFormat } from "./file_format.ts";
import { readForeignFile } from "./foreign_file.ts";
import { readTorchFile } from "./torch_file.ts";

/** Options of {@linkcode readNamedArrays}. */
export interface ReadNamedArraysOptions {
  /** Tells which arrays are wanted, by name. */
  readonly select: (name: string) => boolean;
}

/**
 * Reads a PyTorch checkpoint or a safetensors file, recognised by content.
 *
 * @returns The wanted arrays in the file's order.
 * @throws {WeightsError} If the file cannot be read, is damaged or of another format.
 */
export async function readNamedArrays(
  path: string,
  { select }: ReadNamedArraysOptions,
): Promise<Map<string, NamedArray>> {
  const bytes = await readForeignFile(path);
  const format = recogniseFormat(bytes);
  if (format === "torch") return await readTorchFile(bytes, { name: path, select });
  if (format === "hdf5") {
    throw new WeightsError(
      `Cannot read weights "${path}": file is HDF5, must be a PyTorch checkpoint or safetensors`,
      { hint: "A Keras model can be turned into one for tfjs with tensorflowjs_converter" },
    );
  }
  const { tensors } = decodeSafetensors(bytes, { name: path });
  return new Map([...tensors].filter(([name]) => select(name)));
}

/** Numbers of an array as float32, without a copy where they are. */
export function toFloat32({ data }: NamedArray): Float32Array {
  return data instanceof Float32Array ? data : Float32Array.from(data);
}

/** True if no number is infinite or NaN. */
export function areFinite(values: Float32Array): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}
