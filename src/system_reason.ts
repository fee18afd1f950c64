/**
 * What the operating system says about a file, in words.
 * @module
 */

/** The system's reason without error number and repeated path: "permission denied". */
export function reasonOf(error: unknown): string {
  if (error instanceof Deno.errors.NotFound) return "it does not exist";
  const message = error instanceof Error ? error.message : String(error);
  const words = message.split(" (os error")[0]!;
  return words.charAt(0).toLowerCase() + words.slice(1);
}
