/**
 * Runs Deno as a process of its own.
 * @module
 */

/**
 * Runs Deno in a folder; its messages go to standard error.
 *
 * @returns What it wrote to standard output.
 * @throws {Error} If it fails.
 */
export async function run(args: readonly string[], cwd: string): Promise<Uint8Array> {
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd,
    stdin: "null",
    stderr: "inherit",
  }).output();
  if (!success) throw new Error(`Cannot build: "deno ${args[0]}" failed, as told above`);
  return stdout;
}
