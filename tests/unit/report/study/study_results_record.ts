/**
 * Results of a study for tests of what is written about them.
 * @module
 */
import type { StudyResults, StudyRow } from "../../../../src/evaluation/study/study_results.ts";

/** A row of 3 of 4 answers; the interval is not Wilson's, for here it is only written. */
export function studyRow(row: Partial<StudyRow> = {}): StudyRow {
  return {
    preferred: "ours",
    over: "telea",
    durationMs: null,
    border: "both",
    bin: "all",
    count: 4,
    chosen: 3,
    rate: 0.75,
    low: 0.3,
    high: 0.95,
    meanResponseMs: 1500,
    ...row,
  };
}

/** Two methods; rows of all kinds. */
export function someResults(results: Partial<StudyResults> = {}): StudyResults {
  return {
    study: "abc123",
    methods: ["ours", "telea"],
    focus: "ours",
    trials: 10,
    participants: 2,
    answers: 17,
    excluded: { shown: 2, early: 1, repeated: 0 },
    unlimited: [
      studyRow(),
      studyRow({ bin: 2, rate: 0.5 }),
      studyRow({ bin: "above", rate: 1 }),
      studyRow({ border: "N", rate: 0.25 }),
    ],
    limited: [
      studyRow({ preferred: "truth", over: "ours", durationMs: 250, rate: 0.6 }),
      studyRow({ preferred: "truth", over: "ours", durationMs: 4000, rate: 0.9 }),
      studyRow({ preferred: "truth", over: "telea", durationMs: 4000, border: "B", rate: 0.8 }),
    ],
    ...results,
  };
}
