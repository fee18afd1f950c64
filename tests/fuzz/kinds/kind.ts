/**
 * A kind of file that is spoilt, and what reads it.
 * @module
 */
import type { Mutation } from "../mutate/mutation.ts";

/** A whole file to start from. */
export interface Seed {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** True if it is refused as it is: animated pictures, pickles that would run something. */
  readonly isRefused?: boolean;
}

/** A kind of file. */
export interface Kind {
  /** What `--kind` takes; the cases of a kind depend on it, so it must not change. */
  readonly name: string;
  /** Ending of the name that the file gets. */
  readonly ending: string;
  /** True if its files are pictures, which the program can be given. */
  readonly isPicture?: boolean;
  /** True if a refusal has a line for each fault of the file. */
  readonly tellsAllFaults?: boolean;
  /** True if whatever is wrong in the file is passed over. */
  readonly isNeverRefused?: boolean;
  /** Makes the whole files; called once per process. */
  seeds(): Promise<readonly Seed[]>;
  /** Those that know the format. */
  readonly mutations: readonly Mutation[];
  /**
   * Reads a file as the program does: the same functions with the same options.
   *
   * @param path The same bytes on the disk, for readers that take a path.
   * @param index Number of the case; -1 for whole files.
   */
  read(bytes: Uint8Array, path: string, index: number): Promise<void>;
}
