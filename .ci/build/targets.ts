/**
 * The machines that executables are made for.
 * @module
 */

/** Every target, as Deno names them. */
export const TARGETS = [
  "x86_64-unknown-linux-gnu",
  "aarch64-unknown-linux-gnu",
  "x86_64-apple-darwin",
  "aarch64-apple-darwin",
  "x86_64-pc-windows-msvc",
] as const;

/** A machine that executables are made for. */
export type Target = typeof TARGETS[number];

/** File name of a target's executable. */
export function executableName(target: Target): string {
  return `pconv-${target}${target.includes("windows") ? ".exe" : ""}`;
}

/**
 * Reads what was asked for.
 *
 * @param words Targets, or `--all`; none for the machine that builds.
 * @param host What the machine that builds is.
 * @throws {Error} If a word is no target.
 */
export function chosenTargets(words: readonly string[], host: string): readonly Target[] {
  if (words.includes("--all")) return TARGETS;
  return (words.length === 0 ? [host] : words).map((word) => {
    const target = TARGETS.find((known) => known === word);
    if (target !== undefined) return target;
    throw new Error(`Cannot build for "${word}": must be --all or one of ${TARGETS.join(", ")}`);
  });
}
