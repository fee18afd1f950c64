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

// FNV-1a of crop and mask of samples 0 to 3, taken before there were lattices.
const BEFORE_LATTICES = 1616724204;

Deno.test("makeSample() without lattices gives the bits that it gave before there were any", () => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < 4; i++) {
    const sample = makeSample(IMAGE, createRandom(1, i), { size: 32 });
    assert.deepEqual(Object.keys(sample), ["rgb255", "holeMask"]);
    for (const byte of [...sample.rgb255, ...sample.holeMask]) {
      hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
    }
  }
  assert.equal(hash, BEFORE_LATTICES);
});

Deno.test("makeSample() makes the share of lattices that it is told", () => {
  const options = { size: 16, lattices: { share: 0.5, scales: [2, 3] } } as const;
  let count = 0;
  for (let i = 0; i < 200; i++) {
    const { rgb255, holeMask, lattice } = makeSample(IMAGE, createRandom(1, i), options);
    assert.ok(lattice !== undefined);
    if (lattice.input255 === rgb255) {
      // An irregular hole: what is known is the truth, and nothing is guessed.
      assert.deepEqual(lattice, {
        ...{ input255: rgb255, guess255: rgb255 },
        guessMask: holeMask.map((hole) => 1 - hole),
      });
    } else count++;
    const again = makeSample(IMAGE, createRandom(1, i), options);
    assert.deepEqual(again, { rgb255, holeMask, lattice });
  }
  // 100 are expected with a deviation of 7.
  assert.ok(count > 72 && count < 128, `${count}`);
  for (const [share, isLattice] of [[1, true], [1e-9, false]] as const) {
    const sample = makeSample(IMAGE, createRandom(2), {
      ...{ size: 16, lattices: { share, scales: [2, 3] } },
    });
    assert.equal(sample.lattice!.input255 !== sample.rgb255, isLattice);
  }
});
