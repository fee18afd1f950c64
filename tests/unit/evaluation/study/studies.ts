/**
 * A study for tests.
 * @module
 */
import { planStudy, type PlanStudyOptions } from "../../../../src/evaluation/study/study_plan.ts";

/** Three methods on twelve pairs, N and B in turn; eight trials without a limit of time and nine within one. */
export function somePlan(options: Partial<PlanStudyOptions> = {}) {
  return planStudy({
    methods: ["ours", "telea", "patchmatch"],
    pairs: Array.from({ length: 12 }, (_, pair) => ({
      pair,
      border: pair % 2 === 0 ? "N" : "B",
      bin: Math.floor(pair / 2),
    })),
    seed: 7,
    unlimited: 8,
    limited: 9,
    ...options,
  });
}
