/**
 * A training state as plain numbers.
 * @module
 */
import type { TrainingState } from "../../src/training/state.ts";

/** All numbers of a state; equal snapshots are equal to the bit. */
export interface Snapshot {
  readonly step: number;
  /** Parameters by path, statistics by "<layer>/mean" and "<layer>/variance". */
  readonly network: Readonly<Record<string, Float32Array>>;
  /** By path. */
  readonly moments: Readonly<
    Record<string, { first: Float32Array; second: Float32Array; updates: number }>
  >;
}

/** Reads a whole state from the device. */
export async function snapshot({ parameters, optimizer, step }: TrainingState): Promise<Snapshot> {
  const read = async (tensor: { data(): Promise<unknown> }) =>
    Float32Array.from(await tensor.data() as Float32Array);
  const network: Record<string, Float32Array> = {};
  for (const [path, { variable }] of parameters.trained) network[path] = await read(variable);
  for (const [path, { mean, variance }] of parameters.statistics) {
    network[`${path}/mean`] = await read(mean);
    network[`${path}/variance`] = await read(variance);
  }
  const moments: Record<string, Snapshot["moments"][string]> = {};
  for (const [path, { first, second, updates }] of optimizer) {
    moments[path] = { first: await read(first), second: await read(second), updates };
  }
  return { step, network, moments };
}
