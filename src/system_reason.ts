/**
 * What the operating system says about a file, in words.
 * @module
 */

/** The system's reason without error number and repeated path: "permission denied". */
export function reasonOf(error: unknown): string {
  if (error instanceof Deno.errors.NotFound) return "it does not exist";
  // Where a folder was to be made, or a file that must be new.
  if (error instanceof Deno.errors.AlreadyExists) return "a file is in its way";
  // Deno's own text tells to run it again with other flags, which is no advice to users of the program.
  if (error instanceof Deno.errors.NotCapable) return "the program may not open it";
  const message = error instanceof Error ? error.message : String(error);
  const words = message.split(" (os error")[0]!;
  return words.charAt(0).toLowerCase() + words.slice(1);
}
