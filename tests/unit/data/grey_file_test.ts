import assert from "node:assert/strict";
import { encodeImage } from "../../../src/data/encode_image.ts";
import { isGreyFile } from "../../../src/data/grey_file.ts";

const pixels = { width: 3, height: 2, rgba: new Uint8ClampedArray(24).fill(90) };

/** Pictures of 2x2 pixels by Debian's Pillow: `Image.new(mode, (2, 2), 90).save(...)`, base64. */
const PILLOW = {
  greyPng:
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAAAAABX3VL4AAAADklEQVR4nGOMYmBiYAAAAdQAXtQYtZQAAAAASUVORK5CYII=",
  greyAlphaPng:
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAQAAADYv8WvAAAAEklEQVR4nGOMamBgYGJgYGAAAAdIAN5IKG/uAAAAAElFTkSuQmCC",
  greyJpeg:
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/wAALCAACAAIBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAABf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AMf/Z",
  colourJpeg:
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAACAAIDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAX/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFAEBAAAAAAAAAAAAAAAAAAAAAP/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAMAwEAAhEDEQA/AJgAP//Z",
};

Deno.test("isGreyFile() is true of files with one channel, whatever their transparency", () => {
  for (const name of ["greyPng", "greyAlphaPng", "greyJpeg"] as const) {
    assert.equal(isGreyFile(Uint8Array.fromBase64(PILLOW[name])), true, name);
  }
});

Deno.test("isGreyFile() is false of colour files whose channels are equal", async () => {
  for (const format of ["png", "jpeg", "webp"] as const) {
    assert.equal(
      isGreyFile(await encodeImage(pixels, { format, keepAlpha: false })),
      false,
      format,
    );
  }
  assert.equal(isGreyFile(Uint8Array.fromBase64(PILLOW.colourJpeg)), false);
});

Deno.test("isGreyFile() refuses what is no image, with its name", () => {
  assert.throws(() => isGreyFile(Uint8Array.of(1, 2, 3), { name: "x.png" }), {
    name: "InputError",
    message: /x\.png/,
  });
});
