import assert from "node:assert/strict";
import { toOurKernel } from "../../../../src/checkpoint/import/pconv_kernel.ts";

const SIZES = { kernel: 3, cin: 5, cout: 2 };

/** Every number tells its place: output, input, position. */
const value = (o: number, i: number, at: number) => 1000 * o + 100 * i + at;

for (const skipFirst of [0, 2]) {
  for (const axes of ["OIHW", "HWIO"] as const) {
    Deno.test(`toOurKernel() puts every number in its place: ${axes}, ${skipFirst} in front`, () => {
      const data = new Float64Array(90);
      for (let o = 0, n = 0; o < 2; o++) {
        for (let i = 0; i < 5; i++) {
          for (let at = 0; at < 9; at++, n++) {
            data[axes === "OIHW" ? n : (at * 5 + i) * 2 + o] = value(o, i, at);
          }
        }
      }
      const ours = toOurKernel(data, { ...SIZES, axes, scale: 0.5, skipFirst });
      assert.equal(ours.length, 90);
      for (let at = 0, n = 0; at < 9; at++) {
        for (let i = 0; i < 5; i++) {
          // What came first stands behind: 2 3 4 0 1.
          const theirs = skipFirst === 0 ? i : [2, 3, 4, 0, 1][i]!;
          for (let o = 0; o < 2; o++, n++) assert.equal(ours[n], value(o, theirs, at) / 2);
        }
      }
    });
  }
}
