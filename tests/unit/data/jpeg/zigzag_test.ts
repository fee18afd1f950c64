import assert from "node:assert/strict";
import { ZIGZAG } from "../../../../src/data/jpeg/zigzag.ts";

Deno.test("ZIGZAG begins and ends like figure A.6 of ITU T.81 and names each place once", () => {
  assert.deepEqual([...ZIGZAG.subarray(0, 11)], [0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32]);
  assert.deepEqual([...ZIGZAG.subarray(58)], [53, 60, 61, 54, 47, 55, 62, 63].slice(2));
  assert.equal(new Set(ZIGZAG).size, 64);
});
