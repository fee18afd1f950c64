/**
 * A small evaluation of super-resolution for the tests of its tables and page.
 * @module
 */
import type { Estimate } from "../../../../src/evaluation/eval_table.ts";
import type { SuperresTable } from "../../../../src/evaluation/superres/superres_table.ts";
import type {
  SuperresExample,
  SuperresPageRecord,
} from "../../../../src/report/superres/superres_page_record.ts";

/** An estimate over 14 images. */
export function estimate(mean: number, width: number, count = 14): Estimate {
  return { mean, low: mean - width, high: mean + width, deviation: 1, count };
}

/** Two methods and a peer that has no x3. */
export function superresTable(): SuperresTable {
  const row = (scale: number, method: string, psnr: number, medianMs: number | null) => ({
    ...{ scale, method, images: 14, identical: 0, medianMs },
    scores: { psnrY: estimate(psnr, 0.5), ssimY: estimate(0.9, 0.01) },
  });
  return {
    scales: [2, 3],
    methods: ["superres", "bicubic", "their"],
    reference: "bicubic",
    rows: [
      row(2, "superres", 30.111, 40),
      row(2, "bicubic", 30.4, 1.25),
      { ...row(2, "their", 31.005, null), identical: 1, images: 13 },
      row(3, "superres", 28, 41),
      row(3, "bicubic", 27.5, 2),
    ],
    differences: [
      {
        ...{ scale: 2, method: "superres", score: "psnrY", images: 14 },
        ...{ mean: -0.289, low: -0.4, high: -0.1, wins: 2, verdict: "worse" },
      },
      {
        ...{ scale: 2, method: "their", score: "psnrY", images: 1 },
        ...{ mean: 0.6, low: null, high: null, wins: 1, verdict: "unclear" },
      },
    ],
  };
}

/** An example of 8x6 pixels; what is in its pictures nobody looks at. */
export function superresExample(fields: Partial<SuperresExample> = {}): SuperresExample {
  return {
    ...{ image: "a & b.png", scale: 2, width: 8, height: 6, left: 16, top: 24 },
    mimeType: "image/webp",
    truth: Uint8Array.of(1),
    small: Uint8Array.of(2),
    results: [
      { method: "superres", picture: Uint8Array.of(3), psnrY: 30.126 },
      { method: "bicubic", picture: Uint8Array.of(4), psnrY: null },
    ],
    ...fields,
  };
}

/** A whole record. */
export function superresPageRecord(fields: Partial<SuperresPageRecord> = {}): SuperresPageRecord {
  return {
    title: "3 ways of enlarging",
    command: "pconv eval --task superres",
    facts: [["images", '14 in "set14"']],
    table: superresTable(),
    verdicts: ["superres is below bicubic at x2 by 0.29 dB"],
    definitions: ["Y: *luma*"],
    problems: [],
    remarks: ["their has nothing for x3"],
    primary: "superres",
    examples: [superresExample(), superresExample({ scale: 3 })],
    gains: [superresExample()],
    losses: [superresExample({ image: "c.png" })],
    ...fields,
  };
}
