/**
 * Folders that are gone after the test.
 * @module
 */

/** Runs a test with a fresh folder and removes it, whatever happens. */
export async function withTempDir(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "pconv-test-" });
  try {
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
