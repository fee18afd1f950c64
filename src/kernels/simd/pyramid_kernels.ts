/**
 * The untrained fill on the CPU: a pixel is one vector, red, green, blue and how much of it is known.
 *
 * Sums of colours that are 0 where nothing is known, divided by the sum of the fourth lane, are means of what is known;
 * maps have borders of zeros, so what lies outside leaves itself out.
 * @module
 */
import { FunctionCode, type Local } from "./wasm_code.ts";

/** Bytes of a pixel. */
const PIXEL = 16;

/** Names of the functions that {@linkcode pyramidKernels} makes. */
export type PyramidKernelName = "shrink" | "smooth" | "place" | "relax" | "halve" | "join";

/**
 * Writes the steps of `pyramidFill` of `src/ops` as functions over rows of pixels. Addresses are those of a map's first
 * pixel, pitches its rows' distances in bytes; each function writes `rows` by `columns` pixels of its target.
 *
 * - `shrink(source, pitch, target, targetPitch, rows, columns)`: means of the 4x4 kernel (1 3 3 1)² at stride 2, one
 *   row and column of it above and left; lane 3 becomes 1 or 0.
 * - `smooth(...)`, the same arguments: means of 3x3 windows.
 * - `place(source, pitch, target, targetPitch, rows, columns, smooth, smoothPitch)`: known pixels, and where lane 3 is 0
 *   the bilinear doubling of `smooth`, half-pixel centres, the edge repeated.
 * - `relax(source, pitch, target, targetPitch, rows, columns, placed, placedPitch)`: known pixels, else means of 3x3
 *   windows over `placed`.
 * - `halve(source, pitch, target, targetPitch, rows, columns)`: means of 2x2 blocks, all lanes.
 * - `join(source, pitch, target, targetPitch, rows, columns, shares, sharesPitch)`: colours of one map, lane 3 of another.
 */
export function pyramidKernels(): Readonly<Record<PyramidKernelName, FunctionCode>> {
  return {
    shrink: pixelLoop(2, 0, ({ code, source, pitch, pixel }) => {
      const sum = code.local("v128");
      const row = code.local("i32");
      const line = (first: number) => {
        code.get(row).memory("v128.load", first).get(row).memory("v128.load", first + PIXEL);
        code.get(row).memory("v128.load", first + 2 * PIXEL).plain("f32x4.add").vector(3);
        code.plain("f32x4.mul").plain("f32x4.add");
        code.get(row).memory("v128.load", first + 3 * PIXEL).plain("f32x4.add");
      };
      // The window's first pixel is one row and one column before the pixel.
      code.get(source).get(pitch).plain("i32.sub").constant(PIXEL).plain("i32.sub").set(row);
      line(0);
      code.increase(row, pitch);
      line(0);
      code.increase(row, pitch);
      line(0);
      code.plain("f32x4.add").vector(3).plain("f32x4.mul").plain("f32x4.add");
      code.increase(row, pitch);
      line(0);
      code.plain("f32x4.add").set(sum);
      divideByCount(code, sum).set(pixel);
    }),
    smooth: pixelLoop(1, 0, ({ code, source, pitch, pixel }) => {
      sumOfNine(code, source, pitch, pixel);
      divideByCount(code, pixel).set(pixel);
    }),
    place: pixelLoop(
      1,
      0,
      ({ code, source, pixel, row, column, rows, columns, other, otherPitch }) => {
        code.get(source).memory("v128.load").set(pixel);
        whenHole(code, pixel, () => {
          const i32 = () => code.local("i32");
          const [top, bottom, left, right] = [i32(), i32(), i32(), i32()] as const;
          const neighbours = (position: Local, length: Local, before: Local, after: Local) => {
            // max(0, (position - 1) >> 1) and min((length + 1 >> 1) - 1, (position + 1) >> 1)
            code.get(position).constant(1).plain("i32.sub").constant(1).plain("i32.shr_s");
            code.tee(before).constant(0).get(before).constant(0).plain("i32.ge_s");
            code.plain("select").set(before);
            code.get(length).constant(1).plain("i32.add").constant(1).plain("i32.shr_u");
            code.constant(1).plain("i32.sub").set(after);
            const last = after;
            code.get(position).constant(1).plain("i32.add").constant(1).plain("i32.shr_u").get(
              last,
            );
            code.get(position).constant(1).plain("i32.add").constant(1).plain("i32.shr_u").get(
              last,
            );
            code.plain("i32.lt_s").plain("select").set(after);
          };
          neighbours(row, rows, top, bottom);
          neighbours(column, columns, left, right);
          const at = (line: Local, place: Local) => {
            code.get(other).get(line).get(otherPitch).plain("i32.mul").plain("i32.add");
            code.get(place).constant(4).plain("i32.shl").plain("i32.add").memory("v128.load");
          };
          const [above, below, weight] = [
            code.local("v128"),
            code.local("v128"),
            code.local("v128"),
          ];
          /** a + (b - a) · weight of the two vectors on top of the stack. */
          const mix = (first: Local) => {
            code.get(first).plain("f32x4.sub").get(weight).plain("f32x4.mul");
            code.get(first).plain("f32x4.add");
          };
          weightOf(code, column, weight);
          at(top, left);
          code.set(above);
          at(top, right);
          mix(above);
          code.set(above);
          at(bottom, left);
          code.set(below);
          at(bottom, right);
          mix(below);
          weightOf(code, row, weight);
          mix(above);
          code.set(pixel);
        });
      },
    ),
    relax: pixelLoop(1, 1, ({ code, source, pixel, other, otherPitch }) => {
      code.get(source).memory("v128.load").set(pixel);
      whenHole(code, pixel, () => {
        sumOfNine(code, other, otherPitch, pixel);
        divideByCount(code, pixel).set(pixel);
      });
    }),
    halve: pixelLoop(2, 0, ({ code, source, pitch, pixel }) => {
      const below = code.local("i32");
      code.get(source).get(pitch).plain("i32.add").set(below);
      code.get(source).memory("v128.load").get(source).memory("v128.load", PIXEL);
      code.plain("f32x4.add").get(below).memory("v128.load").plain("f32x4.add");
      code.get(below).memory("v128.load", PIXEL).plain("f32x4.add");
      code.vector(0.25).plain("f32x4.mul").set(pixel);
    }),
    join: pixelLoop(1, 1, ({ code, source, pixel, other }) => {
      code.get(source).memory("v128.load").get(other).memory("v128.load").joinLanes().set(pixel);
    }),
  };
}

/** What the body of a loop works with; `source` and `other` are the addresses of the pixel's own place. */
interface PixelBody {
  readonly code: FunctionCode;
  readonly source: Local;
  readonly pitch: Local;
  /** Is stored at the target after the body. */
  readonly pixel: Local;
  readonly row: Local;
  readonly column: Local;
  readonly rows: Local;
  readonly columns: Local;
  readonly other: Local;
  readonly otherPitch: Local;
}

/**
 * Writes a function that goes over all pixels of the target, the source `step` times as fast and the other map `pace`
 * times.
 */
function pixelLoop(step: 1 | 2, pace: 0 | 1, body: (body: PixelBody) => void): FunctionCode {
  const code = new FunctionCode(new Array(8).fill("i32"));
  const [from, pitch, to, targetPitch, rows, columns, second, otherPitch] = code
    .parameters as [Local, Local, Local, Local, Local, Local, Local, Local];
  const i32 = () => code.local("i32");
  const [source, target, other, row, column] = [i32(), i32(), i32(), i32(), i32()] as const;
  const pixel = code.local("v128");
  code.repeat(() => {
    code.get(from).set(source).get(to).set(target).get(second).set(other).constant(0).set(column);
    code.repeat(() => {
      body({ code, source, pitch, pixel, row, column, rows, columns, other, otherPitch });
      code.get(target).get(pixel).memory("v128.store");
      code.increase(source, step * PIXEL).increase(target, PIXEL).increase(column, 1);
      if (pace === 1) code.increase(other, PIXEL);
    }, () => code.get(column).get(columns).plain("i32.lt_s"));
    for (let i = 0; i < step; i++) code.increase(from, pitch);
    code.increase(to, targetPitch).increase(row, 1);
    if (pace === 1) code.increase(second, otherPitch);
  }, () => code.get(row).get(rows).plain("i32.lt_s"));
  return code;
}

/** Runs the body if lane 3 of the pixel is 0. */
function whenHole(code: FunctionCode, pixel: Local, body: () => void): void {
  code.get(pixel).plain("f32x4.extract_lane 3").zeroF32().plain("f32.eq").when(body);
}

/** Sum of the 3x3 pixels around an address. */
function sumOfNine(code: FunctionCode, centre: Local, pitch: Local, sum: Local): void {
  const row = code.local("i32");
  code.get(centre).get(pitch).plain("i32.sub").constant(PIXEL).plain("i32.sub").set(row);
  code.zeros().set(sum);
  for (let line = 0; line < 3; line++) {
    code.get(sum);
    for (let i = 0; i < 3; i++) code.get(row).memory("v128.load", i * PIXEL).plain("f32x4.add");
    code.set(sum).increase(row, pitch);
  }
}

/** Pushes sum / max(lane 3 of it, 1): counts and weights are whole numbers, so nothing else is smaller than 1. */
function divideByCount(code: FunctionCode, sum: Local): FunctionCode {
  code.get(sum).get(sum).plain("f32x4.extract_lane 3").plain("f32x4.splat").vector(1);
  return code.plain("f32x4.pmax").plain("f32x4.div");
}

/** Weight of the second neighbour: 0.75 at even positions, which lie a quarter before their small one, else 0.25. */
function weightOf(code: FunctionCode, position: Local, weight: Local): void {
  code.vector(0.25).vector(0.75).get(position).constant(1).plain("i32.and").plain("select");
  code.set(weight);
}
