/**
 * The answers of one participant, as the page of a study saves them.
 * @module
 */
import { InputError } from "../../errors.ts";
import { parseDocument } from "./document_fields.ts";
import type { StudyPlan } from "./study_plan.ts";

/** One answer. */
export interface StudyAnswer {
  /** Id of the trial. */
  readonly trial: string;
  /** The picture that was chosen. */
  readonly choice: "left" | "right";
  /** Milliseconds to the choice: from when the pictures came, or in limited time from when they went. */
  readonly responseMs: number;
  /** Milliseconds the pictures were on screen, by the frames of the browser; null without a limit of time. */
  readonly shownMs: number | null;
  /** Times the pictures were shown: 2 if the page was loaded again between showing and answer. */
  readonly views: number;
}

/** The answers of one participant; not of all trials, if saved before the end. */
export interface StudyAnswers {
  readonly study: string;
  /**
   * What the participant typed as name, other signs than letters, digits, ".", "_" and "-" replaced; if nothing was
   * typed, "p-" and the time of the start in UTC: "p-20260131-142530".
   */
  readonly participant: string;
  /** Time of the start, ISO 8601. */
  readonly startedAt: string;
  /** In the order in which they were given. */
  readonly answers: readonly StudyAnswer[];
}

/** Options of {@linkcode parseStudyAnswers}. */
export interface ParseStudyAnswersOptions {
  /** Name of the file, for messages. */
  readonly name: string;
  /** From `parseStudyKey()`: the answers must be of this study. */
  readonly key: StudyPlan;
}

/**
 * Reads a file of answers.
 *
 * @throws {InputError} If it is none, of another study, names unknown trials or one twice, in one line.
 */
export function parseStudyAnswers(
  text: string,
  { name, key }: ParseStudyAnswersOptions,
): StudyAnswers {
  const subject = `study answers ${JSON.stringify(name)}`;
  const fields = parseDocument(text, { subject, format: "picture-study-answers", version: 1 });
  fields.allow(["format", "version", "study", "participant", "startedAt", "answers"]);
  const study = fields.text("study");
  if (study !== key.study) {
    throw new InputError(
      `Cannot read ${subject}: it is of study ${JSON.stringify(study)}, must be of ${
        JSON.stringify(key.study)
      }, as the key is`,
    );
  }
  const startedAt = fields.text("startedAt");
  if (Number.isNaN(Date.parse(startedAt))) fields.fail("startedAt", "a time");
  const trials = new Map(key.trials.map((trial) => [trial.id, trial]));
  const seen = new Set<string>();
  const answers = fields.objects("answers").map((one): StudyAnswer => {
    one.allow(["trial", "choice", "responseMs", "shownMs", "views"]);
    const id = one.text("trial");
    const trial = trials.get(id) ?? one.fail("trial", "a trial of the key");
    if (seen.has(id)) one.fail("trial", "answered once");
    seen.add(id);
    const isLimited = trial.experiment === "limited";
    if (!isLimited && !one.isNull("shownMs")) {
      one.fail("shownMs", "null, for the trial has no limit of time");
    }
    return {
      trial: id,
      choice: one.oneOf("choice", ["left", "right"]),
      responseMs: one.amount("responseMs"),
      shownMs: isLimited ? one.amount("shownMs") : null,
      views: one.whole("views", 1),
    };
  });
  return { study, participant: fields.text("participant"), startedAt, answers };
}
