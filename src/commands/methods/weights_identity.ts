/**
 * Which weights a name or a path stands for.
 * @module
 */
import { findWeights } from "../../checkpoint/manifest.ts";
import { readWeights } from "../../checkpoint/weights_file.ts";

/**
 * The SHA-256 of a file of weights, hexadecimal. Shipped weights are not read for it: who loads them holds them to it.
 *
 * @param nameOrPath "pconv-lite" or a path.
 * @throws {WeightsError} If it is missing, or a file of your own is damaged.
 */
export async function weightsIdentity(nameOrPath: string): Promise<string> {
  const { path, entry } = await findWeights(nameOrPath);
  return entry?.sha256 ?? (await readWeights(path)).sha256;
}
