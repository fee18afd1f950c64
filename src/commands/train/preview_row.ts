/**
 * From a filled validation pair to a row of the preview sheet.
 * @module
 */
import { basename } from "node:path";
import type { PreviewRow } from "../../report/preview_sheet.ts";
import type { ValidationFill } from "../../training/validate.ts";

/** What stands in the hole of the input, as in the figures of the paper. */
const WHITE = 255;

/** Makes the five pictures of a row; the file's name stands above them. */
export function previewRow({ pair, raw, composite }: ValidationFill): PreviewRow {
  const { name, rgb255, holeMask, lattice } = pair;
  const known = lattice?.input255 ?? rgb255;
  const side = Math.sqrt(holeMask.length);
  return {
    name: basename(name),
    width: side,
    height: side,
    input: known.map((value, i) => holeMask[Math.floor(i / 3)] === 1 ? WHITE : value),
    mask: rgb255.map((_, i) => holeMask[Math.floor(i / 3)] === 1 ? 255 : 0),
    raw,
    composite,
    truth: rgb255,
  };
}
