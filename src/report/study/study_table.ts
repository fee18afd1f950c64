/**
 * The tables of a study's results, for pages and texts alike.
 * @module
 */
import type { StudyResults, StudyRow } from "../../evaluation/study/study_results.ts";
import { holeBinName } from "../../metrics/hole_bin.ts";
import { formatDuration } from "../number_text.ts";

/** A table of rates. */
export interface StudyTable {
  readonly title: string;
  /** What a rate is. */
  readonly meaning: string;
  /** Names of the columns of rates. */
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly name: string;
    /** A rate for every column; undefined without answers. */
    readonly cells: readonly (StudyRow | undefined)[];
  }[];
}

/** Class of the border in words. */
export const BORDER_WORDS: Readonly<Record<StudyRow["border"], string>> = {
  both: "all holes",
  N: "holes away from the border (N)",
  B: "holes up to the border (B)",
};

const BORDERS = ["both", "N", "B"] as const;

/** Writes a time of showing: "250 ms", "1 s". */
export function durationName(durationMs: number): string {
  return durationMs >= 1000 && durationMs % 1000 === 0
    ? `${durationMs / 1000} s`
    : formatDuration(durationMs);
}

/** What is compared, the focus left out where there is one. */
export function comparisonName(row: StudyRow, { focus }: Pick<StudyResults, "focus">): string {
  return row.durationMs === null && focus === null ? `${row.preferred} over ${row.over}` : row.over;
}

/** The comparisons of an experiment in their order, each with its rows. */
export function byComparison(
  rows: readonly StudyRow[],
  results: Pick<StudyResults, "focus">,
): Map<string, StudyRow[]> {
  const found = new Map<string, StudyRow[]>();
  for (const row of rows) {
    const name = comparisonName(row, results);
    found.set(name, [...found.get(name) ?? [], row]);
  }
  return found;
}

/** Bins that occur, small holes first, without "all". */
export function binsOf(rows: readonly StudyRow[]): Exclude<StudyRow["bin"], "all">[] {
  const rank = (bin: StudyRow["bin"]) => bin === "below" ? -1 : bin === "above" ? 99 : Number(bin);
  const bins = new Set(rows.flatMap(({ bin }) => bin === "all" ? [] : [bin]));
  return [...bins].sort((a, b) => rank(a) - rank(b));
}

/** Times of showing that occur, in rising order. */
export function durationsOf(rows: readonly StudyRow[]): number[] {
  return [...new Set(rows.flatMap(({ durationMs }) => durationMs ?? []))].sort((a, b) => a - b);
}

/** The tables of both experiments; an experiment without answers has none. */
export function studyTables(results: StudyResults): StudyTable[] {
  const { unlimited, limited, focus } = results;
  const whose = focus === null ? "the first method" : focus;
  const versus = byComparison(unlimited, results);
  const bins = binsOf(unlimited);
  const meaning = `Share of answers that prefer ${whose}; 50 % means that both look equally real`;
  const tables: StudyTable[] = [];
  if (unlimited.length > 0) {
    tables.push({
      title: "Without a limit of time, by distance of holes from the border",
      meaning,
      columns: BORDERS.map((border) => BORDER_WORDS[border]),
      rows: [...versus].map(([name, rows]) => ({
        name,
        cells: BORDERS.map((border) =>
          rows.find((row) => row.border === border && row.bin === "all")
        ),
      })),
    }, {
      title: "Without a limit of time, by hole ratio",
      meaning,
      columns: bins.map(holeBinName),
      rows: [...versus].map(([name, rows]) => ({
        name,
        cells: bins.map((bin) => rows.find((row) => row.border === "both" && row.bin === bin)),
      })),
    });
  }
  const durations = durationsOf(limited);
  for (const border of limited.length > 0 ? BORDERS : []) {
    tables.push({
      title: `In limited time, ${BORDER_WORDS[border]}`,
      meaning:
        "Share of answers that take the photograph for the real one; the lower, the better the method",
      columns: durations.map(durationName),
      rows: [...byComparison(limited, results)].map(([name, rows]) => ({
        name,
        cells: durations.map((durationMs) =>
          rows.find((row) =>
            row.durationMs === durationMs && row.border === border && row.bin === "all"
          )
        ),
      })),
    });
  }
  return tables;
}

/** What was counted and what was not, in sentences. */
export function studyFacts(results: StudyResults): string[] {
  const { shown, early, repeated } = results.excluded;
  const count = (number: number, word: string) => `${number} ${word}${number === 1 ? "" : "s"}`;
  const excluded = [
    [shown, "not on screen once for the time planned, within 50 ms"],
    [early, "chosen within 200 ms"],
    [repeated, "given by the same participant before"],
  ].filter(([number]) => number !== 0).map(([number, reason]) => `${number} ${reason}`);
  return [
    `${count(results.participants, "participant")} gave ${
      count(results.answers, "answer")
    } that count, in a study of ${count(results.trials, "trial")}.`,
    `Answers left out: ${shown + early + repeated}${
      excluded.length === 0 ? "" : ` (${excluded.join("; ")})`
    }.`,
    "Intervals are Wilson's at 95 % and take all answers as independent; answers of one person, or on one picture, are less so than that.",
  ];
}
