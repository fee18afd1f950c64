/**
 * Low-frequency noise cut at a level: regions that look like disoccluded background.
 * @module
 */
import type { Random } from "../random.ts";
import type { MaskCanvas } from "./mask_canvas.ts";

/**
 * Turns the highest part of a smooth random landscape into holes until about `until` pixels are holes.
 *
 * Half of the landscapes slope away from a random summit, so that one compact region comes out of them
 * instead of a pattern that fills the canvas.
 */
export function paintNoise(canvas: MaskCanvas, random: Random, until: number): void {
  const { side, data } = canvas;
  const wanted = until - canvas.holes;
  if (wanted <= 0) return;
  const height = new Float32Array(side * side);
  const cells = random.integer(2, 6);
  addValueNoise(height, side, random, cells, 1);
  addValueNoise(height, side, random, cells * 2, 0.5);
  addValueNoise(height, side, random, cells * 5, random.uniform() < 0.5 ? 0.25 : 0.08);
  if (random.uniform() < 0.5) addSlope(height, side, random);
  const level = levelOfHighest(height, wanted);
  for (let i = 0; i < data.length; i++) {
    if (height[i]! > level && data[i] === 0) {
      data[i] = 1;
      canvas.holes++;
    }
  }
}

/** Adds a `cells x cells` grid of random values, smoothly interpolated. */
function addValueNoise(
  height: Float32Array,
  side: number,
  random: Random,
  cells: number,
  amplitude: number,
): void {
  const stride = cells + 1;
  const grid = Float32Array.from({ length: stride * stride }, () => amplitude * random.normal());
  const row = new Float32Array(stride);
  const index = new Int32Array(side);
  const weight = new Float32Array(side);
  for (let i = 0; i < side; i++) {
    const at = i * cells / side;
    index[i] = Math.floor(at);
    const t = at - index[i]!;
    weight[i] = t * t * (3 - 2 * t);
  }
  for (let y = 0; y < side; y++) {
    const start = index[y]! * stride;
    for (let k = 0; k < stride; k++) {
      const upper = grid[start + k]!;
      row[k] = upper + (grid[start + stride + k]! - upper) * weight[y]!;
    }
    for (let x = 0, i = y * side; x < side; x++, i++) {
      const k = index[x]!;
      const left = row[k]!;
      height[i]! += left + (row[k + 1]! - left) * weight[x]!;
    }
  }
}

/** Lets the landscape fall with the distance from a random summit. */
function addSlope(height: Float32Array, side: number, random: Random): void {
  const [cx, cy] = [side * random.uniform(), side * random.uniform()];
  const steepness = (2 + 4 * random.uniform()) / side;
  for (let y = 0, i = 0; y < side; y++) {
    for (let x = 0; x < side; x++, i++) {
      height[i]! -= steepness * Math.sqrt((x - cx) ** 2 + (y - cy) ** 2);
    }
  }
}

/** Level that about `count` of the values exceed, from a histogram of 1024 bins. */
function levelOfHighest(height: Float32Array, count: number): number {
  let [low, high] = [Infinity, -Infinity];
  for (const value of height) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const bins = 1024;
  const scale = bins / (high - low || 1);
  const histogram = new Uint32Array(bins + 1);
  for (const value of height) histogram[Math.floor((value - low) * scale)]!++;
  let above = 0;
  for (let bin = bins; bin > 0; bin--) {
    above += histogram[bin]!;
    if (above >= count) return low + bin / scale;
  }
  return low;
}
