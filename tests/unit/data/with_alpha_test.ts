import assert from "node:assert/strict";
import { withAlpha } from "../../../src/data/with_alpha.ts";
import { withoutAlpha } from "../../../src/data/without_alpha.ts";

Deno.test("withAlpha() makes colours opaque, and withoutAlpha() takes them back", () => {
  const rgb255 = Uint8Array.of(1, 2, 3, 250, 5, 6);
  assert.deepEqual([...withAlpha(rgb255)], [1, 2, 3, 255, 250, 5, 6, 255]);
  assert.deepEqual(withoutAlpha(withAlpha(rgb255)), rgb255);
});
