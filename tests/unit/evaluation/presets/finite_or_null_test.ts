import assert from "node:assert/strict";
import { finiteOrNull } from "../../../../src/evaluation/presets/finite_or_null.ts";

Deno.test("finiteOrNull() keeps numbers and gives null for what JSON cannot hold", () => {
  assert.deepEqual([0, -2.5, NaN, Infinity, -Infinity].map(finiteOrNull), [
    0,
    -2.5,
    null,
    null,
    null,
  ]);
});
