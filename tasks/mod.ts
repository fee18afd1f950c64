/**
 * The parts that training tasks are composed of, and the catalog: the names that flags and config files use for
 * them. Parts are put together by `compose` of `src/mod.ts`.
 * @module
 */
import type { Recipe, TaskCatalog } from "../src/task/types.ts";
import { freezeBatchNorm } from "./freezes/batch_norm.ts";
import { hole } from "./losses/hole.ts";
import { holeLogMse } from "./losses/hole_log_mse.ts";
import { perceptual } from "./losses/perceptual.ts";
import { styleComp, styleOut } from "./losses/style.ts";
import { totalVariation } from "./losses/total_variation.ts";
import { valid } from "./losses/valid.ts";
import { pconvFinetune } from "./recipes/pconv_finetune.ts";
import {
  conv,
  pconvInitial,
  pconvNoPerceptual,
  pconvNoStyle,
  pconvSmallStyle,
} from "./recipes/pconv_initial.ts";
import { refine } from "./recipes/refine.ts";
import { refineFinetune } from "./recipes/refine_finetune.ts";
import { superres } from "./recipes/superres.ts";
import { superresFinetune } from "./recipes/superres_finetune.ts";
import { reconstruction } from "./recipes/reconstruction.ts";
import { reconstructionFinetune } from "./recipes/reconstruction_finetune.ts";

/** Everything that can be named on the command line. */
export const catalog: TaskCatalog = {
  recipes: new Map<string, Recipe>([
    ["pconv-initial", pconvInitial],
    ["pconv-finetune", pconvFinetune],
    ["pconv-no-style", pconvNoStyle],
    ["pconv-small-style", pconvSmallStyle],
    ["pconv-no-perceptual", pconvNoPerceptual],
    ["conv", conv],
    ["refine", refine],
    ["refine-finetune", refineFinetune],
    ["superres", superres],
    ["superres-finetune", superresFinetune],
    ["reconstruction", reconstruction],
    ["reconstruction-finetune", reconstructionFinetune],
  ]),
  losses: new Map([
    ["hole", hole],
    ["valid", valid],
    ["perceptual", perceptual],
    ["style-out", styleOut],
    ["style-comp", styleComp],
    ["total-variation", totalVariation],
    ["hole-log-mse", holeLogMse],
  ]),
  freezes: new Map([
    ["encoder-batch-norm", () => freezeBatchNorm()],
    ["encoder-batch-norm-statistics", () => freezeBatchNorm({ affine: false })],
    ["encoder-batch-norm-affine", () => freezeBatchNorm({ statistics: false })],
  ]),
};

export { type BatchNormFreezeOptions, freezeBatchNorm } from "./freezes/batch_norm.ts";
export { hole } from "./losses/hole.ts";
export { holeLogMse } from "./losses/hole_log_mse.ts";
export { perceptual } from "./losses/perceptual.ts";
export { styleComp, styleOut } from "./losses/style.ts";
export { totalVariation } from "./losses/total_variation.ts";
export { valid } from "./losses/valid.ts";
export { constant } from "./schedules/constant.ts";
export { cosine, type CosineOptions } from "./schedules/cosine.ts";
