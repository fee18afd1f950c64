import assert from "node:assert/strict";
import { makeSample } from "../../../src/data/make_sample.ts";
import { createRandom } from "../../../src/random.ts";

const IMAGE = {
  rgb255: Uint8Array.from({ length: 40 * 50 * 3 }, (_, i) => i * 37 % 256),
  width: 50,
  height: 40,
};

Deno.test("makeSample() gives a crop and a mask that depend on the random numbers only", () => {
  const sample = makeSample(IMAGE, createRandom(1, 7), { size: 32 });
  assert.equal(sample.rgb255.length, 32 * 32 * 3);
  assert.equal(sample.holeMask.length, 32 * 32);
  assert.deepEqual(makeSample(IMAGE, createRandom(1, 7), { size: 32 }), sample);
  assert.notDeepEqual(makeSample(IMAGE, createRandom(1, 8), { size: 32 }), sample);
});

Deno.test("makeSample() passes the mask ratio on", () => {
  const { holeMask } = makeSample(IMAGE, createRandom(2), { size: 32, maskRatio: [0.3, 0.35] });
  const ratio = holeMask.reduce((sum, value) => sum + value, 0) / holeMask.length;
  assert.ok(ratio > 0.3 && ratio <= 0.35, `ratio ${ratio}`);
});
