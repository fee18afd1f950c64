/**
 * How the readers of foreign files end: one sentence that names the file.
 * @module
 */
import { WeightsError } from "../../errors.ts";

/** Extra facts of a {@linkcode Refuse}. */
export interface RefuseOptions {
  /** What led to it. */
  readonly cause?: unknown;
  /** One sentence that says what to do next. */
  readonly hint?: string;
}

/** Ends the reading of a file with what is wrong with it. */
export type Refuse = (problem: string, options?: RefuseOptions) => never;

/**
 * Makes the {@linkcode Refuse} of one file.
 *
 * @param name What messages call the file.
 * @returns A function that throws `WeightsError`: `Cannot read weights "name": problem`.
 */
export function refuseWeights(name: string): Refuse {
  return (problem, options = {}) => {
    throw new WeightsError(`Cannot read weights "${name}": ${problem}`, options);
  };
}

/** What the readers of foreign files need to know of the file. */
export interface ForeignFileOptions {
  /** What messages call the file. */
  readonly name: string;
  /** Tells which arrays are wanted, by name; the others are not read. @default all */
  readonly select?: (name: string) => boolean;
}
