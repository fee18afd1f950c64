/**
 * Reading the fixtures that tests/oracle/generate writes.
 * @module
 */
import type { Values } from "./assert_all_close.ts";

/** Numbers as fixtures hold them: one string, separated by spaces. */
export interface StoredValues {
  readonly shape: readonly number[];
  readonly data: string;
}

/** Turns stored numbers into values. */
export function fromFixture({ shape, data }: StoredValues): Values {
  return { shape, data: data.split(" ").map(Number) };
}
