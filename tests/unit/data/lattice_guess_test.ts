import assert from "node:assert/strict";
import { latticeGuess } from "../../../src/data/lattice_guess.ts";
import { resample, roundToBytes } from "../../../src/data/resample.ts";
import { createRandom } from "../../../src/random.ts";

const [WIDTH, HEIGHT] = [6, 5];

/** Noise: no two pixels are alike, so that one that lies in a wrong place is seen. */
function noise(seed: number): Uint8Array {
  const random = createRandom(seed);
  return Uint8Array.from({ length: WIDTH * HEIGHT * 3 }, () => random.integer(1, 255));
}

for (const scale of [2, 3, 4, 7, 8]) {
  Deno.test(`latticeGuess() puts pixels where the paper puts them, scale ${scale}`, () => {
    const rgb255 = noise(scale);
    const guess = latticeGuess({ width: WIDTH, height: HEIGHT, rgb255 }, { scale });
    assert.deepEqual([guess.width, guess.height], [WIDTH * scale, HEIGHT * scale]);
    const known = new Uint8Array(guess.width * guess.height * 3);
    const holes = new Uint8Array(guess.width * guess.height).fill(1);
    for (let y = 0; y < HEIGHT; y++) {
      for (let x = 0; x < WIDTH; x++) {
        // Liu et al. 2018, section 5.2: (K·x + ⌊K/2⌋, K·y + ⌊K/2⌋).
        const column = scale * x + Math.floor(scale / 2);
        const at = (scale * y + Math.floor(scale / 2)) * guess.width + column;
        holes[at] = 0;
        for (let c = 0; c < 3; c++) known[at * 3 + c] = rgb255[(y * WIDTH + x) * 3 + c]!;
      }
    }
    assert.deepEqual(guess.known255, known);
    assert.deepEqual(guess.holeMask, holes);
    const enlarged = resample({ width: WIDTH, height: HEIGHT, data: rgb255 }, guess);
    assert.deepEqual(guess.guess255, roundToBytes(enlarged));
    assert.ok(guess.guessMask.every((isGood) => isGood === 1));
    const none = new Uint8Array(WIDTH * HEIGHT);
    const same = latticeGuess({ width: WIDTH, height: HEIGHT, rgb255, holeMask: none }, { scale });
    assert.deepEqual(same, guess);
  });

  Deno.test(`latticeGuess() guesses nothing that a hole has a part in, scale ${scale}`, () => {
    const holeMask = new Uint8Array(WIDTH * HEIGHT);
    for (const at of [0, 2 * WIDTH + 4]) holeMask[at] = 1;
    const small = { width: WIDTH, height: HEIGHT, holeMask };
    const [a, b] = [noise(1), noise(1)];
    const guess = latticeGuess({ ...small, rgb255: a }, { scale });
    // What stands under the holes must not be seen anywhere.
    for (const [i, isHole] of holeMask.entries()) if (isHole) b.fill(0, i * 3, i * 3 + 3);
    assert.deepEqual(latticeGuess({ ...small, rgb255: b }, { scale }), guess);
    // The same by trial: the enlargement of the holes' mask alone is not 0 where one has a part. The weights' own
    // zeros, at a centre right on a pixel, can come out as 1e-16.
    const part = (index: number) => {
      const data = new Float32Array(WIDTH * HEIGHT);
      data[index] = 1;
      return resample({ width: WIDTH, height: HEIGHT, data, channels: 1 }, guess);
    };
    const parts = [part(0), part(2 * WIDTH + 4)];
    const half = Math.floor(scale / 2);
    const full = resample({ width: WIDTH, height: HEIGHT, data: a }, guess);
    const bytes = roundToBytes(full);
    for (let at = 0; at < guess.guessMask.length; at++) {
      const [x, y] = [at % guess.width, Math.floor(at / guess.width)];
      const isPlace = x % scale === half && y % scale === half;
      const from = Math.floor(y / scale) * WIDTH + Math.floor(x / scale);
      const isKnown = isPlace && holeMask[from] === 0;
      assert.equal(guess.holeMask[at], isKnown ? 0 : 1);
      const isTouched = parts.some((weights) => Math.abs(weights[at]!) > 1e-6);
      assert.equal(guess.guessMask[at], isTouched && !isKnown ? 0 : 1, `${x},${y}`);
      for (let c = 0; c < 3; c++) {
        const expected = !isTouched ? bytes[at * 3 + c] : isKnown ? a[from * 3 + c] : 0;
        assert.equal(guess.guess255[at * 3 + c], expected);
      }
    }
  });
}

Deno.test("latticeGuess() takes a picture of one pixel", () => {
  const one = { width: 1, height: 1, rgb255: Uint8Array.of(9, 8, 7) };
  const { guess255, guessMask, holeMask } = latticeGuess(one, { scale: 2 });
  assert.deepEqual([...guess255], [9, 8, 7, 9, 8, 7, 9, 8, 7, 9, 8, 7]);
  assert.deepEqual([...guessMask], [1, 1, 1, 1]);
  assert.deepEqual([...holeMask], [1, 1, 1, 0]);
  const none = latticeGuess({ ...one, holeMask: Uint8Array.of(1) }, { scale: 2 });
  assert.deepEqual([...none.guessMask, ...none.guess255], new Array(16).fill(0));
  assert.deepEqual([...none.holeMask], [1, 1, 1, 1]);
});

Deno.test("latticeGuess() refuses what does not fit", () => {
  const one = { width: 1, height: 1, rgb255: new Uint8Array(3) };
  for (const scale of [1, 2.5, NaN]) {
    const message = `Cannot enlarge: scale is ${scale}, must be a whole number of at least 2`;
    assert.throws(() => latticeGuess(one, { scale }), new RangeError(message));
  }
  assert.throws(
    () => latticeGuess({ ...one, holeMask: new Uint8Array(2) }, { scale: 2 }),
    new RangeError("Cannot enlarge: hole mask has 2 values, must have 1"),
  );
});
