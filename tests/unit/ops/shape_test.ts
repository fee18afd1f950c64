import assert from "node:assert/strict";
import { assertShape, formatShape } from "../../../src/ops/shape.ts";

Deno.test("formatShape() writes shapes as docstrings do", () => {
  assert.equal(formatShape([2, 64, 32, 3]), "[2, 64, 32, 3]");
  assert.equal(formatShape([]), "[]");
});

Deno.test("assertShape() accepts equal shapes", () => {
  assertShape("run it", "mask", [], []);
  assertShape("run it", "mask", [1, 2], [1, 2]);
});

Deno.test("assertShape() refuses other sizes and other ranks", () => {
  assert.throws(() => assertShape("run it", "mask", [1, 2], [1, 3]), {
    name: "RangeError",
    message: "Cannot run it: mask is [1, 2], must be [1, 3]",
  });
  // Shapes that broadcasting would let pass.
  assert.throws(() => assertShape("run it", "bias", [1], [1, 1]), {
    name: "RangeError",
    message: "Cannot run it: bias is [1], must be [1, 1]",
  });
  assert.throws(() => assertShape("run it", "bias", [2, 1], [2]));
});
