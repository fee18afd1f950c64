/**
 * The result as Markdown and JSON.
 * @module
 */
import { join } from "node:path";
import { describeFacts, type Facts } from "../training/facts.ts";
import type { MachineFacts } from "./machine.ts";
import type { Entry, Measured } from "./measure.ts";
import type { CurvePoint, Part, PartResult } from "./parts/part.ts";

/** A part that has run. */
export interface PartReport {
  readonly part: Part;
  readonly result: PartResult;
  readonly seconds: number;
}

/** Everything around the numbers. */
export type SpeedFacts = Facts & MachineFacts & { readonly seconds: number };

const NOTES = [
  "Contenders of a table were measured in one run, each in a process of its own and in turn; times are",
  "milliseconds from arrays in memory to arrays in memory, unless said otherwise. Ratio: median by that of the",
  "first contender that ran, so more than 1 is slower than it. Error: largest difference from PyTorch by PyTorch's",
  "largest value (engines that compute the hole alone: in the hole).",
].join("\n");

/** Writes `<stem>.md` and `<stem>.json`. */
export async function writeReport(
  reports: readonly PartReport[],
  facts: SpeedFacts,
  { folder, stem }: { readonly folder: string; readonly stem: string },
): Promise<{ text: string; path: string }> {
  const text = [
    "# Speed",
    "",
    NOTES,
    "",
    ...reports.flatMap(({ part, result }) => [`## ${part.title}`, "", ...sectionOf(result)]),
    "## Facts",
    "",
    describeFacts(facts),
    `- ${facts.memoryGiB} GiB of memory; ${facts.instructions.join(", ")}; kernel ${facts.kernel}`,
    `- the whole run took ${facts.seconds.toFixed(0)} s: ${
      reports.map(({ part, seconds }) => `${part.name} ${seconds.toFixed(0)}`).join(", ")
    }`,
    "",
  ].join("\n");
  await Deno.mkdir(folder, { recursive: true });
  const path = join(folder, stem);
  await Deno.writeTextFile(`${path}.md`, text);
  const parts = reports.map(({ part, result, seconds }) => ({
    ...{ name: part.name, title: part.title, seconds },
    ...result,
  }));
  await Deno.writeTextFile(`${path}.json`, JSON.stringify({ facts, parts }, rounded, 1) + "\n");
  return { text, path: `${path}.md` };
}

function sectionOf({ tables, curve, remarks = [] }: PartResult): string[] {
  return [
    ...tables.flatMap((table) => [...tableOf(table), ""]),
    ...(curve === undefined || curve.length === 0 ? [] : [...curveTable(curve), ""]),
    ...remarks.flatMap((line) => [line, ""]),
  ];
}

function tableOf({ title, unit = "ms", entries }: Measured): string[] {
  const base = entries.find(({ medianMs }) => medianMs !== undefined)?.medianMs;
  return [
    `**${title}**`,
    "",
    `| contender | median ${unit} | least | runs | ratio | error | what |`,
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...entries.map((entry) => rowOf(entry, base)),
  ];
}

function rowOf(entry: Entry, base: number | undefined): string {
  const { name, about, ms, medianMs, leastMs, error, problem } = entry;
  const what = [about, ...(problem === undefined || about.includes(problem) ? [] : [problem])];
  const ratio = medianMs === undefined || base === undefined ? "" : (medianMs / base).toFixed(2);
  const off = error === undefined ? "" : error.toExponential(1);
  return `| ${name} | ${numberText(medianMs)} | ${
    numberText(leastMs)
  } | ${ms.length} | ${ratio} | ${off} | ${what.join("; ")} |`;
}

/** Presets and shapes as columns. */
function curveTable(points: readonly CurvePoint[]): string[] {
  const columns = [...new Set(points.map(({ preset, shape }) => `${preset}, ${shape}`))];
  const percents = [...new Set(points.map(({ percent }) => percent))];
  const cell = (column: string, percent: number) => {
    const point = points.find((p) => `${p.preset}, ${p.shape}` === column && p.percent === percent);
    if (point === undefined) return "";
    return `${numberText(point.medianMs)} ms at ${(100 * point.share).toFixed(1)} %`;
  };
  return [
    `| hole | ${columns.join(" | ")} |`,
    `| --- |${" --- |".repeat(columns.length)}`,
    ...percents.map((percent) =>
      `| ${percent} % | ${columns.map((column) => cell(column, percent)).join(" | ")} |`
    ),
  ];
}

function numberText(value: number | undefined): string {
  if (value === undefined) return "";
  return value < 100 ? value.toFixed(1) : value.toFixed(0);
}

function rounded(_key: string, value: unknown): unknown {
  return typeof value === "number" ? Number(value.toPrecision(5)) : value;
}
