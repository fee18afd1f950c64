import assert from "node:assert/strict";
import { resample, roundToBytes } from "../../../src/data/resample.ts";
import fixture from "../../oracle/fixtures/resample.json" with { type: "json" };
import { assertAllClose } from "../../support/assert_all_close.ts";

const WIDTH = 17;
const HEIGHT = 12;

/** The picture of tests/oracle/generate/resample.py. */
const picture = Float32Array.from({ length: WIDTH * HEIGHT }, (_, i) => {
  const [x, y] = [i % WIDTH, Math.floor(i / WIDTH)];
  return (x * 13 + y * 29 + (x * y) % 7 * 11) % 256;
});
const PILLOW = { rtol: 0, atol: 1e-4 };
const source = { width: WIDTH, height: HEIGHT, channels: 1, data: picture };

for (const { width, height, loops } of fixture.cases) {
  Deno.test(`resample() is MATLAB's imresize, edges included: ${width}x${height}`, () => {
    const shape = [height, width];
    const data = resample(source, { width, height });
    // Measured at most 2.3e-5: half a last place of float32 at 300 is 1.5e-5, and it is rounded twice.
    assertAllClose({ shape, data }, { shape, data: loops }, { rtol: 0, atol: 4e-5 }, "imresize");
  });
}

/** True where a kernel, widened if it shrinks, stays inside a side of the picture. */
function isInside(at: number, { reach, from, to }: { reach: number; from: number; to: number }) {
  const half = reach * Math.max(1, from / to);
  const centre = (at + 0.5) * from / to;
  return centre - half >= 0 && centre + half <= from;
}

// Pillow leaves out what lies beyond an edge, MATLAB mirrors it; so only the inside is the same.
for (const [kernel, reach] of [["bilinear", 1], ["bicubic", 2], ["lanczos", 3]] as const) {
  Deno.test(`resample() is Pillow's ${kernel} where no edge is near`, () => {
    const [actual, expected]: [number[], number[]] = [[], []];
    for (const { width, height, pillow } of fixture.cases) {
      const data = resample(source, { width, height, kernel });
      pillow?.[kernel].forEach((value, i) => {
        const [x, y] = [i % width, Math.floor(i / width)];
        if (!isInside(x, { reach, from: WIDTH, to: width })) return;
        if (!isInside(y, { reach, from: HEIGHT, to: height })) return;
        actual.push(data[i]!);
        expected.push(value);
      });
    }
    assert.ok(actual.length >= 30, `only ${actual.length} pixels to compare`);
    const shape = [actual.length];
    // Measured 5.0e-5, which is what the rounding of the fixture to 4 digits takes.
    assertAllClose({ shape, data: actual }, { shape, data: expected }, PILLOW, kernel);
  });
}

Deno.test("resample() by nearest repeats pixels, and drops them, in every channel", () => {
  const data = Uint8Array.of(1, 2, 3, 4, 5, 6);
  const large = resample({ width: 3, height: 1, channels: 2, data }, {
    width: 6,
    height: 2,
    kernel: "nearest",
  });
  const row = [1, 2, 1, 2, 3, 4, 3, 4, 5, 6, 5, 6];
  assert.deepEqual([...large], [...row, ...row]);
  const small = resample({ width: 6, height: 2, channels: 2, data: large }, {
    width: 2,
    height: 1,
    kernel: "nearest",
  });
  // Output 0 lies at (0 + 0.5) · 6 / 2 = 1.5, in pixel 1; output 1 at 4.5, in pixel 4.
  assert.deepEqual([...small], [1, 2, 5, 6]);
});

Deno.test("resample() by bilinear is the weighted mean of two, mirrored at edges", () => {
  const line = resample({ width: 2, height: 1, channels: 1, data: Uint8Array.of(0, 100) }, {
    width: 4,
    height: 1,
    kernel: "bilinear",
  });
  // Positions -0.25, 0.25, 0.75, 1.25.
  assert.deepEqual([...line], [0, 25, 75, 100]);
});

Deno.test("resample() keeps a picture of one colour and a single pixel", () => {
  for (const kernel of ["nearest", "bilinear", "bicubic", "lanczos"] as const) {
    const one = resample({ width: 1, height: 1, data: Uint8Array.of(9, 80, 255) }, {
      width: 3,
      height: 2,
      kernel,
    });
    assert.deepEqual([...roundToBytes(one)], new Array(6).fill([9, 80, 255]).flat(), kernel);
  }
});

Deno.test("resample() to the same size changes nothing", () => {
  for (const kernel of ["nearest", "bilinear", "bicubic"] as const) {
    assert.deepEqual(resample(source, { width: WIDTH, height: HEIGHT, kernel }), picture);
  }
});

Deno.test("resample() refuses sizes that do not fit", () => {
  const sizes = [{ width: 0, height: 3 }, { width: 3, height: 1.5 }, { width: NaN, height: 3 }];
  for (const size of sizes) {
    assert.throws(
      () => resample(source, size),
      /^RangeError: Cannot resize 204 values from 17x12x1 /,
    );
  }
  assert.throws(() => resample({ ...source, channels: 3 }, { width: 2, height: 2 }), RangeError);
});

Deno.test("roundToBytes() rounds halves up and clips", () => {
  const bytes = roundToBytes(Float32Array.of(-3, -0.5, 0.49, 0.5, 1.5, 254.5, 255.4, 300));
  assert.deepEqual([...bytes], [0, 0, 0, 1, 2, 255, 255, 255]);
});
