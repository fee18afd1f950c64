import assert from "node:assert/strict";
import { withoutAlpha } from "../../../src/data/without_alpha.ts";

Deno.test("withoutAlpha() keeps the colours, also under alpha 0", () => {
  assert.deepEqual([...withoutAlpha(Uint8Array.of(1, 2, 3, 0, 4, 5, 6, 255))], [1, 2, 3, 4, 5, 6]);
});
