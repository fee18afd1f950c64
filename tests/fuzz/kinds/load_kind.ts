/**
 * One kind, without loading what the others need.
 * @module
 */
import type { Kind } from "./kind.ts";

/** Light ones first: those behind them load TensorFlow.js. */
const GROUPS: readonly (() => Promise<readonly Kind[]>)[] = [
  async () => (await import("./pictures.ts")).PICTURE_KINDS,
  async () => [(await import("./watched.ts")).WATCHED],
  async () => (await import("./texts.ts")).TEXT_KINDS,
  async () => (await import("./weights.ts")).WEIGHTS_KINDS,
];

/** The kind of a name. @throws {RangeError} If there is none. */
export async function loadKind(name: string): Promise<Kind> {
  for (const load of GROUPS) {
    const found = (await load()).find((kind) => kind.name === name);
    if (found !== undefined) return found;
  }
  throw new RangeError(`Unknown kind "${name}"`);
}
