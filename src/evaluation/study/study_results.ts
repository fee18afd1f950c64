/**
 * What the answers to a study say of the methods.
 * @module
 */
import { HOLE_BINS, type HoleBin } from "../../metrics/hole_bin.ts";
import type { StudyAnswer, StudyAnswers } from "./study_answers.ts";
import { type StudyPlan, type StudyTrial, TRUTH } from "./study_plan.ts";
import { wilsonInterval } from "./wilson_interval.ts";

/** How often one of two was chosen. */
export interface StudyRate {
  /** Answers that count, at least 1. */
  readonly count: number;
  /** Of them those that chose {@linkcode StudyRow.preferred}. */
  readonly chosen: number;
  /** `chosen / count`, in `[0, 1]`; 0.5 means that people cannot tell. */
  readonly rate: number;
  /** Ends of the 95 % Wilson interval of the rate, which takes all answers as independent. */
  readonly low: number;
  readonly high: number;
  /** Mean time to the choice in milliseconds; see {@linkcode StudyAnswer.responseMs}. */
  readonly meanResponseMs: number;
}

/** The rate of one comparison over the answers of one class. */
export interface StudyRow extends StudyRate {
  /** Without a limit of time the focus, else the truth. */
  readonly preferred: string;
  /** The method it is compared with. */
  readonly over: string;
  /** Milliseconds; null without a limit of time. */
  readonly durationMs: number | null;
  readonly border: HoleBin["border"] | "both";
  readonly bin: HoleBin["bin"] | "all";
}

/** Answers that do not count, by reason. */
export interface ExcludedAnswers {
  /** Limited time: the pictures were on screen for another time than planned, or more than once. */
  readonly shown: number;
  /** Without a limit of time: the choice came before anyone can have looked. */
  readonly early: number;
  /** The participant answered the trial in an earlier file too. */
  readonly repeated: number;
}

/** Both experiments. */
export interface StudyResults {
  readonly study: string;
  readonly methods: readonly string[];
  readonly focus: string | null;
  /** Trials of the study. */
  readonly trials: number;
  readonly participants: number;
  /** Answers that count. */
  readonly answers: number;
  readonly excluded: ExcludedAnswers;
  /** How often the focus is preferred over each other method; classes without answers have no row. */
  readonly unlimited: readonly StudyRow[];
  /** How often the truth is preferred over each method at each time; classes without answers have no row. */
  readonly limited: readonly StudyRow[];
}

/** Pictures may be on screen for this much longer or shorter than planned, in milliseconds: three frames of 60 Hz. */
const SHOWN_TOLERANCE_MS = 50;

/** Nobody compares two pictures in less, in milliseconds; about the time to react to a single light. */
const EARLIEST_MS = 200;

const BORDERS = ["both", "N", "B"] as const;

const BINS: readonly StudyRow["bin"][] = ["all", "below", ...HOLE_BINS.keys(), "above"];

interface Vote {
  readonly trial: StudyTrial;
  readonly answer: StudyAnswer;
  readonly chosen: string;
}

/**
 * Counts answers as figure 9 of the paper does: (a) how often the focus is preferred over each other method, (b) how
 * often the truth is preferred over each method, by the time of showing. If the study has no focus, of two methods the
 * one that stands first in the plan takes its place.
 *
 * @param files From `parseStudyAnswers()` with this key. Files of one participant are put together.
 *
 * Source: Liu et al. 2018, section 4.3 and figure 9. Differs: intervals, excluded answers.
 */
export function studyResults(key: StudyPlan, files: readonly StudyAnswers[]): StudyResults {
  const trials = new Map(key.trials.map((trial) => [trial.id, trial]));
  const excluded = { shown: 0, early: 0, repeated: 0 };
  const seen = new Map<string, Set<string>>();
  const votes: Vote[] = [];
  for (const { participant, answers } of files) {
    const done = seen.get(participant) ?? new Set();
    seen.set(participant, done);
    for (const answer of answers) {
      const trial = trials.get(answer.trial)!;
      const fault = faultOf(answer, trial);
      if (done.has(trial.id)) excluded.repeated++;
      else if (fault !== undefined) excluded[fault]++;
      else votes.push({ trial, answer, chosen: trial[answer.choice].method });
      done.add(trial.id);
    }
  }
  const { study, methods, focus } = key;
  const comparisons = methods.flatMap((method, i) =>
    focus === null
      ? methods.slice(i + 1).map((over) => ({ preferred: method, over, durationMs: null }))
      : method === focus
      ? []
      : [{ preferred: focus, over: method, durationMs: null }]
  );
  const durations = [...new Set(key.trials.flatMap(({ durationMs }) => durationMs ?? []))];
  const glances = methods.flatMap((over) =>
    durations.sort((a, b) => a - b).map((durationMs) => ({ preferred: TRUTH, over, durationMs }))
  );
  return {
    study,
    methods,
    focus,
    trials: key.trials.length,
    participants: seen.size,
    answers: votes.length,
    excluded,
    unlimited: comparisons.flatMap((comparison) => rowsOf(votes, comparison)),
    limited: glances.flatMap((comparison) => rowsOf(votes, comparison)),
  };
}

function faultOf(answer: StudyAnswer, trial: StudyTrial): "shown" | "early" | undefined {
  const { shownMs, responseMs, views } = answer;
  if (trial.durationMs === null) return responseMs < EARLIEST_MS ? "early" : undefined;
  const isAsPlanned = views === 1 &&
    Math.abs(shownMs! - trial.durationMs) <= SHOWN_TOLERANCE_MS;
  return isAsPlanned ? undefined : "shown";
}

/** The rates of a comparison in all classes. */
function rowsOf(
  votes: readonly Vote[],
  comparison: Pick<StudyRow, "preferred" | "over" | "durationMs">,
): StudyRow[] {
  const { preferred, over, durationMs } = comparison;
  const own = votes.filter(({ trial: { left, right, durationMs: shown } }) =>
    shown === durationMs &&
    [left, right].every(({ method }) => method === preferred || method === over)
  );
  return BORDERS.flatMap((border) =>
    BINS.flatMap((bin) => {
      const group = own.filter(({ trial }) =>
        (border === "both" || trial.border === border) && (bin === "all" || trial.bin === bin)
      );
      return group.length === 0
        ? []
        : [{ ...comparison, border, bin, ...rateOf(group, preferred) }];
    })
  );
}

function rateOf(votes: readonly Vote[], preferred: string): StudyRate {
  const count = votes.length;
  const chosen = votes.filter((vote) => vote.chosen === preferred).length;
  const [low, high] = wilsonInterval(chosen, count);
  const total = votes.reduce((sum, { answer }) => sum + answer.responseMs, 0);
  return { count, chosen, rate: chosen / count, low, high, meanResponseMs: total / count };
}
