/**
 * Colours of a hole from its matched patches.
 * @module
 */
import type { MatchedLevel } from "./match_field.ts";

/** Options of {@linkcode vote}. */
export interface VoteOptions {
  /** `[height, width]`, see `holeDepth`. */
  readonly depth: Uint16Array;
  /** Which percentile of the distances is σ², 0..100. */
  readonly percentile: number;
}

/** Confidence falls by this factor with every pixel away from the hole's border. Source: Wexler et al. 2007, γ. */
const CONFIDENCE_BASE = 1.3;

/** Depths from here on count as this one: neighbours still differ, and no weight becomes 0. */
const DEEPEST = 200;

/** The same for distances: the largest exponent. */
const STEEPEST = 60;

/**
 * Writes every hole pixel of a level as the weighted mean of what the matches of all patches over it say, rounded
 * half up. A patch weighs `1.3^-depth · exp(-d / 2σ²)` by the depth of its centre in the hole and the distance d to
 * its match. Known pixels are not touched.
 *
 * Source: Wexler et al. 2007 (similarity, confidence and σ); Simakov et al. 2008, update rule, the coherence
 * half: a mean of all votes.
 * Differs: Wexler et al. look for the mode of the votes by mean shift; Simakov et al. weigh patches alike. Depths
 * from 200 on count as 200, exponents from 60 on as 60, and σ² is at least 1, so that the sum of weights is never 0.
 */
export function vote({ level, patches, field }: MatchedLevel, options: VoteOptions): void {
  const { width, height, rgb255, holeMask } = level;
  const { radius } = patches;
  const { match } = field;
  const weight = patchWeights({ level, patches, field }, options);
  for (let y = 0; y < height; y++) {
    const top = Math.max(radius, y - radius);
    const bottom = Math.min(height - 1 - radius, y + radius);
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (holeMask[at] === 0) continue;
      const left = Math.max(radius, x - radius);
      const right = Math.min(width - 1 - radius, x + radius);
      let [red, green, blue, total] = [0, 0, 0, 0];
      for (let row = top; row <= bottom; row++) {
        for (let centre = row * width + left; centre <= row * width + right; centre++) {
          const w = weight[centre]!;
          const from = (match[centre]! + at - centre) * 3;
          red += w * rgb255[from]!;
          green += w * rgb255[from + 1]!;
          blue += w * rgb255[from + 2]!;
          total += w;
        }
      }
      rgb255[at * 3] = Math.floor(red / total + 0.5);
      rgb255[at * 3 + 1] = Math.floor(green / total + 0.5);
      rgb255[at * 3 + 2] = Math.floor(blue / total + 0.5);
    }
  }
}

/** Weights at the centres of targets, 0 elsewhere. */
function patchWeights(
  { patches, field }: MatchedLevel,
  { depth, percentile }: VoteOptions,
): Float64Array {
  const { targets } = patches;
  const { distance } = field;
  const sorted = new Int32Array(targets.length);
  for (let i = 0; i < targets.length; i++) sorted[i] = distance[targets[i]!]!;
  sorted.sort();
  // Perfect matches would make σ 0.
  const variance = Math.max(1, sorted[Math.floor((targets.length - 1) * percentile / 100)]!);
  const confidence = new Float64Array(DEEPEST + 1);
  confidence[0] = 1;
  for (let i = 1; i <= DEEPEST; i++) confidence[i] = confidence[i - 1]! / CONFIDENCE_BASE;
  const weight = new Float64Array(distance.length);
  for (let i = 0; i < targets.length; i++) {
    const target = targets[i]!;
    const exponent = Math.min(STEEPEST, distance[target]! / (2 * variance));
    weight[target] = confidence[Math.min(DEEPEST, depth[target]!)]! * Math.exp(-exponent);
  }
  return weight;
}
