import assert from "node:assert/strict";
import { latticeGuess } from "../../../src/data/lattice_guess.ts";
import {
  cutLatticeSample,
  cutPlanes,
  emptyPlanes,
  makeLatticeSample,
  planesOfHoles,
  setPlanes,
  smallSide,
} from "../../../src/data/lattice_sample.ts";
import { resample, roundToBytes } from "../../../src/data/resample.ts";
import { createRandom } from "../../../src/random.ts";

const SIZE = 32;
const IMAGE = {
  rgb255: Uint8Array.from({ length: 80 * 90 * 3 }, (_, i) => i * 37 % 251 + 1),
  width: 90,
  height: 80,
};

/** Distance of known pixels and the column of the first one, from a mask. */
function latticeOf(holeMask: Uint8Array, size: number) {
  const rows = Array.from({ length: size }, (_, y) => y)
    .filter((y) => holeMask.subarray(y * size, (y + 1) * size).includes(0));
  const columns = Array.from({ length: size }, (_, x) => x)
    .filter((x) => rows.some((y) => holeMask[y * size + x] === 0));
  return { scale: columns[1]! - columns[0]!, phase: [columns[0]!, rows[0]!], rows, columns };
}

Deno.test("makeLatticeSample() draws scales within bounds and every phase", () => {
  const seen = new Map<number, Set<string>>();
  for (let i = 0; i < 200; i++) {
    const options = { size: SIZE, scales: [2, 4], holesInLattice: 0 } as const;
    const { holeMask, lattice } = makeLatticeSample(IMAGE, createRandom(3, i), options);
    const { scale, phase, rows, columns } = latticeOf(holeMask, SIZE);
    for (const [at, places] of [[phase[0]!, columns], [phase[1]!, rows]] as const) {
      const count = Math.ceil((SIZE - at) / scale);
      assert.deepEqual(places, Array.from({ length: count }, (_, k) => at + k * scale));
    }
    assert.ok(lattice.guessMask.every((isGood) => isGood === 1));
    if (!seen.has(scale)) seen.set(scale, new Set());
    seen.get(scale)!.add(phase.join());
  }
  // 4 + 9 + 16 phases from 200 draws: a scale of 4 leaves none of its 16 out with a chance of about 4 in 5.
  assert.deepEqual([...seen.keys()].toSorted(), [2, 3, 4]);
  assert.equal(seen.get(2)!.size, 4);
  assert.equal(seen.get(3)!.size, 9);
  assert.ok(seen.get(4)!.size >= 14, `${seen.get(4)!.size} phases`);
});

Deno.test("makeLatticeSample() depends on the random numbers only", () => {
  const options = { size: SIZE, scales: [2, 8] } as const;
  const sample = makeLatticeSample(IMAGE, createRandom(1, 7), options);
  assert.deepEqual(makeLatticeSample(IMAGE, createRandom(1, 7), options), sample);
  assert.notDeepEqual(makeLatticeSample(IMAGE, createRandom(1, 8), options), sample);
});

Deno.test("makeLatticeSample() makes holes in the small picture of one in four", () => {
  const options = { size: SIZE, scales: [2, 2] } as const;
  const count = (holesInLattice?: number) => {
    let holed = 0;
    for (let i = 0; i < 200; i++) {
      const { holeMask, lattice } = makeLatticeSample(IMAGE, createRandom(5, i), {
        ...options,
        ...(holesInLattice === undefined ? {} : { holesInLattice }),
      });
      const known = holeMask.reduce((sum, hole) => sum + 1 - hole, 0);
      // 16 x 16 of 32 x 32 without a hole, whatever the phase.
      if (known < 256) holed++;
      assert.equal(known < 256, lattice.guessMask.includes(0));
      holeMask.forEach((hole, at) => {
        if (hole === 1) assert.equal(lattice.input255[at * 3], 0);
        else assert.equal(lattice.guessMask[at], 1, "a known pixel is its own guess");
      });
    }
    return holed;
  };
  assert.equal(count(0), 0);
  // A hole may fall into the part that is cut off.
  assert.ok(count(1) > 190);
  // 50 are expected with a deviation of 6.
  const usual = count();
  assert.ok(usual > 30 && usual < 70, `${usual}`);
});

Deno.test("makeLatticeSample() bounds the holes of the small picture", () => {
  for (let i = 0; i < 10; i++) {
    const { holeMask } = makeLatticeSample(IMAGE, createRandom(5, i), {
      ...{ size: 64, scales: [2, 2], holesInLattice: 1, maskRatio: [0.3, 0.35] },
    });
    const share = 1 - holeMask.reduce((sum, hole) => sum + 1 - hole, 0) / 32 ** 2;
    // One line of 33 on either axis is cut off: at most 33² · 0.35 of 32² and at least 33² · 0.3 - 65.
    assert.ok(share > 0.255 && share < 0.373, `${share}`);
  }
});

Deno.test("makeLatticeSample() takes crops of few small pixels", () => {
  for (let i = 0; i < 40; i++) {
    const { holeMask } = makeLatticeSample(IMAGE, createRandom(9, i), {
      ...{ size: 16, scales: [8, 8], holesInLattice: 1 },
    });
    assert.equal(holeMask.length, 256);
  }
});

Deno.test("cutLatticeSample() shrinks, lays out and cuts", () => {
  const [size, scale] = [10, 4];
  const small = smallSide(size, scale);
  assert.equal(small, 4); // ⌈10 / 4⌉ + 1
  const side = small * scale;
  const truth = IMAGE.rgb255.subarray(0, side * side * 3);
  const shrunk = roundToBytes(
    resample({ width: side, height: side, data: truth }, { width: small, height: small }),
  );
  const whole = latticeGuess({ width: small, height: small, rgb255: shrunk }, { scale });
  const [left, top] = [3, 1];
  const sample = cutLatticeSample(truth, { size, scale, offset: [left, top] });
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const [to, from] = [y * size + x, (y + top) * side + x + left];
      assert.equal(sample.holeMask[to], whole.holeMask[from]);
      assert.equal(sample.lattice.guessMask[to], whole.guessMask[from]);
      for (let c = 0; c < 3; c++) {
        const [i, j] = [to * 3 + c, from * 3 + c];
        assert.equal(sample.rgb255[i], truth[j]);
        assert.equal(sample.lattice.input255[i], whole.known255[j]);
        assert.equal(sample.lattice.guess255[i], whole.guess255[j]);
      }
    }
  }
});

Deno.test("planesOfHoles() knows the truth outside of the hole and guesses nothing in it", () => {
  const rgb255 = Uint8Array.of(1, 2, 3, 4, 5, 6);
  const planes = planesOfHoles(rgb255, Uint8Array.of(0, 1));
  assert.deepEqual([planes.input255, planes.guess255], [rgb255, rgb255]);
  assert.deepEqual([...planes.guessMask], [1, 0]);
});

Deno.test("setPlanes() and cutPlanes() count in pixels", () => {
  const all = emptyPlanes(3);
  const one = {
    input255: Uint8Array.of(1, 2, 3),
    guess255: Uint8Array.of(4, 5, 6),
    guessMask: Uint8Array.of(1),
  };
  setPlanes(all, one, 1);
  assert.deepEqual([...all.input255], [0, 0, 0, 1, 2, 3, 0, 0, 0]);
  assert.deepEqual([...all.guess255], [0, 0, 0, 4, 5, 6, 0, 0, 0]);
  assert.deepEqual([...all.guessMask], [0, 1, 0]);
  assert.deepEqual(cutPlanes(all, 1, 2), one);
});
