/**
 * The recipe that goes on from trained weights.
 * @module
 */
import { compose } from "../../src/task/compose.ts";
import { withFreeze, withLearningRate, withLoss, withSteps } from "../../src/task/parts.ts";
import type { RecipeOptions, TrainingTask } from "../../src/task/types.ts";
import { freezeBatchNorm } from "../freezes/batch_norm.ts";
import { hole } from "../losses/hole.ts";
import { valid } from "../losses/valid.ts";

/**
 * The terms of {@linkcode reconstruction} with the paper's second stage: learning rate 5e-5 and the encoder's
 * batch norm frozen, statistics and affine part. By default 5,000 steps.
 *
 * Source: Liu et al. 2018, section 4.2.
 */
export function reconstructionFinetune(options: RecipeOptions = {}): TrainingTask {
  const { steps = 5_000, learningRate = 5e-5 } = options;
  return compose(
    "reconstruction-finetune",
    withLoss(valid(), 1),
    withLoss(hole(), 6),
    withLearningRate(learningRate),
    withFreeze(freezeBatchNorm()),
    withSteps(steps),
  );
}
