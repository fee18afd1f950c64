import assert from "node:assert/strict";
import {
  dequantisingFactors,
  forwardDct,
  inverseDct,
  quantisingFactors,
} from "../../../../src/data/jpeg/block_transform.ts";
import { ZIGZAG } from "../../../../src/data/jpeg/zigzag.ts";
import { createRandom } from "../../../../src/random.ts";

/** ITU T.81, A.3.3, as it is written there. */
function naiveDct(samples: Float64Array): Float64Array {
  const c = (frequency: number) => frequency === 0 ? Math.SQRT1_2 : 1;
  return Float64Array.from({ length: 64 }, (_, place) => {
    const [v, u] = [place >> 3, place & 7];
    let sum = 0;
    for (let y = 0; y < 8; y++) {
      for (let x = 0; x < 8; x++) {
        sum += samples[8 * y + x]! * Math.cos((2 * x + 1) * u * Math.PI / 16) *
          Math.cos((2 * y + 1) * v * Math.PI / 16);
      }
    }
    return c(u) * c(v) * sum / 4;
  });
}

const random = createRandom(5);
const samples = Float64Array.from({ length: 64 }, () => random.integer(-128, 127));
const quantTable = Uint16Array.from({ length: 64 }, () => random.integer(1, 99));

Deno.test("forwardDct() and its factors are the transform of the standard over the steps", () => {
  const wanted = naiveDct(samples);
  const block = samples.slice();
  forwardDct(block);
  const factors = quantisingFactors(quantTable);
  for (let k = 0; k < 64; k++) {
    const place = ZIGZAG[k]!;
    const difference = block[place]! * factors[k]! - wanted[place]! / quantTable[k]!;
    // Measured at most 1.3e-14.
    assert.ok(Math.abs(difference) < 2.5e-14, `frequency ${k}: ${difference}`);
  }
});

Deno.test("inverseDct() and its factors undo it", () => {
  const wanted = naiveDct(samples);
  const block = new Float64Array(64);
  const factors = dequantisingFactors(quantTable);
  for (let k = 0; k < 64; k++) {
    const place = ZIGZAG[k]!;
    block[place] = wanted[place]! / quantTable[k]! * factors[k]!;
  }
  inverseDct(block);
  // Measured at most 1.6e-13.
  block.forEach((value, i) => assert.ok(Math.abs(value - samples[i]!) < 3e-13, `${i}: ${value}`));
});
