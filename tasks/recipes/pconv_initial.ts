/**
 * The paper's first stage, and its ablations.
 * @module
 */
import { compose } from "../../src/task/compose.ts";
import { withLearningRate, withSteps } from "../../src/task/parts.ts";
import type { Recipe, RecipeOptions, TrainingTask } from "../../src/task/types.ts";
import { paperObjective, type PaperObjectiveOptions } from "./paper_objective.ts";

/**
 * The whole objective at learning rate 2e-4, batch norm on everywhere; by default 500,000 steps.
 *
 * Source: Liu et al. 2018, equation 7 and section 4.2, which gives ten days on one V100 and no number of steps.
 */
export function pconvInitial(options: RecipeOptions = {}): TrainingTask {
  return firstStage("pconv-initial", {}, options);
}

/** {@linkcode pconvInitial} without both style losses. Source: Liu et al. 2018, figure 3(b). */
export const pconvNoStyle: Recipe = (options) =>
  firstStage("pconv-no-style", { style: 0 }, options);

/**
 * {@linkcode pconvInitial} with a tenth of the style weight, 12. Source: Liu et al. 2018, figure 3(f), which does
 * not give its "small" weight.
 */
export const pconvSmallStyle: Recipe = (options) =>
  firstStage("pconv-small-style", { style: 12 }, options);

/** {@linkcode pconvInitial} without the perceptual loss. Source: Liu et al. 2018, figure 3(j). */
export const pconvNoPerceptual: Recipe = (options) =>
  firstStage("pconv-no-perceptual", { perceptual: 0 }, options);

/**
 * {@linkcode pconvInitial} under the name of the network it is meant for: typical convolutions, the baseline
 * "Conv". The paper searched its loss weights anew and does not give them; these are PConv's.
 *
 * Source: Liu et al. 2018, section 4.3.
 */
export const conv: Recipe = (options) => firstStage("conv", {}, options);

function firstStage(
  name: string,
  weights: PaperObjectiveOptions,
  { steps = 500_000, learningRate = 2e-4 }: RecipeOptions = {},
): TrainingTask {
  return compose(name, paperObjective(weights), withLearningRate(learningRate), withSteps(steps));
}
