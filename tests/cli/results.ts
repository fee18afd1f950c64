/**
 * What a run left in its folder of results.
 * @module
 */
import { listFiles } from "../support/run_cli.ts";

/** Relative paths of the results, sorted; what the program keeps for itself in `.pconv` is none. */
export async function listResults(folder: string): Promise<string[]> {
  return (await listFiles(folder)).filter((path) => !path.startsWith(".pconv/"));
}
