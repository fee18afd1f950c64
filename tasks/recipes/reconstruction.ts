/**
 * The recipe without perceptual terms.
 * @module
 */
import { compose } from "../../src/task/compose.ts";
import { withLearningRate, withLoss, withSteps } from "../../src/task/parts.ts";
import type { RecipeOptions, TrainingTask } from "../../src/task/types.ts";
import { hole } from "../losses/hole.ts";
import { valid } from "../losses/valid.ts";
import { cosine } from "../schedules/cosine.ts";

/**
 * The two L1 terms of equation 7, `L_valid + 6·L_hole`, with a learning rate that rises for 200 steps and falls
 * to a hundredth along a cosine; by default 20,000 steps from 1e-3. Needs no VGG weights, and is how the
 * default weights were made. Total variation is left out: it was 0.5 % of the objective and 8 % of a step's
 * time.
 */
export function reconstruction(options: RecipeOptions = {}): TrainingTask {
  const { steps = 20_000, learningRate = 1e-3 } = options;
  const warmUp = Math.min(200, steps >> 3);
  return compose(
    "reconstruction",
    withLoss(valid(), 1),
    withLoss(hole(), 6),
    withLearningRate(cosine({ from: learningRate, to: learningRate / 100, steps, warmUp })),
    withSteps(steps),
  );
}
