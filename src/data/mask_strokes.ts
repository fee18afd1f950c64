/**
 * Shapes of raw holes: streaks, scribbles, blobs, contours, boxes and thresholded noise.
 *
 * Each painter adds holes until the canvas holds `until` of them (about; the last shape may pass it).
 * Lengths are relative to the canvas side, so a mask looks alike at every size.
 * @module
 */
import type { Random } from "../random.ts";
import { type MaskCanvas, paintDisc, paintPolygon, type Point } from "./mask_canvas.ts";

/** Adds holes to a canvas until `canvas.holes >= until`, or until it has tried long enough. */
export type HolePainter = (canvas: MaskCanvas, random: Random, until: number) => void;

/** Most shapes one painter adds: an end for canvases whose free part is hard to hit. */
const MOST_SHAPES = 400;

/** Long, slightly bent, broken lines with one common direction: the edges of things that moved. */
export function paintStreaks(canvas: MaskCanvas, random: Random, until: number): void {
  const { side } = canvas;
  const direction = 2 * Math.PI * random.uniform();
  const spread = random.uniform() < 0.6 ? 0.12 : 1.2;
  const width = side * between(random, 0.003, 0.02);
  for (let i = 0; i < MOST_SHAPES && canvas.holes < until; i++) {
    let [x, y] = [side * random.uniform(), side * random.uniform()];
    let heading = direction + spread * random.normal();
    let bend = 0;
    let radius = width * between(random, 0.5, 1.6);
    let left = side * between(random, 0.15, 1.1);
    let gap = 0;
    while (left > 0 && canvas.holes < until) {
      const step = Math.max(1, 0.6 * radius);
      if (gap > 0) gap -= step;
      else paintDisc(canvas, [x, y], radius);
      if (gap <= 0 && random.uniform() < 0.012) gap = side * between(random, 0.02, 0.12);
      radius = clamp(radius * (1 + 0.12 * random.normal()), 0.4 * width, 2.5 * width);
      bend = 0.9 * bend + 0.025 * random.normal();
      heading += bend * step / (0.02 * side);
      x += step * Math.cos(heading);
      y += step * Math.sin(heading);
      left -= step;
    }
  }
}

/** Thick hand-drawn strokes that turn sharply, in the way a person crosses something out. */
export function paintScribbles(canvas: MaskCanvas, random: Random, until: number): void {
  const { side } = canvas;
  const thick = side * between(random, 0.008, 0.05);
  for (let i = 0; i < MOST_SHAPES && canvas.holes < until; i++) {
    let [x, y] = [side * random.uniform(), side * random.uniform()];
    let heading = 2 * Math.PI * random.uniform();
    const radius = thick * between(random, 0.6, 1.6);
    const vertices = random.integer(2, 9);
    for (let vertex = 0; vertex < vertices && canvas.holes < until; vertex++) {
      const length = side * between(random, 0.05, 0.3);
      const step = Math.max(1, 0.5 * radius);
      for (let done = 0; done < length; done += step) {
        paintDisc(canvas, [x, y], radius);
        x += step * Math.cos(heading);
        y += step * Math.sin(heading);
      }
      // A turn near 180 degrees makes the zigzag of a hand; a small one makes a curl.
      heading += (random.uniform() < 0.5 ? Math.PI : 0) + 0.7 * random.normal();
    }
  }
}

/** Compact closed shapes with a smooth outline from random harmonics. */
export function paintBlobs(canvas: MaskCanvas, random: Random, until: number): void {
  for (let i = 0; i < MOST_SHAPES && canvas.holes < until; i++) {
    const area = (until - canvas.holes) * between(random, 0.35, 1.1);
    const waves = Array.from({ length: 6 }, (_, k) => ({
      height: 0.5 * random.normal() / (k + 1.5),
      phase: 2 * Math.PI * random.uniform(),
    }));
    const outline = (angle: number) => {
      let radius = 1;
      waves.forEach(({ height, phase }, k) => radius += height * Math.cos((k + 1) * angle + phase));
      return Math.max(0.12, radius);
    };
    paintOutline(canvas, random, area, outline);
  }
}

/** Ellipses and rectangles at any angle. */
export function paintBoxes(canvas: MaskCanvas, random: Random, until: number): void {
  for (let i = 0; i < MOST_SHAPES && canvas.holes < until; i++) {
    const area = (until - canvas.holes) * between(random, 0.3, 1.1);
    const isBox = random.uniform() < 0.6;
    paintOutline(
      canvas,
      random,
      area,
      (angle) => isBox ? 0.886 / Math.max(Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))) : 1,
    );
  }
}

/**
 * Ragged patches along a few contours, all drawn out in one direction: what a moving thing uncovers.
 *
 * Dilation joins them to compact regions with slits and islands.
 */
export function paintContours(canvas: MaskCanvas, random: Random, until: number): void {
  const { side } = canvas;
  const motion = random.integer(0, 3) * Math.PI / 2 + 0.25 * random.normal();
  const [cos, sin] = [Math.cos(motion), Math.sin(motion)];
  const reach = side * between(random, 0.01, 0.12);
  const thick = side * between(random, 0.004, 0.015);
  const contours = Array.from({ length: random.integer(1, 3) }, () => wander(random, side));
  for (let i = 0; i < 4 * MOST_SHAPES && canvas.holes < until; i++) {
    // A contour may be full, or beside the canvas.
    if (i % 100 === 99) contours[random.integer(0, contours.length - 1)] = wander(random, side);
    const contour = contours[random.integer(0, contours.length - 1)]!;
    // Squared, so that one end of a contour is dense and the other one sparse.
    const [cx, cy] = contour[Math.floor(contour.length * random.uniform() ** 2)]!;
    const [x, y] = [cx + 0.01 * side * random.normal(), cy + 0.01 * side * random.normal()];
    const length = thick - reach * Math.log(1 - random.uniform());
    const half = thick * between(random, 0.4, 1.5);
    paintPolygon(canvas, [
      [x - half * sin, y + half * cos],
      [x + length * cos - half * sin, y + length * sin + half * cos],
      [x + length * cos + half * sin, y + length * sin - half * cos],
      [x + half * sin, y - half * cos],
    ]);
  }
}

/** A bent line across a good part of the canvas. */
function wander(random: Random, side: number): Point[] {
  let [x, y] = [side * random.uniform(), side * random.uniform()];
  let heading = 2 * Math.PI * random.uniform();
  const drift = 0.1 * random.normal();
  const count = random.integer(12, 60);
  return Array.from({ length: count }, (): Point => {
    heading += drift + 0.2 * random.normal();
    x += 0.02 * side * Math.cos(heading);
    y += 0.02 * side * Math.sin(heading);
    return [x, y];
  });
}

/** A few lone patches far from everything else. */
export function paintSpecks(canvas: MaskCanvas, random: Random): void {
  const { side } = canvas;
  for (let count = random.integer(1, 6); count > 0; count--) {
    const at: Point = [side * random.uniform(), side * random.uniform()];
    paintDisc(canvas, at, side * between(random, 0.003, 0.012));
  }
}

/** Places `radius = outline(angle)`, stretched, turned and scaled to about `area` pixels. */
function paintOutline(
  canvas: MaskCanvas,
  random: Random,
  area: number,
  outline: (angle: number) => number,
): void {
  const { side } = canvas;
  const stretch = Math.exp(0.8 * (random.uniform() - 0.5) * 2);
  const turn = 2 * Math.PI * random.uniform();
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const [x, y] = [side * random.uniform(), side * random.uniform()];
  const scale = Math.sqrt(area / Math.PI);
  const points: Point[] = [];
  for (let i = 0; i < 64; i++) {
    const angle = 2 * Math.PI * i / 64;
    const r = scale * outline(angle);
    const [a, b] = [r * stretch * Math.cos(angle), r / stretch * Math.sin(angle)];
    points.push([x + a * cos - b * sin, y + a * sin + b * cos]);
  }
  paintPolygon(canvas, points);
}

function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random.uniform();
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
