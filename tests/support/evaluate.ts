/**
 * Running tensor code and reading what it gives.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Values } from "./assert_all_close.ts";

/** Reads one tensor from the device; the tensor stays. */
export async function read(tensor: tf.Tensor): Promise<Values> {
  return { shape: [...tensor.shape], data: Float32Array.from(await tensor.data()) };
}

/** Runs tensor code in a scope, reads the named results and frees everything. */
export async function evaluate<K extends string>(
  body: () => Readonly<Record<K, tf.Tensor>>,
): Promise<Record<K, Values>> {
  const tensors = tf.tidy(body as () => tf.TensorContainerObject) as Record<K, tf.Tensor>;
  const entries = await Promise.all(
    Object.entries<tf.Tensor>(tensors).map(async ([name, tensor]) => [name, await read(tensor)]),
  );
  tf.dispose(tensors);
  return Object.fromEntries(entries);
}

/** Puts numbers on the device. */
export function toTensor<T extends tf.Tensor>({ shape, data }: Values): T {
  return tf.tensor(Float32Array.from(data), [...shape], "float32") as T;
}
