/**
 * Which source made a file.
 * @module
 */

const ROOT = new URL("../../", import.meta.url);

/**
 * Reads the commit of the checkout that runs, from its `.git` folder.
 *
 * @returns 40 hexadecimal digits, or "unknown" outside of a checkout.
 */
export async function sourceCommit(): Promise<string> {
  try {
    const head = (await Deno.readTextFile(new URL(".git/HEAD", ROOT))).trim();
    const ref = /^ref: (.+)$/.exec(head)?.[1];
    return ref === undefined
      ? head
      : (await Deno.readTextFile(new URL(`.git/${ref}`, ROOT))).trim();
  } catch {
    return "unknown"; // no checkout, or packed refs: the file says so instead of guessing
  }
}
