/**
 * A tensor of PyTorch as a row-major array.
 * @module
 */
import type { NamedArray, TensorData } from "../safetensors.ts";
import type { Refuse } from "./refusal.ts";
import type { TorchView } from "./torch_objects.ts";

/** Product of the sizes; 1 for a scalar. */
export function countOf(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

/** How far a view reaches from its offset: the place of its last number, plus one. */
export function reachOf({ shape, strides }: TorchView): number {
  if (shape.includes(0)) return 0;
  return shape.reduce((at, side, axis) => at + (side - 1) * strides[axis]!, 1);
}

/**
 * Copies the numbers of a view into their order.
 *
 * @param record All numbers of the storage's record, as the file has them.
 * @param what Names the tensor in messages: `tensor "a"`.
 * @throws {WeightsError} By `refuse`, if the view reaches beyond its storage or the storage beyond its record.
 */
export function readTorchView(
  view: TorchView,
  record: Uint8Array,
  { what, refuse }: { readonly what: string; readonly refuse: Refuse },
): NamedArray {
  const { storage: { dtype, start, count }, offset, shape, strides } = view;
  const { itemBytes } = dtype;
  if ((start + count) * itemBytes > record.length) {
    refuse(`${what} needs ${(start + count) * itemBytes} bytes, file has ${record.length} for it`);
  }
  const reach = reachOf(view);
  if (offset + reach > count) {
    refuse(`${what} reaches to number ${offset + reach} of a storage of ${count}`);
  }
  const begin = (start + offset) * itemBytes;
  // A copy is aligned as typed arrays demand, and lets go of the whole file.
  const copy = new Uint8Array(reach * itemBytes);
  copy.set(record.subarray(begin, begin + copy.length));
  let data: TensorData;
  try {
    data = dtype.read(copy.buffer);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    return refuse(`${what} cannot be read exactly: ${cause.message}`, { cause });
  }
  return { shape, data: isRowMajor(shape, strides) ? data : reorder(data, shape, strides) };
}

/** True if the numbers already lie in order; axes of one entry may have any stride. */
function isRowMajor(shape: readonly number[], strides: readonly number[]): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== expected) return shape.includes(0);
    expected *= shape[axis]!;
  }
  return true;
}

function reorder(
  data: TensorData,
  shape: readonly number[],
  strides: readonly number[],
): TensorData {
  const Kind = data.constructor as new (length: number) => TensorData;
  const out = new Kind(countOf(shape));
  const index = shape.map(() => 0);
  let from = 0;
  for (let to = 0; to < out.length; to++) {
    out[to] = data[from]!;
    // Counts up like an odometer, the last axis fastest.
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      from -= shape[axis]! * strides[axis]!;
      index[axis] = 0;
    }
  }
  return out;
}
