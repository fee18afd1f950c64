/**
 * Shells that may be on this machine.
 * @module
 */

/** True if a program of that name starts here. */
export async function hasProgram(name: string): Promise<boolean> {
  try {
    return (await new Deno.Command(name, { args: ["--version"] }).output()).success;
  } catch {
    return false;
  }
}

/** Runs a script by a shell in a folder and gives its output; fails with what it says on standard error. */
export async function runScript(shell: string, script: string, cwd: string): Promise<string> {
  const flags = { bash: ["--norc"], zsh: ["-f"], fish: ["--no-config"] }[shell] ?? [];
  const { success, stdout, stderr } = await new Deno.Command(shell, {
    args: [...flags, "-c", script],
    cwd,
    stdin: "null",
  }).output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  if (!success || err !== "") throw new Error(`${shell} failed: ${err}${out}`);
  return out!;
}
