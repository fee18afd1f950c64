/**
 * One forward pass on the CPU.
 * @module
 */
import { HOLE_VALUES, IMAGE_CENTRE, type UNetConfig } from "../../model/unet_config.ts";
import type { ArrayPool } from "../plan/array_pool.ts";
import { addCorrections } from "../plan/add_corrections.ts";
import type { ForwardPlan } from "../plan/forward_plan.ts";
import { halvePlane } from "../plan/halve_plane.ts";
import { planForward } from "../plan/plan_forward.ts";
import type { ForwardRequest } from "../types.ts";
import type { Crew } from "./crew.ts";
import type { FeatureMap } from "./feature_map.ts";
import type { Pass } from "./place_pass.ts";
import { TILES } from "./place_network.ts";
import { scriptItem } from "./script.ts";
import { listWork } from "./work_lists.ts";

/** What a pass runs with. */
export interface RunPassOptions {
  readonly config: UNetConfig;
  readonly pass: Pass;
  readonly memory: WebAssembly.Memory;
  readonly crew: Crew;
  readonly threads: number;
  /** For arrays that live as long as the pass; recycled here. */
  readonly pool: ArrayPool;
}

/**
 * Runs a network over one picture.
 *
 * @returns rgb01 `[height, width, 3]`, not clipped; 0 where the output is not wanted. The pool's, until the next pass.
 */
export function runPass(request: ForwardRequest, options: RunPassOptions): Float32Array {
  const { config, pass, memory, crew, threads, pool } = options;
  pool.recycle();
  const { buffer } = memory;
  putImage(request, options);
  const { pyramid } = pass;
  const makesFills = pyramid !== undefined && request.fills === undefined &&
    request.validMask.includes(1);
  // A follower makes the fill while this thread plans.
  if (makesFills) crew.begin([[scriptItem(pyramid, TILES.length)]]);
  else if (pyramid !== undefined) putFills(request, options);
  let plan: ForwardPlan;
  try {
    plan = planForward(config, request, pool);
  } finally {
    if (makesFills) crew.finish();
  }
  const list = (layer: Pass["encoder"][number], plan: Parameters<typeof listWork>[1]["plan"]) =>
    listWork(layer, { buffer, plan, threads });
  const steps = pass.encoder.map((layer, i) => list(layer, plan.encoder[i]!));
  pass.decoder.forEach((layer, i) => {
    const items = list(layer, plan.decoder[i]!);
    // A head reads the stage before it and nobody in this step reads the head.
    const head = pass.heads[i - 1];
    if (head !== undefined) {
      const needed = plan.corrections[i - 1]!;
      const ratio = wholeOrNothing(plan.decoder[i - 1]!.ratio, pool);
      items.push(...list(head, { needed, ratio }));
    }
    steps.push(items);
  });
  crew.lead(steps);
  const wanted = request.wanted ?? pool.take("bytes", request.height * request.width).fill(1);
  const last = readMap(buffer, pass.decoder.at(-1)!.output, wanted, pool);
  if (config.base === "none") return last;
  const corrections = pass.heads.map(({ output }, i) =>
    readMap(buffer, output, plan.corrections[i]!, pool)
  );
  return addCorrections({
    height: request.height,
    width: request.width,
    fill: readMap(buffer, pass.fills[0]!, wanted, pool),
    centre: IMAGE_CENTRE,
    corrections: [...corrections, last],
    needed: plan.corrections,
    into: pool.take("floats", request.height * request.width * 3),
  });
}

/** Ratios of a head, which sees one pixel, all of it or nothing. */
function wholeOrNothing(ratio: Float32Array, pool: ArrayPool): Float32Array {
  const result = pool.take("floats", ratio.length);
  for (let i = 0; i < ratio.length; i++) result[i] = ratio[i] === 0 ? 0 : 1;
  return result;
}

/** Writes the known pixels, with zeros or the hole value elsewhere. */
function putImage(
  { rgb01, validMask, height, width }: ForwardRequest,
  { config, pass: { image }, memory }: RunPassOptions,
): void {
  const values = new Float32Array(memory.buffer);
  const isTypical = config.convolution === "typical";
  const offset = config.base === "none" ? 0 : IMAGE_CENTRE;
  const hole = isTypical ? HOLE_VALUES[config.holeValue ?? "grey"] : [0, 0, 0];
  for (let y = 0, i = 0; y < height; y++) {
    let to = (image.origin + y * image.pitch) / 4;
    for (let x = 0; x < width; x++, i++, to += 4) {
      const isKnown = validMask[i] !== 0;
      for (let c = 0; c < 3; c++) values[to + c] = isKnown ? rgb01[i * 3 + c]! - offset : hole[c]!;
      // For the pyramid; the network's kernels are 0 there.
      values[to + 3] = isKnown ? 1 : 0;
    }
  }
}

/**
 * Writes fills that are given, centred, with the share of known pixels as fourth channel. Without any, nothing is known,
 * and the fill is black.
 */
function putFills(
  { height, width, validMask, fills }: ForwardRequest,
  { pass, memory, pool }: RunPassOptions,
): void {
  const values = new Float32Array(memory.buffer);
  let share = pool.take("floats", height * width);
  share.set(validMask);
  pass.fills.forEach((map, level) => {
    if (level > 0) {
      share = halvePlane(share, map.width, pool.take("floats", map.height * map.width));
    }
    const fill = fills?.[level] ?? pool.take("floats", map.height * map.width * 3);
    for (let y = 0, i = 0; y < map.height; y++) {
      let to = (map.origin + y * map.pitch) / 4;
      for (let x = 0; x < map.width; x++, i++, to += 4) {
        values[to] = fill[i * 3]! - IMAGE_CENTRE;
        values[to + 1] = fill[i * 3 + 1]! - IMAGE_CENTRE;
        values[to + 2] = fill[i * 3 + 2]! - IMAGE_CENTRE;
        values[to + 3] = share[i]!;
      }
    }
  });
}

/** Copies the three colours of those pixels that are wanted. */
function readMap(
  buffer: ArrayBufferLike,
  { height, width, origin, pitch, step }: FeatureMap,
  wanted: Uint8Array,
  pool: ArrayPool,
): Float32Array {
  const values = new Float32Array(buffer);
  const result = pool.take("floats", height * width * 3);
  for (let y = 0, i = 0; y < height; y++) {
    let from = (origin + y * pitch) / 4;
    for (let x = 0; x < width; x++, i++, from += step / 4) {
      if (wanted[i] === 0) continue;
      for (let c = 0; c < 3; c++) result[i * 3 + c] = values[from + c]!;
    }
  }
  return result;
}
