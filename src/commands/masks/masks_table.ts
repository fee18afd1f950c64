/**
 * What `pconv masks inspect` prints for people.
 * @module
 */
import { HOLE_BINS, holeBinName } from "../../metrics/hole_bin.ts";
import type { MaskFinding, MaskFindings, MaskProblemKind } from "./mask_findings.ts";

const HEAD = ["MASK", "SIZE", "HOLE", "RATIO", "BIN", "BORDER", "GREY", "REMARKS"];

/** Explains the column BORDER, for under the table; see `borderMargin`. */
export const BORDER_NOTE =
  "BORDER N: every hole pixel is at least 50 px x (smaller side / 512) from the border; B: not so";

/** Kinds of problems whose text has the reason for the polarity. */
const TELLING: readonly MaskProblemKind[] = ["one-colour", "polarity"];

/** A line for each mask under a line of headings; "?" marks a guess that is not sure. */
export function maskTable(masks: readonly MaskFinding[]): readonly string[] {
  const rows = [HEAD, ...masks.map(cells)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row.map((cell, column) => cell.padEnd(widths[column]!)).join("  ").trimEnd()
  );
}

/** The set in a few lines: polarity, masks in each bin, how many have which problem. */
export function maskSummary({ masks, polarity }: MaskFindings): readonly string[] {
  if (masks.length === 0) return [];
  const unsure = polarity.isSure ? "" : " (unsure)";
  const names = ["below" as const, ...HOLE_BINS.keys(), "above" as const].map(holeBinName);
  const bins = names.flatMap((name) => {
    const inside = masks.filter(({ bin }) => bin === name);
    const free = inside.filter(({ border }) => border === "N").length;
    return inside.length === 0 ? [] : [`${name}: ${free} N, ${inside.length - free} B`];
  });
  const kinds = new Map<string, number>();
  for (const { problems } of masks) {
    for (const { kind } of problems) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  const faulty = masks.filter(({ problems }) => problems.length > 0).length;
  return [
    `${countOf(masks.length, "mask")}, ${polarity.polarity} = hole${unsure}: ${polarity.reason}`,
    ...bins,
    faulty === 0
      ? "none with problems"
      : `${faulty} of ${masks.length} with problems: ${
        [...kinds].map(([kind, count]) => `${count} ${kind}`).join(", ")
      }`,
  ];
}

/** "1 mask", "2 masks" */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function cells(mask: MaskFinding): readonly string[] {
  const remarks = [
    ...mask.problems.map(({ text }) => text),
    ...mask.duplicateOf === undefined ? [] : [`same holes as ${mask.duplicateOf}`],
    // Beside a mask that is as it should be, it would read like a complaint; --json has it always.
    ...mask.isSure || mask.problems.some(({ kind }) => TELLING.includes(kind)) ? [] : [mask.reason],
  ];
  return [
    mask.mask,
    `${mask.width}x${mask.height}`,
    `${mask.polarity}${mask.isSure ? "" : "?"}`,
    `${(100 * mask.ratio).toFixed(1)} %`,
    mask.bin,
    mask.border,
    mask.greyShare === 0 ? "0" : `${(100 * mask.greyShare).toFixed(2)} %`,
    remarks.join("; "),
  ];
}
