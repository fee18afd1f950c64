/**
 * The known pixels of a picture that is to be enlarged: a lattice of single pixels with holes between them.
 * @module
 */

/** A lattice. */
export interface PixelLattice {
  /** Distance of known pixels on both axes, a whole number of 2 or more. */
  readonly scale: number;
  /** Column of the first known pixel, and row; from 0 to `scale - 1`. */
  readonly phase: readonly [x: number, y: number];
}

/** The lattice of the paper: pixel (x, y) goes to `(K·x + ⌊K/2⌋, K·y + ⌊K/2⌋)`. Source: Liu et al. 2018, section 5.2. */
export function superresLattice(scale: number): PixelLattice {
  const phase = Math.floor(scale / 2);
  return { scale, phase: [phase, phase] };
}

/**
 * Makes the hole mask of a lattice: known pixels apart, hole between them.
 *
 * @returns `[height, width]`, 1 = hole.
 */
export function latticeHoleMask(
  { scale, phase: [left, top] }: PixelLattice,
  { width, height }: { readonly width: number; readonly height: number },
): Uint8Array<ArrayBuffer> {
  const holeMask = new Uint8Array(width * height).fill(1);
  for (let y = top; y < height; y += scale) {
    for (let x = left; x < width; x += scale) holeMask[y * width + x] = 0;
  }
  return holeMask;
}
