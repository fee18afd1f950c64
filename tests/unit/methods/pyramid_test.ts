import assert from "node:assert/strict";
import { pyramid } from "../../../src/methods/pyramid.ts";
import { referencePyramidFill } from "../../oracle/reference/pyramid_fill.ts";

Deno.test("pyramid() fills with the pyramid of fixed partial convolutions, rounded", async () => {
  const [width, height] = [13, 9];
  const rgb255 = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 37) % 251);
  const holeMask = Uint8Array.from({ length: width * height }, (_, i) => i % 5 === 0 ? 1 : 0);
  const filled = await pyramid()
    .fill({ width, height, rgb255, holeMask });
  // Naive float64 loops of tests/oracle/reference; 0.51 allows for a half that rounds the other way.
  const rows = (valueOf: (i: number) => number) =>
    Array.from(
      { length: height },
      (_, y) => Array.from({ length: width }, (_, x) => valueOf(y * width + x)),
    );
  const expected = [0, 1, 2].map((c) =>
    referencePyramidFill(rows((i) => rgb255[i * 3 + c]! / 255), rows((i) => 1 - holeMask[i]!))[0]!
  );
  filled.forEach((value, i) => {
    if (holeMask[Math.floor(i / 3)] === 0) assert.equal(value, rgb255[i]);
    else {
      const pixel = Math.floor(i / 3);
      const reference = expected[i % 3]![Math.floor(pixel / width)]![pixel % width]!;
      assert.ok(Math.abs(value - 255 * reference) <= 0.51, `value ${i}`);
    }
  });
});
