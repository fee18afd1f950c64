/**
 * From the corrections of all levels to the output of a network over a base.
 * @module
 */

/** What {@linkcode addCorrections} adds up. */
export interface Corrections {
  /** Of the finest level, in pixels. */
  readonly height: number;
  /** Of the finest level, in pixels. */
  readonly width: number;
  /** `[height, width, 3]`, minus the centre. */
  readonly fill: Float32Array;
  /**
   * Added to everything.
   * @default 0
   */
  readonly centre?: number;
  /** Each decoder stage's own, coarsest first, `[h, w, 3]`; overwritten. */
  readonly corrections: readonly Float32Array[];
  /** By stage, `[h, w]`, 1 where the sum is needed. */
  readonly needed: readonly Uint8Array[];
  /**
   * `[height, width, 3]` of zeros, where the result goes.
   * @default A new array
   */
  readonly into?: Float32Array;
}

/**
 * Adds each level's correction to the bilinear doubling of the coarser sum, and the last one to the fill: what `runUNet`
 * does, where it is needed. Half-pixel centres, the edge pixel repeated outside.
 *
 * @returns `[height, width, 3]`, 0 where nothing is needed.
 */
export function addCorrections(
  { height, width, fill, centre = 0, corrections, needed, into }: Corrections,
): Float32Array {
  const stages = corrections.length;
  for (let stage = 1; stage < stages; stage++) {
    const scale = 2 ** (stages - 1 - stage);
    addDoubled(corrections[stage]!, corrections[stage - 1]!, {
      height: height / scale,
      width: width / scale,
      needed: needed[stage]!,
    });
  }
  const result = into ?? new Float32Array(height * width * 3);
  const [last, wanted] = [corrections.at(-1)!, needed.at(-1)!];
  for (let i = 0; i < wanted.length; i++) {
    if (wanted[i] === 0) continue;
    for (let c = i * 3; c < i * 3 + 3; c++) result[c] = fill[c]! + centre + last[c]!;
  }
  return result;
}

interface Level {
  readonly height: number;
  readonly width: number;
  readonly needed: Uint8Array;
}

function addDoubled(
  sum: Float32Array,
  coarser: Float32Array,
  { height, width, needed }: Level,
): void {
  const [rows, columns] = [height / 2, width / 2];
  const pitch = columns * 3;
  for (let y = 0, i = 0; y < height; y++) {
    const top = Math.max(0, (y - 1) >> 1) * pitch;
    const bottom = Math.min(rows - 1, (y + 1) >> 1) * pitch;
    const down = (y & 1) === 0 ? 0.75 : 0.25;
    for (let x = 0; x < width; x++, i++) {
      if (needed[i] === 0) continue;
      const left = Math.max(0, (x - 1) >> 1) * 3;
      const right = Math.min(columns - 1, (x + 1) >> 1) * 3;
      const across = (x & 1) === 0 ? 0.75 : 0.25;
      for (let c = 0; c < 3; c++) {
        const [a, b] = [coarser[top + left + c]!, coarser[bottom + left + c]!];
        const above = a + (coarser[top + right + c]! - a) * across;
        const below = b + (coarser[bottom + right + c]! - b) * across;
        sum[i * 3 + c]! += above + (below - above) * down;
      }
    }
  }
}
