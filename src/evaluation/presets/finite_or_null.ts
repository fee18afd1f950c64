/**
 * Numbers that JSON can hold.
 * @module
 */

/** Gives the number, or null for NaN and infinities: equal images have no PSNR, images without windows no SSIM. */
export function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
