/**
 * The classes of pairs that an evaluation's table has, and the row of each.
 * @module
 */
import type { EvalRow, EvalTable } from "../../evaluation/eval_table.ts";
import { HOLE_BINS, holeBinName } from "../../metrics/hole_bin.ts";

/** Where a row stands in the table. */
export type RowKey = Pick<EvalRow, "method" | "dilate" | "bin" | "border">;

/** Finds rows; undefined for a class without pairs. */
export function rowFinder(table: EvalTable): (key: RowKey) => EvalRow | undefined {
  const keyOf = ({ method, dilate, bin, border }: RowKey) =>
    JSON.stringify([method, dilate, bin, border]);
  const rows = new Map(table.rows.map((row) => [keyOf(row), row]));
  return (key) => rows.get(keyOf(key));
}

/** The ranges that have pairs, from small holes to large ones, without "all". */
export function binsByRatio(table: EvalTable): EvalRow["bin"][] {
  return present(table, ["below", ...HOLE_BINS.keys(), "above"]);
}

/** The ranges of a table's columns: the six, all of the six, then what lies outside of them. */
export function binsOfColumns(table: EvalTable): EvalRow["bin"][] {
  return present(table, [...HOLE_BINS.keys(), "all", "below", "above"]);
}

/** "N", "B" or both, as far as the table has pairs of them. */
export function bordersIn(table: EvalTable): ("N" | "B")[] {
  return (["N", "B"] as const).filter((border) => table.rows.some((row) => row.border === border));
}

/** "(0.01, 0.1]", "all". */
export function binLabel(bin: EvalRow["bin"]): string {
  return bin === "all" ? "all" : holeBinName(bin);
}

/** In percent for an axis: "1–10", "≤1", ">60". */
export function binTick(bin: EvalRow["bin"]): string {
  if (bin === "all") return "all";
  if (bin === "below") return "≤1";
  if (bin === "above") return ">60";
  return HOLE_BINS[bin]!.map((end) => Math.round(end * 100)).join("–");
}

/** The most pairs that a method was scored on in a class. */
export function pairsOf(table: EvalTable, { dilate, bin, border }: Omit<RowKey, "method">): number {
  let most = 0;
  for (const row of table.rows) {
    if (row.dilate !== dilate || row.bin !== bin || row.border !== border) continue;
    most = Math.max(most, row.pairs);
  }
  return most;
}

/** Which results equal the truth and so have no PSNR, one a sentence; empty if none does. */
export function identicalNotes(table: EvalTable): string[] {
  return table.rows.filter(({ identical, border, bin }) =>
    identical > 0 && border !== "both" && bin !== "all"
  ).map(({ method, dilate, bin, border, pairs, identical }) => {
    const grown = table.dilations.length > 1 ? `, dilation kernel ${dilate} px` : "";
    return `${method}, ${
      binLabel(bin)
    } ${border}${grown}: ${identical} of ${pairs} composites equal the truth`;
  });
}

function present(table: EvalTable, bins: readonly EvalRow["bin"][]): EvalRow["bin"][] {
  const known = new Set(table.rows.map(({ bin }) => bin));
  return bins.filter((bin) => known.has(bin));
}
