import assert from "node:assert/strict";
import { unpackedLimit } from "../../../../src/checkpoint/import/unpacked_limit.ts";

Deno.test("unpackedLimit() is four times the file and 64 MiB", () => {
  // By hand: 64 · 1024² = 67,108,864.
  assert.equal(unpackedLimit(0), 67_108_864);
  assert.equal(unpackedLimit(1000), 67_112_864);
});
