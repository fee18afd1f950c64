/**
 * Reading files of others whole, with a limit.
 * @module
 */
import { WeightsError } from "../../errors.ts";
import { reasonOf } from "../../system_reason.ts";

/** No file is larger: VGG-16 in float64 is 1.1 GB. */
const MOST_BYTES = 2 ** 31;

/**
 * Reads a file of weights that another project made.
 *
 * @throws {WeightsError} If it cannot be read, or has more than 2 GiB.
 */
export async function readForeignFile(path: string): Promise<Uint8Array> {
  try {
    const { size } = await Deno.stat(path);
    if (size <= MOST_BYTES) return await Deno.readFile(path);
    throw new WeightsError(
      `Cannot read weights "${path}": file has ${size} bytes, must have at most ${MOST_BYTES}`,
    );
  } catch (cause) {
    if (cause instanceof WeightsError) throw cause;
    throw new WeightsError(`Cannot read weights "${path}": ${reasonOf(cause)}`, { cause });
  }
}
