/**
 * Records of invented evaluations.
 * @module
 */
import type { Estimate, EvalRow, EvalTable } from "../../../../src/evaluation/eval_table.ts";
import type { EvalExample, EvalPageRecord } from "../../../../src/report/eval/eval_page_record.ts";

/** A mean with an interval of one to either side. */
export function estimate(mean: number, changes: Partial<Estimate> = {}): Estimate {
  return { mean, low: mean - 1, high: mean + 1, deviation: 2, count: 4, ...changes };
}

/** A row of four pairs. */
export function evalRow(changes: Partial<EvalRow> = {}): EvalRow {
  return {
    method: "pconv",
    dilate: 0,
    bin: 0,
    border: "both",
    pairs: 4,
    identical: 0,
    scores: { "composite.psnr": estimate(30) },
    medianMs: 12.5,
    ...changes,
  };
}

/**
 * Two methods on pairs of N and B in (0.01, 0.1], and of B alone in (0.6, 1]. pconv has 30 dB and telea 28 dB in the
 * first range, 20 and 21 in the other; of telea N, one of four equals the truth.
 */
export function evalTable(dilations: readonly number[] = [0]): EvalTable {
  const classes = [
    [0, "N"],
    [0, "B"],
    [0, "both"],
    ["above", "B"],
    ["above", "both"],
    ["all", "N"],
    [
      "all",
      "B",
    ],
    ["all", "both"],
  ] as const;
  const rows = dilations.flatMap((dilate) =>
    classes.flatMap(([bin, border]) =>
      ["pconv", "telea"].map((method) => {
        const isFirst = method === "pconv";
        const psnr = bin === "above" ? (isFirst ? 20 : 21) : (isFirst ? 30 : 28);
        const pairs = bin === "above" ? 2 : border === "both" ? 8 : 4;
        const identical = !isFirst && bin !== "above" && border !== "B" ? 1 : 0;
        return evalRow({
          method,
          dilate,
          bin,
          border,
          pairs,
          identical,
          scores: {
            "composite.psnr": estimate(psnr, { count: pairs - identical }),
            "hole.psnr": estimate(psnr - 10, { count: pairs }),
          },
          medianMs: isFirst ? 180 : null,
        });
      })
    )
  );
  return { methods: ["pconv", "telea"], dilations, rows };
}

/** A pair whose pictures are the bytes given. */
export function evalExample(changes: Partial<EvalExample> = {}): EvalExample {
  const bytes = (value: number) => new Uint8Array(3).fill(value);
  return {
    image: "garden.jpg",
    mask: "generated 7/1",
    bin: "(0.01, 0.1]",
    border: "B",
    ratio: 0.064,
    dilate: 0,
    width: 40,
    height: 30,
    truth: bytes(1),
    damaged: bytes(2),
    mimeType: "image/png",
    results: [
      { method: "telea", picture: bytes(3), holePsnr: 21.5 },
      { method: "pconv", picture: bytes(4), holePsnr: null },
    ],
    ...changes,
  };
}

/** An evaluation with everything in it. */
export function evalPageRecord(changes: Partial<EvalPageRecord> = {}): EvalPageRecord {
  return {
    title: "Garden",
    command: "pconv eval garden",
    facts: [["pairs", "10"]],
    table: evalTable(),
    definitions: ["l1 %: 100 · mean |a - b| / 255."],
    problems: ["broken.jpg: Cannot decode image"],
    remarks: ["LPIPS was not computed."],
    comparisons: [{
      a: "pconv",
      b: "telea",
      score: "PSNR of the holes",
      unit: "dB",
      rows: [
        {
          bin: "(0.01, 0.1]",
          border: "both",
          pairs: 8,
          mean: 2,
          low: 1.5,
          high: 2.25,
          wins: 7,
          verdict: "a",
        },
        {
          bin: "(0.6, 1]",
          border: "B",
          pairs: 1,
          mean: -1,
          low: null,
          high: null,
          wins: 0,
          verdict: "unclear",
        },
      ],
    }],
    presets: [{
      name: "LaMa",
      head: ["method", "SSIM"],
      rows: [["pconv", "0.9"]],
      definition: ["Ten ranges."],
    }],
    primary: "pconv",
    examples: [evalExample({ bin: "(0.1, 0.2]" }), evalExample()],
    best: [evalExample({ image: "sky.jpg" })],
    worst: [evalExample({ image: "fence.jpg" })],
    dilationExamples: [],
    ...changes,
  };
}
