/**
 * Which weights a name or a path stands for.
 * @module
 */
import { loadWeights } from "../../checkpoint/manifest.ts";

/**
 * The SHA-256 of a file of weights, hexadecimal.
 *
 * @param nameOrPath "pconv-lite" or a path.
 * @throws {WeightsError} If it is missing or damaged.
 */
export async function weightsIdentity(nameOrPath: string): Promise<string> {
  return (await loadWeights(nameOrPath)).sha256;
}
