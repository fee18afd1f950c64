/**
 * The number formats of PyTorch and what they become here.
 * @module
 */
import type { TensorData } from "../safetensors.ts";

/** How numbers of one kind of storage lie in a file. */
export interface TorchDtype {
  /** Size of one number in bytes. */
  readonly itemBytes: number;
  /**
   * Turns raw bytes, little endian, into numbers.
   * @throws {RangeError} If a whole number is too large to be exact.
   */
  readonly read: (bytes: ArrayBuffer) => TensorData;
}

/**
 * By storage class. Half and bfloat16 become float32, which holds them exactly; whole numbers of 64 bits become
 * float64.
 */
export const TORCH_DTYPES: Readonly<Record<string, TorchDtype>> = {
  DoubleStorage: { itemBytes: 8, read: (bytes) => new Float64Array(bytes) },
  FloatStorage: { itemBytes: 4, read: (bytes) => new Float32Array(bytes) },
  HalfStorage: { itemBytes: 2, read: (bytes) => Float32Array.from(new Float16Array(bytes)) },
  BFloat16Storage: { itemBytes: 2, read: readBfloat16 },
  LongStorage: { itemBytes: 8, read: readLong },
  IntStorage: { itemBytes: 4, read: (bytes) => new Int32Array(bytes) },
  ShortStorage: { itemBytes: 2, read: (bytes) => Int32Array.from(new Int16Array(bytes)) },
  CharStorage: { itemBytes: 1, read: (bytes) => Int32Array.from(new Int8Array(bytes)) },
  ByteStorage: { itemBytes: 1, read: (bytes) => new Uint8Array(bytes) },
  BoolStorage: { itemBytes: 1, read: (bytes) => new Uint8Array(bytes) },
};

/** A bfloat16 is the upper half of a float32. */
function readBfloat16(bytes: ArrayBuffer): Float32Array {
  const words = Uint32Array.from(new Uint16Array(bytes), (half) => half << 16);
  return new Float32Array(words.buffer);
}

function readLong(bytes: ArrayBuffer): Float64Array {
  return Float64Array.from(new BigInt64Array(bytes), (value) => {
    if (!Number.isSafeInteger(Number(value))) throw new RangeError(`it holds ${value}`);
    return Number(value);
  });
}
