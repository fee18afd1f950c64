/**
 * Names in archives that would leave the folder they are unpacked into.
 * @module
 */

/**
 * Looks whether a member's name is safe to join to a folder, on every system.
 *
 * @returns Why it is not, to stand behind a colon, or undefined.
 */
export function findUnsafeName(name: string): string | undefined {
  // deno-lint-ignore no-control-regex
  if (/[\x00-\x1f\x7f]/.test(name)) return "its name has control characters";
  if (name === "" || name === ".") return "its name is empty";
  if (/^[/\\]/.test(name) || /^[a-z]:/i.test(name)) {
    return "its name is absolute, it must lie below the archive's root";
  }
  if (name.split(/[/\\]/).includes("..")) return 'its name leads out of the archive by ".."';
  return undefined;
}
