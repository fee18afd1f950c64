/**
 * Modules that the compiler cannot see, because they are named by URL: threads, and parts that threads load.
 * @module
 */
import { dirname, join } from "node:path/posix";

/**
 * Finds the modules that a source file names by `new URL("./x.ts", import.meta.url)` or `import.meta.resolve`.
 *
 * @param path The file, with slashes, from the root of the project.
 * @param text What it holds.
 * @returns Their paths, from the same root.
 */
export function modulesByUrl(path: string, text: string): readonly string[] {
  const named = [
    ...text.matchAll(/new URL\(\s*"(\.[^"]+\.ts)",\s*import\.meta\.url,?\s*\)/g),
    ...text.matchAll(/import\.meta\.resolve\(\s*"(\.[^"]+\.ts)",?\s*\)/g),
  ];
  return named.map(([, to]) => join(dirname(path), to!));
}
