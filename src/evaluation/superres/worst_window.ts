/**
 * Where two pictures differ most.
 * @module
 */

/** Options of {@linkcode worstWindow}. */
export interface WorstWindowOptions {
  /** Pixels of both pictures. */
  readonly width: number;
  readonly height: number;
  /** Longest side of the window, in pixels. */
  readonly side: number;
}

/** A part of a picture. */
export interface PictureWindow {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Pixels between two places that are tried. */
const STEP = 8;

/**
 * Finds the window with the largest sum of squared differences, of those that begin at every eighth pixel or end at the
 * far side; of equals the first by row.
 *
 * @param a rgb255 `[height, width, 3]`.
 * @param b rgb255 of the same size.
 */
export function worstWindow(
  a: Uint8Array,
  b: Uint8Array,
  { width, height, side }: WorstWindowOptions,
): PictureWindow {
  const size = { width: Math.min(side, width), height: Math.min(side, height) };
  // Sums over everything above and to the left.
  const line = width + 1;
  const sums = new Float64Array(line * (height + 1));
  for (let y = 0, i = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++, i++) row += (a[i]! - b[i]!) ** 2;
      sums[(y + 1) * line + x + 1] = sums[y * line + x + 1]! + row;
    }
  }
  let best = { left: 0, top: 0 };
  let most = -1;
  for (const top of starts(height - size.height)) {
    for (const left of starts(width - size.width)) {
      const [right, bottom] = [left + size.width, top + size.height];
      const sum = sums[bottom * line + right]! - sums[top * line + right]! -
        sums[bottom * line + left]! + sums[top * line + left]!;
      if (sum <= most) continue;
      most = sum;
      best = { left, top };
    }
  }
  return { ...best, ...size };
}

/** 0, 8, 16 and so on, and the last place. */
function starts(last: number): number[] {
  const regular = Array.from({ length: Math.floor(last / STEP) + 1 }, (_, i) => i * STEP);
  return regular.at(-1) === last ? regular : [...regular, last];
}
