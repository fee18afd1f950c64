import assert from "node:assert/strict";
import { loadDecoder, pngColourSpace } from "../../../src/data/stored_picture.ts";
import { FILES, SIXTEEN } from "./metadata/picture_files.ts";

Deno.test("loadDecoder() loads a decoder of each format, which gives stored pixels", async () => {
  for (const format of ["jpeg", "png", "webp"] as const) {
    const { width, height, rgba, colourSpace } = await (await loadDecoder(format))(FILES[format]);
    // The orientation of 6 in the files is not applied.
    assert.deepEqual([width, height, rgba.length, colourSpace], [7, 5, 140, "rgb"]);
  }
  for (const format of ["gif", "tiff", "avif", "bmp"] as const) {
    const decode = await loadDecoder(format);
    await assert.rejects(async () => await decode(Uint8Array.of(1, 2, 3)));
  }
});

Deno.test("pngColourSpace() reads the colour type", () => {
  for (const { png } of SIXTEEN) {
    assert.equal(pngColourSpace(png), png[25] === 0 ? "grey" : "rgb");
  }
  const withAlpha = SIXTEEN[0]!.png.slice();
  withAlpha[25] = 4;
  assert.equal(pngColourSpace(withAlpha), "grey");
  withAlpha[25] = 3;
  assert.equal(pngColourSpace(withAlpha), "rgb");
});
