import assert from "node:assert/strict";
import {
  type HoleSources,
  isAlphaHole,
  maskFileOf,
} from "../../../../src/commands/pictures/mask_source.ts";

Deno.test("isAlphaHole() and maskFileOf() look through all sources", () => {
  const boxes = { kind: "boxes", boxes: [] } as const;
  const file: HoleSources = [boxes, { kind: "file", path: "m.png" }];
  assert.deepEqual([isAlphaHole(file), maskFileOf(file)], [false, "m.png"]);
  const alpha: HoleSources = [{ kind: "alpha" }, boxes];
  assert.deepEqual([isAlphaHole(alpha), maskFileOf(alpha)], [true, undefined]);
  assert.deepEqual([isAlphaHole([]), maskFileOf([])], [false, undefined]);
});
