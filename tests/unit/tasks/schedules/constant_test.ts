import assert from "node:assert/strict";
import { constant } from "../../../../tasks/schedules/constant.ts";

Deno.test("constant() is the same at every step", () => {
  const rate = constant(0.3);
  assert.deepEqual([0, 1, 1e6].map(rate), [0.3, 0.3, 0.3]);
});
