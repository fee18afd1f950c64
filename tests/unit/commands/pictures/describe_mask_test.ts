import assert from "node:assert/strict";
import { describeMask } from "../../../../src/commands/pictures/describe_mask.ts";
import { readHoleBox } from "../../../../src/data/hole_box.ts";

Deno.test("describeMask() names every source", () => {
  assert.equal(describeMask([]), "no mask");
  assert.equal(describeMask([{ kind: "file", path: "a/b.png" }]), 'mask "a/b.png"');
  assert.equal(
    describeMask([
      { kind: "alpha" },
      { kind: "colour", rgb255: [255, 0, 10], tolerance: undefined },
      { kind: "colour", rgb255: [0, 0, 0], tolerance: 3 },
      { kind: "boxes", boxes: [readHoleBox("1,2,3,4")!, readHoleBox("10%,0,5,6")!] },
    ]),
    "its own transparency and colour #ff000a and colour #000000 within 3 and box 1,2,3,4 and box 10%,0,5,6",
  );
});
