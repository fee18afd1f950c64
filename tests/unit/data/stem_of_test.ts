import assert from "node:assert/strict";
import { stemOf } from "../../../src/data/stem_of.ts";

Deno.test("stemOf() cuts the last extension off and keeps folders", () => {
  assert.equal(stemOf("sub/a.b.png"), "sub/a.b");
  assert.equal(stemOf("sub.d/a"), "sub.d/a");
  assert.equal(stemOf(".hidden"), ".hidden");
});
