/**
 * What the trials of a sweep gave, as tables.
 * @module
 */
import type { MeanScores } from "../../training/validate.ts";
import type { Weights } from "./sweep_space.ts";

/** A trial that ended: a line of `sweep.jsonl`. */
export type TrialResult = FinishedTrial | FailedTrial;

interface Trial {
  /** From 1. */
  readonly trial: number;
  /** Weights of the losses that vary. */
  readonly losses: Weights;
  /** Milliseconds that the trial took, without what a stopped process had done of it before. */
  readonly elapsedMs: number;
}

/** A trial that was measured at its end: means over the validation pairs, pictures with holes. */
export interface FinishedTrial extends Trial, MeanScores {
  /** Optimiser steps done. */
  readonly step: number;
}

/** A trial whose numbers ran out of range. */
export interface FailedTrial extends Trial {
  /** What happened. */
  readonly failed: string;
}

/** What decides which trial is best. */
export type SweepMetric = "holePsnr" | "ssim" | "l1Percent";

const METRICS = {
  holePsnr: { name: "hole PSNR", unit: "dB", digits: 2, isHigherBetter: true },
  psnr: { name: "PSNR", unit: "dB", digits: 2, isHigherBetter: true },
  ssim: { name: "SSIM", unit: "", digits: 4, isHigherBetter: true },
  l1Percent: { name: "l1", unit: "%", digits: 3, isHigherBetter: false },
} as const;

type Column = keyof typeof METRICS;

const COLUMNS = Object.keys(METRICS) as Column[];

/** True for a trial that was measured. */
export function isFinished(result: TrialResult): result is FinishedTrial {
  return !("failed" in result);
}

/** Puts the best first; of equals the earlier one, and what failed at the end. */
export function rankTrials(
  results: readonly TrialResult[],
  metric: SweepMetric,
): readonly TrialResult[] {
  const sign = METRICS[metric].isHigherBetter ? -1 : 1;
  const finished = results.filter(isFinished)
    .toSorted((a, b) => sign * (a[metric] - b[metric]) || a.trial - b.trial);
  return [...finished, ...results.filter((result) => !isFinished(result))];
}

/** Writes results as a Markdown table under a line that says what they are, the best first. */
export function sweepMarkdown(results: readonly TrialResult[], metric: SweepMetric): string {
  const ranked = rankTrials(results, metric);
  const losses = lossesOf(results);
  const head = [
    "trial",
    ...losses,
    ...COLUMNS.map((column) => {
      const { name, unit } = METRICS[column];
      return `${name}${unit && ` (${unit})`}`;
    }),
    "minutes",
  ];
  const rows = ranked.map((result) => [
    String(result.trial),
    ...losses.map((loss) => String(result.losses[loss] ?? "")),
    ...COLUMNS.map((column) =>
      isFinished(result) ? result[column].toFixed(METRICS[column].digits) : "failed"
    ),
    (result.elapsedMs / 60_000).toFixed(1),
  ]);
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i]!.length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => cell.padStart(widths[i]!)).join(" | ")} |`;
  const rule = `| ${widths.map((width) => `${"-".repeat(width - 1)}:`).join(" | ")} |`;
  const first = ranked.find(isFinished);
  const { name, isHigherBetter } = METRICS[metric];
  const title = first === undefined
    ? "No trial could be measured."
    : `Means over ${first.count} validation pairs after ${first.step} steps, sorted by ${name}, ` +
      `${isHigherBetter ? "higher" : "lower"} is better.`;
  return [title, "", line(head), rule, ...rows.map(line)].join("\n");
}

/** Writes results as CSV, RFC 4180 with plain newlines, the best first, all digits. */
export function sweepCsv(results: readonly TrialResult[], metric: SweepMetric): string {
  const losses = lossesOf(results);
  const head = ["trial", ...losses, ...COLUMNS, "count", "step", "elapsedMs", "failed"];
  const rows = rankTrials(results, metric).map((result) => [
    result.trial,
    ...losses.map((loss) => result.losses[loss] ?? ""),
    ...[...COLUMNS, "count" as const, "step" as const].map((column) =>
      isFinished(result) ? result[column] : ""
    ),
    result.elapsedMs,
    isFinished(result) ? "" : result.failed,
  ]);
  return [head, ...rows].map((row) => `${row.map(csvCell).join(",")}\n`).join("");
}

function lossesOf(results: readonly TrialResult[]): string[] {
  return [...new Set(results.flatMap(({ losses }) => Object.keys(losses)))];
}

function csvCell(value: string | number): string {
  const text = String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
