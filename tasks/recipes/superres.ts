/**
 * The recipe that enlarges pictures, on the default network.
 * @module
 */
import { compose } from "../../src/task/compose.ts";
import { withLearningRate, withLoss, withSteps } from "../../src/task/parts.ts";
import type { RecipeOptions, TrainingTask } from "../../src/task/types.ts";
import { holeLogMse } from "../losses/hole_log_mse.ts";
import { cosine } from "../schedules/cosine.ts";

/**
 * For pictures that are to be enlarged, which are holes between single known pixels, and for irregular holes beside
 * them: the PSNR over the hole and nothing else, as in `refine`; by default 20,000 steps from 5e-4. Three samples of
 * four are then lattices (`--lattice-share`).
 *
 * The logarithm of the mean squared error is what super-resolution is measured by, up to sign and scale; and under it a
 * lattice of distance 2, whose error is a tenth of that of distance 8 or of a large hole, weighs the same as these.
 * Half the rate of `refine`, since it usually starts from trained weights.
 *
 * Source: Liu et al. 2018, section 5.2, for the lattice. Differs: the paper trains with its objective of section 3.3.
 */
export function superres(options: RecipeOptions = {}): TrainingTask {
  const { steps = 20_000, learningRate = 5e-4 } = options;
  const warmUp = Math.min(200, steps >> 3);
  return compose(
    "superres",
    withLoss(holeLogMse(), 1),
    withLearningRate(cosine({ from: learningRate, to: learningRate / 100, steps, warmUp })),
    withSteps(steps),
  );
}
