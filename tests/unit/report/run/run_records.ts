/**
 * Runs as their pages are made of, for tests.
 * @module
 */
import type {
  PictureRow,
  RunExample,
  RunPageRecord,
} from "../../../../src/report/run/run_page_record.ts";

/** A name that is markup, closes attributes and calls for a script. */
export const HOSTILE = `x"' onload=alert(1)><script>alert(1)</script>&.png`;

/** A filled picture. */
export function pictureRow(changes: Partial<PictureRow> = {}): PictureRow {
  return {
    input: "in/a.png",
    output: "out/a.png",
    mask: "mask masks/a.png, white is hole",
    status: "filled",
    width: 640,
    height: 480,
    holeRatio: 0.25,
    elapsedMs: 1500,
    warnings: [],
    ...changes,
  };
}

/** A failed picture, which has no more than a name and a reason. */
export function failedRow(input: string, error = "it is cut short"): PictureRow {
  return { input, status: "failed", warnings: [], error };
}

/** A picture of one grey pixel, before and after. */
export function runExample(input: string): RunExample {
  const url =
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==";
  return { input, beforeUrl: url, afterUrl: url, width: 40, height: 30 };
}

/** A run of three pictures, one of each kind. */
export function runPageRecord(changes: Partial<RunPageRecord> = {}): RunPageRecord {
  return {
    title: "inpaint in",
    command: "pconv inpaint in -m masks -o out",
    version: "1.2.3",
    startedAt: "2026-11-25T22:03:11Z",
    elapsedMs: 4000,
    facts: [["device", "cpu"]],
    rows: [
      pictureRow(),
      failedRow("in/b.png"),
      pictureRow({ input: "in/c.png", status: "done before" }),
    ],
    examples: [runExample("in/a.png")],
    examplesLeftOut: 1,
    ...changes,
  };
}
