/**
 * The paper's second stage.
 * @module
 */
import { compose } from "../../src/task/compose.ts";
import { withFreeze, withLearningRate, withSteps } from "../../src/task/parts.ts";
import type { RecipeOptions, TrainingTask } from "../../src/task/types.ts";
import { freezeBatchNorm } from "../freezes/batch_norm.ts";
import { paperObjective } from "./paper_objective.ts";

/**
 * The whole objective at learning rate 5e-5 with the encoder's batch norm frozen, statistics and affine part, and
 * the decoder's on; by default 50,000 steps.
 *
 * Source: Liu et al. 2018, equation 7 and section 4.2, which gives one day after ten and no number of steps.
 */
export function pconvFinetune(options: RecipeOptions = {}): TrainingTask {
  const { steps = 50_000, learningRate = 5e-5 } = options;
  return compose(
    "pconv-finetune",
    paperObjective(),
    withLearningRate(learningRate),
    withFreeze(freezeBatchNorm()),
    withSteps(steps),
  );
}
