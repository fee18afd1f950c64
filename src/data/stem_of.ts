/**
 * Names of files without what they end in.
 * @module
 */
import { extname } from "node:path";

/**
 * Cuts the extension off a relative path: "sub/a.b.png" becomes "sub/a.b". Pictures, masks and results that belong
 * together have it in common.
 */
export function stemOf(relative: string): string {
  return relative.slice(0, relative.length - extname(relative).length);
}
