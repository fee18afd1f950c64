/**
 * Where paths lead, whatever links and names they go by.
 * @module
 */
import { basename, dirname, join, resolve } from "node:path";

/** The path with all symbolic links followed; what does not exist yet is taken as it is written. */
export function canonicalPath(path: string): string {
  const whole = resolve(path);
  let tail = "";
  for (let head = whole;; head = dirname(head)) {
    try {
      return join(Deno.realPathSync(head), tail);
    } catch {
      if (dirname(head) === head) return whole;
      tail = join(basename(head), tail);
    }
  }
}

/** The place that a file is written to: its folder's links are followed, one of its own name is replaced. */
export function placeOf(path: string): string {
  const whole = resolve(path);
  return join(canonicalPath(dirname(whole)), basename(whole));
}

/** All places at which a given file would be hurt: where it lies, and the link to it if it was named by one. */
export function placesOf(path: string): string[] {
  return [canonicalPath(path), placeOf(path)];
}
