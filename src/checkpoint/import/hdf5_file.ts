/**
 * HDF5 files, as Keras writes them.
 * @module
 */
import type { Dataset } from "h5wasm";
import { UserError } from "../../errors.ts";
import type { NamedArray, TensorData } from "../safetensors.ts";
import { type ForeignFileOptions, type Refuse, refuseWeights } from "./refusal.ts";
import { unpackedLimit } from "./unpacked_limit.ts";

/** What every HDF5 file begins with. */
const SIGNATURE = "894844460d0a1a0a";

/** Classes of numbers in HDF5. */
const INTEGER = 0;
const FLOAT = 1;

/** True if the bytes begin as HDF5 does. */
export function isHdf5(bytes: Uint8Array): boolean {
  return bytes.subarray(0, SIGNATURE.length / 2).toHex() === SIGNATURE;
}

/**
 * Reads the datasets of numbers in an HDF5 file, with the HDF5 library itself as WebAssembly. It sees the bytes
 * alone: links to other files lead nowhere.
 *
 * @param bytes The whole file.
 * @returns Arrays by path without leading slash, in the file's order; whole numbers of 64 bits become float64.
 * @throws {WeightsError} If the file is damaged.
 */
export async function readHdf5File(
  bytes: Uint8Array,
  { name, select = () => true }: ForeignFileOptions,
): Promise<Map<string, NamedArray>> {
  const refuse = refuseWeights(name);
  const { default: h5wasm } = await import("h5wasm");
  const { FS, activate_throwing_error_handler } = await h5wasm.ready;
  // Without it the library writes its errors to the console.
  activate_throwing_error_handler();
  const path = `${crypto.randomUUID()}.h5`;
  // The library only reads, so it may work on our bytes instead of a copy; its types do not know the option.
  FS.writeFile(path, bytes, { canOwn: true } as object);
  try {
    const file = new h5wasm.File(path, "r");
    try {
      const arrays = new Map<string, NamedArray>();
      let room = unpackedLimit(bytes.length);
      for (const key of file.paths()) {
        if (!select(key)) continue;
        const item = file.get(key);
        if (!(item instanceof h5wasm.Dataset)) continue;
        room -= sizeOf(item);
        if (room < 0) refuse("datasets are said to be much larger than the file");
        const array = readDataset(item, key, refuse);
        if (array !== undefined) arrays.set(key, array);
      }
      return arrays;
    } finally {
      file.close();
    }
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    return refuse("HDF5 file is damaged or cut off", { cause, hint: "Fetch the file again" });
  } finally {
    FS.unlink(path);
  }
}

function sizeOf({ metadata: { shape, size } }: Dataset): number {
  return (shape ?? [0]).reduce((product, side) => product * side, size);
}

/** The numbers of a dataset; undefined if it holds text or something else. */
function readDataset(dataset: Dataset, key: string, refuse: Refuse): NamedArray | undefined {
  const { type, size, shape } = dataset.metadata;
  if (shape === null || (type !== INTEGER && type !== FLOAT)) return undefined;
  if (type === FLOAT && size !== 4 && size !== 8) {
    return refuse(`dataset "${key}" has floats of ${size} bytes, must be of 4 or 8`);
  }
  return { shape, data: toTensorData(dataset.value) };
}

function toTensorData(value: unknown): TensorData {
  if (value instanceof Float32Array || value instanceof Float64Array) return value;
  if (value instanceof Int32Array || value instanceof Uint8Array) return value;
  return Float64Array.from(value as ArrayLike<number | bigint>, Number);
}
