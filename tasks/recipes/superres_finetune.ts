/**
 * The recipe that adapts weights that enlarge pictures.
 * @module
 */
import { compose } from "../../src/task/compose.ts";
import { withLearningRate, withLoss, withSteps } from "../../src/task/parts.ts";
import type { RecipeOptions, TrainingTask } from "../../src/task/types.ts";
import { holeLogMse } from "../losses/hole_log_mse.ts";

/**
 * The objective of `superres` at the paper's second learning rate, 5e-5 throughout; by default 5,000 steps.
 *
 * Source: Liu et al. 2018, section 4.2, for the rate.
 */
export function superresFinetune(options: RecipeOptions = {}): TrainingTask {
  const { steps = 5_000, learningRate = 5e-5 } = options;
  return compose(
    "superres-finetune",
    withLoss(holeLogMse(), 1),
    withLearningRate(learningRate),
    withSteps(steps),
  );
}
