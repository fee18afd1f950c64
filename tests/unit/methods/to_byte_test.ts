import assert from "node:assert/strict";
import { BackendError } from "../../../src/errors.ts";
import { toByte } from "../../../src/methods/to_byte.ts";

Deno.test("toByte() clips and rounds", () => {
  // 0.5 · 255 = 127.5, which rounds up.
  assert.deepEqual([-0.1, 0, 0.5, 1, 1.5].map(toByte), [0, 0, 128, 255, 255]);
});

Deno.test("toByte() refuses what is no number", () => {
  for (const value of [NaN, Infinity, -Infinity]) {
    assert.throws(() => toByte(value), (error: Error) => {
      assert.ok(error instanceof BackendError);
      assert.equal(error.message, `Cannot use the network's output: it holds ${value}`);
      return true;
    });
  }
});
