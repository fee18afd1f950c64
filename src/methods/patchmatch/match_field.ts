/**
 * The nearest-neighbour field: for every patch that overlaps the hole, the most alike patch without hole.
 * @module
 */
import type { Random } from "../../random.ts";
import type { PyramidLevel } from "./image_pyramid.ts";
import { patchDistance } from "./patch_distance.ts";
import type { PatchSets } from "./patch_sets.ts";

/** Matches of all targets of a level; read and improved in place. */
export interface MatchField {
  /** `[height, width]`, index of the matched source's centre at the centres of targets, -1 elsewhere. */
  readonly match: Int32Array;
  /** `[height, width]`, distance to the match at the centres of targets. */
  readonly distance: Int32Array;
}

/** A level, its patches and their matches. */
export interface MatchedLevel {
  readonly level: PyramidLevel;
  readonly patches: PatchSets;
  readonly field: MatchField;
}

/**
 * Begins a field: at chance, or from a coarser level, whose offsets are doubled. Targets whose coarse match is
 * missing or no source here get one at chance. Distances are those of the level as it is.
 *
 * Source: Barnes et al. 2009, section 3.1 (initialisation) and section 4 (upsampling to the next level).
 */
export function startField(
  level: PyramidLevel,
  patches: PatchSets,
  { random, coarser }: { random: Random; coarser?: MatchedLevel | undefined },
): MatchField {
  const { width, height } = level;
  const { targets, sources, isSource } = patches;
  const match = new Int32Array(width * height).fill(-1);
  const distance = new Int32Array(width * height);
  for (let i = 0; i < targets.length; i++) {
    const target = targets[i]!;
    const x = target % width;
    const y = (target - x) / width;
    let best = -1;
    if (coarser !== undefined) {
      const coarseWidth = coarser.level.width;
      const from = coarser.field.match[(y >> 1) * coarseWidth + (x >> 1)]!;
      if (from >= 0) {
        const column = 2 * (from % coarseWidth) + (x & 1);
        const row = 2 * Math.floor(from / coarseWidth) + (y & 1);
        if (column < width && row < height && isSource[row * width + column] !== 0) {
          best = row * width + column;
        }
      }
    }
    match[target] = best >= 0 ? best : sources[random.integer(0, sources.length - 1)]!;
  }
  const field = { match, distance };
  measureField({ level, patches, field });
  return field;
}

/** Computes all distances again after the level's pixels have changed. */
export function measureField({ level, patches, field }: MatchedLevel): void {
  const { rgb255, width } = level;
  const { radius, targets } = patches;
  for (let i = 0; i < targets.length; i++) {
    const target = targets[i]!;
    field.distance[target] = patchDistance(
      rgb255,
      width,
      radius,
      target,
      field.match[target]!,
      Infinity,
    );
  }
}

/**
 * Improves a field by one scan over all targets: each tries its two neighbours' matches, shifted, then sources at
 * chance in windows around its best match that halve from the whole picture to 3x3. No distance becomes larger.
 *
 * Source: Barnes et al. 2009, section 3.2 (propagation, random search with α = 1/2, alternating scan order).
 * Differs: a drawn patch that overlaps the hole is skipped; the first draw is uniform over all sources.
 */
export function improveField(
  { level, patches, field }: MatchedLevel,
  { random, backward }: { random: Random; backward: boolean },
): void {
  const { rgb255, width, height } = level;
  const { radius, targets, sources, isSource } = patches;
  const { match, distance } = field;
  const size = width * height;
  const step = backward ? 1 : -1;
  const [right, bottom] = [width - 1 - radius, height - 1 - radius];
  for (let i = 0; i < targets.length; i++) {
    const target = targets[backward ? targets.length - 1 - i : i]!;
    let best = match[target]!;
    let least = distance[target]!;
    for (let axis = 0; axis < 2 && least > 0; axis++) {
      const shift = axis === 0 ? step : step * width;
      const beside = target + shift;
      if (beside < 0 || beside >= size || match[beside]! < 0) continue;
      const candidate = match[beside]! - shift;
      if (candidate < 0 || candidate >= size || candidate === best) continue;
      if (isSource[candidate] === 0) continue;
      const found = patchDistance(rgb255, width, radius, target, candidate, least);
      if (found >= least) continue;
      best = candidate;
      least = found;
    }
    if (least > 0) {
      const candidate = sources[random.integer(0, sources.length - 1)]!;
      const found = patchDistance(rgb255, width, radius, target, candidate, least);
      if (found < least) {
        best = candidate;
        least = found;
      }
    }
    for (
      let reach = Math.max(width, height) >> 1;
      reach >= 1 && least > 0;
      reach >>= 1
    ) {
      const x = best % width;
      const y = (best - x) / width;
      const left = Math.max(radius, x - reach);
      const top = Math.max(radius, y - reach);
      const columns = Math.min(right, x + reach) - left + 1;
      const rows = Math.min(bottom, y + reach) - top + 1;
      const drawn = random.integer(0, columns * rows - 1);
      const column = drawn % columns;
      const candidate = (top + (drawn - column) / columns) * width + left + column;
      if (isSource[candidate] === 0 || candidate === best) continue;
      const found = patchDistance(rgb255, width, radius, target, candidate, least);
      if (found >= least) continue;
      best = candidate;
      least = found;
    }
    match[target] = best;
    distance[target] = least;
  }
}
