/**
 * The base fill of a pass: its maps in memory, and the calls that make it.
 * @module
 */
import type { PyramidKernelName } from "../../kernels/simd/pyramid_kernels.ts";
import { type FeatureMap, placeFeatureMap } from "./feature_map.ts";
import type { MemoryArena } from "./memory_arena.ts";
import { putScript, type Script, type ScriptCall } from "./script.ts";

/** Options of {@linkcode placePyramid}. */
export interface PlacePyramidOptions {
  /** The known pixels minus 0.5, 1 in lane 3; zeros in the hole. Its border is a pixel at least. */
  readonly image: FeatureMap;
  /** Where the fill goes, finest level first: colours minus 0.5, the share of known pixels in lane 3. */
  readonly fills: readonly FeatureMap[];
}

/**
 * Places the maps of a pyramid down to 1x1 and writes the calls that fill them. All means are of colours minus 0.5,
 * which are colours' means minus 0.5.
 *
 * Source: `src/ops/pyramid_fill.ts`, which tells what it is.
 */
export function placePyramid(
  arena: MemoryArena,
  { image, fills }: PlacePyramidOptions,
): Script {
  const calls: ScriptCall[] = [];
  const call = (
    name: PyramidKernelName,
    target: FeatureMap,
    source: FeatureMap,
    other: FeatureMap = source,
  ) => {
    const { origin, pitch } = source;
    const size = [target.origin, target.pitch, target.height, target.width];
    calls.push([name, origin, pitch, ...size, other.origin, other.pitch]);
    return target;
  };
  const place = (height: number, width: number) =>
    placeFeatureMap(arena, { height, width, channels: 4, pad: 2 });
  const known = [image];
  for (let finest = image; finest.height > 1 || finest.width > 1;) {
    const half = place(Math.ceil(finest.height / 2), Math.ceil(finest.width / 2));
    finest = call("shrink", half, finest);
    known.push(finest);
  }
  const filled = [...known];
  for (let level = known.length - 2; level >= 0; level--) {
    const [coarser, own] = [filled[level + 1]!, known[level]!];
    const smooth = call("smooth", place(coarser.height, coarser.width), coarser);
    const placed = call("place", place(own.height, own.width), own, smooth);
    filled[level] = call("relax", fills[level] ?? place(own.height, own.width), own, placed);
  }
  // Lane 3 told what lies outside; with the fill made, it is free for the shares.
  let shares = image;
  fills.forEach((fill, level) => {
    if (level > 0) shares = call("halve", place(fill.height, fill.width), shares);
    call("join", fill, fill, shares);
  });
  return putScript(arena, calls);
}
