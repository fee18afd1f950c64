import assert from "node:assert/strict";
import { BlockFitter } from "../../../../src/data/jpeg/fit_block.ts";
import { ijgQuantTable } from "../../../../src/data/jpeg/ijg_quality.ts";
import { createRandom } from "../../../../src/random.ts";

const TABLE = ijgQuantTable("luminance", 90);
const fitter = new BlockFitter(TABLE);

/** Two slopes with an edge between and a little noise. */
function picture(seed: number): Float64Array {
  const random = createRandom(seed);
  const slope = random.integer(-8, 8);
  return Float64Array.from({ length: 64 }, (_, i) => {
    const [x, y] = [i & 7, i >> 3];
    return slope * x + 3 * y + (x + y > 7 ? 40 : 0) + 4 * random.normal() - 50;
  });
}

function errorOf(coefficients: Int16Array, target: Float64Array, weights: Float64Array): number {
  const found = new Float64Array(64);
  fitter.samples(coefficients, 0, found);
  return found.reduce((sum, value, i) => sum + weights[i]! * (value - target[i]!) ** 2, 0);
}

const half = Float64Array.from({ length: 64 }, (_, i) => (i & 7) < 4 ? 0.25 : 1);

Deno.test("BlockFitter gives coefficients back that made the samples", () => {
  const random = createRandom(1);
  const coefficients = Int16Array.from(
    { length: 128 },
    (_, i) => i < 84 ? random.integer(-9, 9) : 0,
  );
  const samples = new Float64Array(64);
  fitter.samples(coefficients, 64, samples);
  const found = new Int16Array(64);
  for (const weights of [new Float64Array(64).fill(2), half]) {
    fitter.fit({ samples, weights }, found, 0);
    assert.deepEqual(found, coefficients.slice(64));
  }
});

Deno.test("BlockFitter ends where no single step lowers the weighted error", () => {
  for (let seed = 0; seed < 10; seed++) {
    const samples = picture(seed);
    const found = new Int16Array(64);
    fitter.fit({ samples, weights: half }, found, 0);
    const best = errorOf(found, samples, half);
    for (let k = 0; k < 64; k++) {
      for (const step of [-1, 1]) {
        found[k]! += step;
        assert.ok(errorOf(found, samples, half) >= best - 1e-6, `seed ${seed}, frequency ${k}`);
        found[k]! -= step;
      }
    }
  }
});

Deno.test("BlockFitter lowers the error where it matters by 2.5 dB against rounding", () => {
  const [equal, known] = [new Float64Array(64).fill(1), half.map((weight) => weight < 1 ? 0 : 1)];
  let [rounded, fitted] = [0, 0];
  for (let seed = 0; seed < 200; seed++) {
    const samples = picture(seed);
    const found = new Int16Array(64);
    fitter.fit({ samples, weights: equal }, found, 0);
    rounded += errorOf(found, samples, known);
    fitter.fit({ samples, weights: half }, found, 0);
    fitted += errorOf(found, samples, known);
  }
  const gain = 10 * Math.log10(rounded / fitted);
  assert.ok(gain > 2.4, `${gain} dB`);
});

Deno.test("BlockFitter stays inside what baseline JPEG can tell", () => {
  const fine = new BlockFitter(new Uint16Array(64).fill(1));
  const found = new Int16Array(64);
  for (const sign of [-1, 1]) {
    // A checkerboard has its power in the highest frequency, an even block in the mean.
    const board = Float64Array.from(
      { length: 64 },
      (_, i) => sign * ((i + (i >> 3)) % 2 ? 400 : -400),
    );
    for (const samples of [board, new Float64Array(64).fill(400 * sign)]) {
      fine.fit({ samples, weights: half }, found, 0);
      assert.ok(found[0]! >= -1024 && found[0]! <= 1023, `${found[0]}`);
      assert.ok(found.subarray(1).every((value) => Math.abs(value) <= 1023));
    }
  }
});
