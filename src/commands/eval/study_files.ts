/**
 * What a planned study consists of on disk.
 * @module
 */
import { formatStudyKey } from "../../evaluation/study/study_key.ts";
import { type StudyPlan, TRUTH } from "../../evaluation/study/study_plan.ts";
import { formatStudyPage } from "../../report/study/study_page.ts";

/** A picture to write. */
export interface StudyPictureFile {
  /** Path below the folder of the study: "pictures/0123456789abcdef.png". */
  readonly path: string;
  /** Number of the pair of image and mask. */
  readonly pair: number;
  /** The method whose result it is; "truth" for the photograph itself. */
  readonly method: string;
}

/** Files of a study. Participants get the page and the pictures; the key must not lie beside them. */
export interface StudyFiles {
  /** Text of `index.html`. */
  readonly page: string;
  /** Text of `study-key.json`. */
  readonly key: string;
  /** All pictures, by pair and, within a pair, by method, the truth first, so that each is made once. */
  readonly pictures: readonly StudyPictureFile[];
}

/** Writes page and key of a plan and lists its pictures. */
export function studyFiles(plan: StudyPlan): StudyFiles {
  // Numbers of pairs would tell where in the evaluation a photograph stood.
  const groups = new Map<number, number>();
  for (const { pair } of plan.trials) if (!groups.has(pair)) groups.set(pair, groups.size);
  const page = formatStudyPage({
    study: plan.study,
    trials: plan.trials.map(({ id, left, right, durationMs, pair }) => ({
      id,
      left: left.picture,
      right: right.picture,
      durationMs,
      group: groups.get(pair)!,
    })),
  });
  const rank = (method: string) => method === TRUTH ? -1 : plan.methods.indexOf(method);
  const pictures = plan.trials.flatMap(({ pair, left, right }) =>
    [left, right].map(({ picture, method }) => ({
      path: `pictures/${picture}.png`,
      pair,
      method,
    }))
  ).sort((a, b) => a.pair - b.pair || rank(a.method) - rank(b.method));
  return { page, key: formatStudyKey(plan), pictures };
}
