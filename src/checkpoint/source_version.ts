/**
 * Which source made a file.
 * @module
 */

const ROOT = new URL("../../", import.meta.url);

/** What an executable knows of its making, from `build.json` beside its `main.ts`. */
export interface BuildStamp {
  /** 40 hexadecimal digits, with "+changes" behind them if the tree was not as committed; or "unknown". */
  readonly commit: string;
  /** Day of the commit, such as "2026-11-25"; or "unknown". */
  readonly date: string;
  /** What it was made for, such as "x86_64-unknown-linux-gnu". */
  readonly target: string;
}

/**
 * Reads how the running executable was made.
 *
 * @param root Folder of `main.ts`, with a slash at its end.
 * @returns undefined where the program runs from its source.
 */
export async function buildStamp(root: URL = ROOT): Promise<BuildStamp | undefined> {
  try {
    return JSON.parse(await Deno.readTextFile(new URL("build.json", root)));
  } catch {
    return undefined;
  }
}

/**
 * Finds the commit that the program was made from: what an executable is stamped with, else that of the checkout
 * that runs, from its `.git` folder.
 *
 * @param root Folder of `main.ts`, with a slash at its end.
 * @returns 40 hexadecimal digits, or "unknown" outside of a checkout.
 */
export async function sourceCommit(root: URL = ROOT): Promise<string> {
  const stamp = await buildStamp(root);
  if (stamp !== undefined) return stamp.commit;
  try {
    const head = (await Deno.readTextFile(new URL(".git/HEAD", root))).trim();
    const ref = /^ref: (.+)$/.exec(head)?.[1];
    return ref === undefined
      ? head
      : (await Deno.readTextFile(new URL(`.git/${ref}`, root))).trim();
  } catch {
    return "unknown"; // no checkout, or packed refs: the file says so instead of guessing
  }
}
