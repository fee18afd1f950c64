/**
 * A square bitmap that holes are painted on, with the two brushes everything else is made of.
 * @module
 */

/** A square bitmap of holes; `holes` counts the ones in `data`. */
export interface MaskCanvas {
  /** Row-major, `side * side`, 1 = hole. */
  readonly data: Uint8Array;
  /** Width and height in pixels. */
  readonly side: number;
  /** Pixels of `data` that are 1. */
  holes: number;
}

/** A point on a canvas in pixels; pixel `(0, 0)` covers `[0, 1) x [0, 1)`. */
export type Point = readonly [x: number, y: number];

/** Makes a canvas without holes. */
export function createMaskCanvas(side: number): MaskCanvas {
  return { data: new Uint8Array(side * side), side, holes: 0 };
}

/** Paints a disc; what lies outside the canvas is dropped, and a disc below one pixel paints its pixel. */
export function paintDisc(canvas: MaskCanvas, [x, y]: Point, radius: number): void {
  const r = Math.max(radius, 0.5);
  const top = Math.max(0, Math.ceil(y - r - 0.5));
  const bottom = Math.min(canvas.side - 1, Math.floor(y + r - 0.5));
  for (let row = top; row <= bottom; row++) {
    const dy = row + 0.5 - y;
    const half = Math.sqrt(Math.max(0, r * r - dy * dy));
    paintSpan(canvas, row, x - half, x + half);
  }
}

/** Fills a closed polygon by the even-odd rule, sampled at pixel centres. */
export function paintPolygon(canvas: MaskCanvas, points: readonly Point[]): void {
  let [low, high] = [Infinity, -Infinity];
  for (const [, y] of points) {
    low = Math.min(low, y);
    high = Math.max(high, y);
  }
  const top = Math.max(0, Math.ceil(low - 0.5));
  const bottom = Math.min(canvas.side - 1, Math.floor(high - 0.5));
  for (let row = top; row <= bottom; row++) {
    const y = row + 0.5;
    const crossings: number[] = [];
    let [previousX, previousY] = points[points.length - 1]!;
    for (const [x, nextY] of points) {
      if ((previousY <= y) !== (nextY <= y)) {
        crossings.push(previousX + (x - previousX) * (y - previousY) / (nextY - previousY));
      }
      [previousX, previousY] = [x, nextY];
    }
    crossings.sort((a, b) => a - b);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      paintSpan(canvas, row, crossings[i]!, crossings[i + 1]!);
    }
  }
}

/** Paints the pixels of a row whose centres lie in `[from, to]`. */
function paintSpan(canvas: MaskCanvas, row: number, from: number, to: number): void {
  const { data, side } = canvas;
  const first = row * side + Math.max(0, Math.ceil(from - 0.5));
  const last = row * side + Math.min(side - 1, Math.floor(to - 0.5));
  for (let i = first; i <= last; i++) {
    if (data[i] === 0) {
      data[i] = 1;
      canvas.holes++;
    }
  }
}
