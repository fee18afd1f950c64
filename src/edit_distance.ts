/**
 * "Did you mean": finds the known name that a mistyped one stands for.
 * @module
 */

/** Most slips in one name. */
const MOST_EDITS = 3;

/** Shortest piece of a name that counts as an abbreviation. */
const SHORTEST_PIECE = 3;

/**
 * Counts the single-character insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`.
 *
 * Source: optimal string alignment distance (Damerau 1964, no substring is edited twice).
 */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min(replace, last[j]! + 1, row[j - 1]! + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, beforeLast[j - 2]! + 1);
      }
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}

/**
 * Finds the candidate that `name` was probably meant to be, letter case aside.
 *
 * First the nearest one within a third of the name's length (one edit to three), the earlier of equals; then
 * the only one of whose dash-separated words `name` is a beginning.
 *
 * @returns The candidate as it was given, or undefined if none is near.
 */
export function closestName(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase();
  let nearest: string | undefined;
  let distance = Math.min(MOST_EDITS, Math.max(1, Math.floor(wanted.length / 3))) + 1;
  const abbreviated: string[] = [];
  for (const candidate of candidates) {
    const known = candidate.toLowerCase();
    const edits = editDistance(wanted, known);
    // A name as short as the edits allowed would match everything.
    if (edits < distance && edits < Math.max(wanted.length, known.length)) {
      [nearest, distance] = [candidate, edits];
    }
    if (`-${known}`.includes(`-${wanted}`)) abbreviated.push(candidate);
  }
  if (nearest !== undefined) return nearest;
  return wanted.length >= SHORTEST_PIECE && abbreviated.length === 1 ? abbreviated[0] : undefined;
}

/**
 * Ends the message about an unknown name: `Unknown loss "styel": ${didYouMean("styel", names)}`.
 *
 * @returns `did you mean "style"`, or `must be one of "hole", "style"` if no candidate is near.
 */
export function didYouMean(name: string, candidates: Iterable<string>): string {
  const names = [...candidates];
  const closest = closestName(name, names);
  return closest === undefined
    ? `must be one of ${names.map((known) => `"${known}"`).join(", ")}`
    : `did you mean "${closest}"`;
}
