/**
 * The fill over a pyramid as loops in float64, for one image.
 * @module
 */

/** Reads a pixel of one channel; undefined outside of the image. */
type Image = (number | undefined)[][];

const TAPS = [1, 3, 3, 1];

/** One channel of one image at one level. */
interface Level {
  readonly known: Image;
  readonly valid: Image;
}

/**
 * Fills one channel.
 *
 * @param known Rows of numbers.
 * @param valid Rows of 1 = known, 0 = hole.
 * @returns The filled image at every level, finest first.
 */
export function referencePyramidFill(known: Image, valid: Image): number[][][] {
  const levels: Level[] = [{ known: map(known, (v, y, x) => v * valid[y]![x]!), valid }];
  for (;;) {
    const finer = levels.at(-1)!;
    if (finer.known.length === 1 && finer.known[0]!.length === 1) break;
    levels.push(shrink(finer));
  }
  const filled = [levels.pop()!.known];
  for (const { known, valid } of levels.reverse()) {
    const smooth = map(filled[0]!, (_, y, x) => mean3(filled[0]!, y, x));
    const placed = map(known, (v, y, x) => valid[y]![x] === 1 ? v : bilinear(smooth, y, x));
    filled.unshift(map(placed, (v, y, x) => valid[y]![x] === 1 ? v : mean3(placed, y, x)));
  }
  return filled as number[][][];
}

/** Mask-normalised binomial means: pixel (y, x) lies between fine pixels 2y, 2y+1 and 2x, 2x+1. */
function shrink({ known, valid }: Level): Level {
  const rows = Math.ceil(known.length / 2);
  const columns = Math.ceil(known[0]!.length / 2);
  const small: Level = {
    known: Array.from({ length: rows }, () => new Array<number>(columns).fill(0)),
    valid: Array.from({ length: rows }, () => new Array<number>(columns).fill(0)),
  };
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      let [sum, weights] = [0, 0];
      for (let i = 0; i < 4; i++) {
        for (let j = 0; j < 4; j++) {
          const isValid = valid[2 * y + i - 1]?.[2 * x + j - 1] ?? 0;
          const weight = TAPS[i]! * TAPS[j]! * isValid;
          sum += weight * (known[2 * y + i - 1]?.[2 * x + j - 1] ?? 0);
          weights += weight;
        }
      }
      if (weights === 0) continue;
      small.known[y]![x] = sum / weights;
      small.valid[y]![x] = 1;
    }
  }
  return small;
}

/** Mean over the 3x3 pixels around one, those outside of the image left out. */
function mean3(image: Image, y: number, x: number): number {
  let [sum, count] = [0, 0];
  for (let i = -1; i <= 1; i++) {
    for (let j = -1; j <= 1; j++) {
      const value = image[y + i]?.[x + j];
      if (value === undefined) continue;
      sum += value;
      count += 1;
    }
  }
  return sum / count;
}

/** Value of the doubled image at (y, x), on the half-pixel grid, the rim repeated. */
function bilinear(image: Image, y: number, x: number): number {
  const axis = (position: number, size: number) => {
    const at = (position + 0.5) / 2 - 0.5;
    const low = Math.floor(at);
    const clamp = (i: number) => Math.min(size - 1, Math.max(0, i));
    return { low: clamp(low), high: clamp(low + 1), part: at - low };
  };
  const row = axis(y, image.length);
  const column = axis(x, image[0]!.length);
  const across = (r: number) =>
    image[r]![column.low]! * (1 - column.part) + image[r]![column.high]! * column.part;
  return across(row.low) * (1 - row.part) + across(row.high) * row.part;
}

function map(image: Image, f: (value: number, y: number, x: number) => number): Image {
  return image.map((line, y) => line.map((value, x) => f(value!, y, x)));
}
