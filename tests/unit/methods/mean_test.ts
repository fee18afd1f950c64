import assert from "node:assert/strict";
import { mean } from "../../../src/methods/mean.ts";

Deno.test("mean() fills with the mean of the known pixels and looks at no others", async () => {
  // Known: (10, 0, 200) and (13, 1, 200): means 11.5, 0.5 and 200, rounded up at a half.
  const rgb255 = Uint8Array.of(10, 0, 200, 255, 255, 255, 13, 1, 200);
  const holeMask = Uint8Array.of(0, 1, 0);
  const filled = await mean().fill({ width: 3, height: 1, rgb255, holeMask });
  assert.deepEqual([...filled], [10, 0, 200, 12, 1, 200, 13, 1, 200]);
  assert.equal(rgb255[3], 255, "the input was written to");
});
