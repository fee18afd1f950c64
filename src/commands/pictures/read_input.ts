/**
 * Bytes of what the user named.
 * @module
 */
import { InputError } from "../../errors.ts";
import { reasonOf } from "../../system_reason.ts";
import { STANDARD_STREAM } from "./picture_plan.ts";

/** A file in memory. */
export interface InputBytes {
  /** The path, or "standard input". */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * Reads a file, or standard input for "-".
 *
 * @throws {InputError} If it cannot be read.
 */
export async function readInput(
  input: string,
  readStdin: () => Promise<Uint8Array>,
): Promise<InputBytes> {
  return input === STANDARD_STREAM
    ? { name: "standard input", bytes: await readStdin() }
    : { name: input, bytes: await readBytes(input) };
}

/** Reads a file. @throws {InputError} If it cannot be read. */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await Deno.readFile(path);
  } catch (cause) {
    throw new InputError(`Cannot read ${JSON.stringify(path)}: ${reasonOf(cause)}`, { cause });
  }
}
