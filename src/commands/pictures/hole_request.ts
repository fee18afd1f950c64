/**
 * From the flags about holes to what a plan asks for.
 * @module
 */
import { type HoleBox, readHoleBox } from "../../data/hole_box.ts";
import { readHexColour } from "../../data/hole_colour.ts";
import { UsageError } from "../../errors.ts";
import type { MissingMask } from "./hole_finder.ts";
import type { MaskSource } from "./mask_source.ts";
import type { PictureRequest } from "./picture_plan.ts";

/** The flags. */
export interface HoleFlags {
  readonly mask: string | undefined;
  readonly pairs: string | undefined;
  readonly maskColor: string | undefined;
  readonly maskColorTolerance: number | undefined;
  readonly box: readonly string[];
  readonly missingMask: MissingMask;
}

/**
 * Reads colours and boxes.
 *
 * @throws {UsageError} If one is none, with a line for each.
 */
export function holeRequest(
  { mask, pairs, maskColor, maskColorTolerance, box, missingMask }: HoleFlags,
): Required<Pick<PictureRequest, "mask" | "pairs" | "more" | "missingMask">> {
  const faults: string[] = [];
  const more: MaskSource[] = [];
  if (maskColor !== undefined) {
    const rgb255 = readHexColour(maskColor);
    if (rgb255 === undefined) {
      faults.push(
        `--mask-color must be hexadecimal as #ff00ff or #f0f: got ${JSON.stringify(maskColor)}`,
      );
    } else more.push({ kind: "colour", rgb255, tolerance: maskColorTolerance });
  }
  const boxes: HoleBox[] = [];
  for (const text of box) {
    const read = readHoleBox(text);
    if (read !== undefined) boxes.push(read);
    else {
      faults.push(
        `--box must be X,Y,W,H in whole pixels or percent, W and H above 0: got ${
          JSON.stringify(text)
        }`,
      );
    }
  }
  if (faults.length > 0) throw new UsageError(faults.join("\n"));
  if (boxes.length > 0) more.push({ kind: "boxes", boxes });
  return { mask, pairs, more, missingMask };
}
