/**
 * A network's numbers in one flat array, for memory that threads share.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { UNetParameters } from "../model/parameters.ts";

/** Where one tensor lies in the flat array, in elements. */
export interface FlatSlot {
  /** Path of a parameter, or "<layer>/mean", "<layer>/variance". */
  readonly name: string;
  readonly variable: tf.Variable;
  readonly offset: number;
  readonly size: number;
}

/** Lays out parameters, then statistics, in layer order: the same in every thread. */
export function flatLayout({ trained, statistics }: UNetParameters): FlatSlot[] {
  const entries: [string, tf.Variable][] = [];
  for (const [path, { variable }] of trained) entries.push([path, variable]);
  for (const [path, { mean, variance }] of statistics) {
    entries.push([`${path}/mean`, mean as tf.Variable], [
      `${path}/variance`,
      variance as tf.Variable,
    ]);
  }
  let offset = 0;
  return entries.map(([name, variable]) => {
    const slot = { name, variable, offset, size: variable.size };
    offset += variable.size;
    return slot;
  });
}

/** Elements of a whole layout. */
export function flatSize(layout: readonly FlatSlot[]): number {
  const last = layout.at(-1);
  return last === undefined ? 0 : last.offset + last.size;
}

/** Copies all variables into the flat array. */
export async function storeNetwork(layout: readonly FlatSlot[], flat: Float32Array): Promise<void> {
  for (const { variable, offset } of layout) {
    flat.set(await variable.data() as Float32Array, offset);
  }
}

/** Sets all variables from the flat array. */
export function loadNetwork(layout: readonly FlatSlot[], flat: Float32Array): void {
  for (const { variable, offset, size } of layout) {
    tf.tidy(() => variable.assign(tf.tensor(flat.slice(offset, offset + size), variable.shape)));
  }
}
