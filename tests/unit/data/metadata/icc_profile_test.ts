import assert from "node:assert/strict";
import { iccColourSpace } from "../../../../src/data/metadata/icc_profile.ts";
import { PIECES } from "./picture_files.ts";

Deno.test("iccColourSpace() reads the colour space of a whole profile", () => {
  assert.equal(iccColourSpace(PIECES.icc), "RGB");
  const ink = PIECES.icc.slice();
  ink.set([0x43, 0x4d, 0x59, 0x4b], 16);
  assert.equal(iccColourSpace(ink), "CMYK");
});

Deno.test("iccColourSpace() takes nothing else for a profile", () => {
  assert.equal(iccColourSpace(PIECES.icc.subarray(0, -1)), undefined, "cut short");
  assert.equal(iccColourSpace(PIECES.icc.subarray(0, 100)), undefined);
  assert.equal(iccColourSpace(new Uint8Array(300)), undefined);
});
