/**
 * A value that stays.
 * @module
 */
import type { Schedule } from "../../src/task/types.ts";

/** The same value at every step. */
export function constant<T>(value: T): Schedule<T> {
  return () => value;
}
