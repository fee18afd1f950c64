/**
 * The objective of the paper as one part.
 * @module
 */
import { withLoss } from "../../src/task/parts.ts";
import type { TaskPart } from "../../src/task/types.ts";
import { hole } from "../losses/hole.ts";
import { perceptual } from "../losses/perceptual.ts";
import { styleComp, styleOut } from "../losses/style.ts";
import { totalVariation } from "../losses/total_variation.ts";
import { valid } from "../losses/valid.ts";

/** Options of {@linkcode paperObjective}; a weight of 0 leaves the loss out. */
export interface PaperObjectiveOptions {
  /** @default 0.05 */
  readonly perceptual?: number;
  /** Of both style losses. @default 120 */
  readonly style?: number;
}

/**
 * `L_valid + 6 L_hole + 0.05 L_perceptual + 120 (L_style_out + L_style_comp) + 0.1 L_tv`.
 *
 * Source: Liu et al. 2018, equation 7.
 */
export function paperObjective(options: PaperObjectiveOptions = {}): TaskPart {
  const { perceptual: perceptualWeight = 0.05, style = 120 } = options;
  const parts = [
    withLoss(valid(), 1),
    withLoss(hole(), 6),
    ...(perceptualWeight === 0 ? [] : [withLoss(perceptual(), perceptualWeight)]),
    ...(style === 0 ? [] : [withLoss(styleOut(), style), withLoss(styleComp(), style)]),
    withLoss(totalVariation(), 0.1),
  ];
  return (task) => parts.reduce((whole, part) => part(whole), task);
}
