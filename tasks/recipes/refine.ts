/**
 * The recipe of the default weights.
 * @module
 */
import { compose } from "../../src/task/compose.ts";
import { withLearningRate, withLoss, withSteps } from "../../src/task/parts.ts";
import type { RecipeOptions, TrainingTask } from "../../src/task/types.ts";
import { holeLogMse } from "../losses/hole_log_mse.ts";
import { cosine } from "../schedules/cosine.ts";

/**
 * For networks that correct a base: the PSNR over the hole and nothing else, with a learning rate that rises for
 * 200 steps and falls to a hundredth along a cosine; by default 20,000 steps from 1e-3.
 *
 * What the network says outside of the hole is not trained: it is replaced by the known pixels anyway.
 */
export function refine(options: RecipeOptions = {}): TrainingTask {
  const { steps = 20_000, learningRate = 1e-3 } = options;
  const warmUp = Math.min(200, steps >> 3);
  return compose(
    "refine",
    withLoss(holeLogMse(), 1),
    withLearningRate(cosine({ from: learningRate, to: learningRate / 100, steps, warmUp })),
    withSteps(steps),
  );
}
