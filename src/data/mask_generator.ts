/**
 * Seeded irregular hole masks for training.
 * @module
 */
import type { Random } from "../random.ts";
import { chooseRadius, cropDistance, type MaskView, measureDistance } from "./mask_augment.ts";
import { createMaskCanvas, type MaskCanvas } from "./mask_canvas.ts";
import { paintNoise } from "./mask_noise.ts";
import {
  type HolePainter,
  paintBlobs,
  paintBoxes,
  paintContours,
  paintScribbles,
  paintSpecks,
  paintStreaks,
} from "./mask_strokes.ts";

/** Options of {@linkcode generateHoleMask}. */
export interface HoleMaskOptions {
  /** Pixels. */
  width: number;
  /** Pixels. */
  height: number;
  /**
   * Bounds of the share of hole pixels; the target is uniform between them.
   * @default [0.01, 0.6]
   */
  ratio?: readonly [low: number, high: number];
  /**
   * Pixels along every border that stay known.
   * @default half of the masks have 50 on a side of 512, half have none
   */
  margin?: number;
}

/** How one kind of raw hole is used. */
interface Kind {
  readonly paint: HolePainter;
  /** Share of masks that are led by it. */
  readonly weight: number;
  /** Bounds of the part of the target area that is painted; dilation adds the rest. */
  readonly raw: readonly [low: number, high: number];
}

/** The kind that comes closest to any target; used alone when the others keep missing it. */
const NOISE: Kind = { paint: paintNoise, weight: 0.16, raw: [0.3, 0.85] };

const KINDS: readonly Kind[] = [
  { paint: paintContours, weight: 0.33, raw: [0.1, 0.65] },
  { paint: paintStreaks, weight: 0.24, raw: [0.08, 0.5] },
  NOISE,
  { paint: paintBlobs, weight: 0.12, raw: [0.3, 0.85] },
  { paint: paintScribbles, weight: 0.1, raw: [0.3, 0.8] },
  { paint: paintBoxes, weight: 0.05, raw: [0.3, 0.85] },
];

/** Largest side of the canvas in pixels; larger masks are interpolated from its smooth distances. */
const MOST_CANVAS = 320;
const LEAST_CANVAS = 64;
const ATTEMPTS = 8;

/**
 * Makes one irregular mask: raw holes of several kinds, then dilation, rotation, translation and crop.
 *
 * Dilation is by 4 to 49 pixels on a side of 512 and in proportion on others. Half of the masks keep their holes
 * 50 pixels (on 512) away from the border, the other half may touch it. What lies outside the turned raw mask is
 * known. At least one pixel is a hole and at least one is known.
 *
 * @returns Row-major `width * height`, 1 = hole, 0 = known.
 * @throws {RangeError} If the size is not whole or below 2 pixels, if the ratio bounds are not within (0, 1) and
 * in order, or if the margin leaves no room for them.
 *
 * Source: Liu et al. 2018, section 4.1; dilation and margin as in the authors' published test masks.
 * Differs: the raw masks of the paper come from video occlusions, these are painted.
 */
export function generateHoleMask(random: Random, options: HoleMaskOptions): Uint8Array {
  const { width, height, ratio = [0.01, 0.6] } = options;
  checkOptions(width, height, ratio);
  const area = width * height;
  const room = roomInside(options);
  const low = ratio[0];
  const high = Math.min(ratio[1], room / area);
  // From the upper end, so that the lower bound itself is never drawn: the paper's bins are (low, high].
  const target = high - (high - low) * random.uniform();
  const side = Math.max(width, height);
  const hasMargin = random.uniform() < 0.5 && target < 0.62;
  const most = Math.floor((Math.min(width, height) - 1) / 2);
  const usual = hasMargin ? Math.min(most, Math.round(side * 50 / 512)) : 0;
  const margin = options.margin ?? usual;
  // The painters do not know of the margin, so what it takes away is painted on top.
  const painted = Math.min(0.95, target * area / ((width - 2 * margin) * (height - 2 * margin)));
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const isPlain = attempt >= ATTEMPTS / 2;
    const kind = isPlain ? NOISE : pickKind(random);
    const reach = isPlain ? 1 : 1 + 0.3 * random.uniform();
    const canvasSide = Math.round(Math.min(MOST_CANVAS, Math.max(LEAST_CANVAS, reach * side)));
    const canvas = createMaskCanvas(canvasSide);
    paintRaw(canvas, random, kind, painted * canvasSide ** 2);
    const turn = isPlain ? { angle: 0, shift: [0, 0] as const } : pickTurn(random, side);
    const view = { width, height, scale: canvasSide / (reach * side), margin, ...turn };
    const bitmap = { data: canvas.data, width: canvasSide, height: canvasSide };
    const distance = measureDistance(bitmap, random.uniform() < 0.5 ? "square" : "round");
    const cropped = cropDistance(distance, view);
    // A large dilation of a small hole would leave nothing of its shape.
    const widest = 8 + 160 * Math.sqrt(target) * (0.3 + 0.7 * random.uniform());
    const range = { low: side * 4 / 512, high: side * Math.min(49, widest) / 512 };
    const { radius, holes } = chooseRadius(cropped, target * area, range);
    const isClose = Math.abs(holes / area - target) < Math.max(0.004, 0.08 * target);
    if (isClose && holes > 0 && holes < area && holes > low * area && holes <= high * area) {
      return below(cropped, radius);
    }
  }
  return generateFallback(random, options, target);
}

/** Paints one kind, often a second one, sometimes specks. */
function paintRaw(canvas: MaskCanvas, random: Random, kind: Kind, target: number): void {
  const part = kind.raw[0] + (kind.raw[1] - kind.raw[0]) * random.uniform();
  const until = part * target;
  const second = random.uniform() < 0.5 ? pickKind(random) : undefined;
  kind.paint(canvas, random, second === undefined ? until : 0.7 * until);
  second?.paint(canvas, random, Math.min(until, canvas.holes + second.raw[1] * 0.3 * until));
  if (random.uniform() < 0.4) paintSpecks(canvas, random);
}

function pickKind(random: Random): Kind {
  let left = random.uniform();
  return KINDS.find(({ weight }) => (left -= weight) < 0) ?? KINDS[0]!;
}

/** Half of the masks are turned by quarter turns only, as most published ones, the others by any angle. */
function pickTurn(random: Random, side: number): Pick<MaskView, "angle" | "shift"> {
  const quarter = random.integer(0, 3) * Math.PI / 2;
  const angle = quarter + (random.uniform() < 0.5 ? 0 : Math.PI / 2 * random.uniform());
  const shift = [
    0.3 * side * (random.uniform() - 0.5),
    0.3 * side * (random.uniform() - 0.5),
  ] as const;
  return { angle, shift };
}

function below(distance: Float32Array, radius: number): Uint8Array {
  const holeMask = new Uint8Array(distance.length);
  for (let i = 0; i < holeMask.length; i++) holeMask[i] = distance[i]! <= radius ? 1 : 0;
  return holeMask;
}

/** An upright ellipse of the wanted area, for sizes and bounds that no painted mask meets. */
function generateFallback(random: Random, options: HoleMaskOptions, target: number): Uint8Array {
  const { width, height, margin = 0 } = options;
  const area = width * height;
  const distance = new Float32Array(area).fill(Infinity);
  const [cx, cy] = [width * random.uniform(), height * random.uniform()];
  for (let y = margin; y < height - margin; y++) {
    for (let x = margin, i = y * width + margin; x < width - margin; x++, i++) {
      distance[i] = Math.hypot((x + 0.5 - cx) / width, (y + 0.5 - cy) / height);
    }
  }
  const most = Math.min(area - 1, roomInside(options));
  const wanted = Math.min(most, Math.max(1, Math.round(target * area)));
  const order = Array.from(distance.keys()).filter((i) => distance[i]! < Infinity)
    .sort((a, b) => distance[a]! - distance[b]!);
  const holeMask = new Uint8Array(area);
  for (const i of order.slice(0, wanted)) holeMask[i] = 1;
  return holeMask;
}

/** Pixels that may be hole. */
function roomInside({ width, height, margin = 0, ratio = [0, 1] }: HoleMaskOptions): number {
  const room = Math.max(0, width - 2 * margin) * Math.max(0, height - 2 * margin);
  if (!Number.isInteger(margin) || margin < 0 || room <= ratio[0] * width * height) {
    throw new RangeError(
      `Cannot generate hole mask: margin is ${margin}, must leave room in ${width}x${height} for a ` +
        `ratio of ${ratio[0]}`,
    );
  }
  return room;
}

function checkOptions(width: number, height: number, ratio: readonly [number, number]): void {
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || width * height < 2) {
    throw new RangeError(
      `Cannot generate hole mask: size is ${width}x${height}, must be whole and at least 2 pixels`,
    );
  }
  const [low, high] = ratio;
  if (!(low >= 0 && low <= high && high > 0 && high < 1)) {
    throw new RangeError(
      `Cannot generate hole mask: ratio is [${low}, ${high}], must be in order and within 0 and 1`,
    );
  }
}
