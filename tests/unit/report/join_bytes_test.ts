import assert from "node:assert/strict";
import { joinBytes } from "../../../src/report/join_bytes.ts";

Deno.test("joinBytes() keeps the order and copies", () => {
  const first = Uint8Array.of(1, 2);
  const joined = joinBytes([first, new Uint8Array(0), Uint8Array.of(3)]);
  first[0] = 9;
  assert.deepEqual(joined, Uint8Array.of(1, 2, 3));
  assert.equal(joinBytes([]).length, 0);
});
