/**
 * Images and expected values for the metric tests; the formulas are those of tests/oracle/generate/ssim.py.
 * @module
 */
import fixture from "../../oracle/fixtures/ssim.json" with { type: "json" };

/** Metrics of one pair of images as scikit-image and NumPy compute them. */
export interface OracleCase {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly actual: Uint8Array;
  readonly expected: Uint8Array;
  readonly holeMask: Uint8Array;
  /** Values of the fixture. */
  readonly values: (typeof fixture.cases)[number];
}

/** Where the fixture comes from. */
export const ORACLE_META = fixture.meta;

/** Every case of the fixture with its images. */
export function oracleCases(): OracleCase[] {
  return fixture.cases.map((values) => {
    const { width, height, strength } = values;
    const expected = pattern(width, height);
    return {
      name: `${width}x${height}, strength ${strength}`,
      width,
      height,
      actual: strength > 0
        ? damaged(expected, width, strength)
        : expected.map((value) => 255 - value),
      expected,
      holeMask: holeMask(width, height),
      values,
    };
  });
}

/** An rgb255 image with ramps and edges. */
function pattern(width: number, height: number): Uint8Array {
  return Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const { x, y, c } = position(i, width);
    return (x * 5 + y * 3 + c * 40 + ((x * y) % 17) * 4) % 256;
  });
}

/** The image moved by up to `strength` levels. */
function damaged(image: Uint8Array, width: number, strength: number): Uint8Array {
  return image.map((value, i) => {
    const { x, y, c } = position(i, width);
    const move = (x * x * 7 + y * y * 11 + x * y * 3 + c * 29) % (2 * strength + 1) - strength;
    return Math.min(255, Math.max(0, value + move));
  });
}

/** 1 in two stripes and a disc. */
function holeMask(width: number, height: number): Uint8Array {
  return Uint8Array.from({ length: width * height }, (_, i) => {
    const { x, y } = position(i * 3, width);
    const disc = (x - Math.floor(width / 2)) ** 2 + (y - Math.floor(height / 2)) ** 2 < 16;
    return disc || x % 13 === 2 || y % 19 === 7 ? 1 : 0;
  });
}

/** Column, row and channel of a value in an interleaved image. */
function position(index: number, width: number): { x: number; y: number; c: number } {
  const pixel = Math.floor(index / 3);
  return { x: pixel % width, y: Math.floor(pixel / width), c: index % 3 };
}
