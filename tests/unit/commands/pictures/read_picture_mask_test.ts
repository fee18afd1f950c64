import assert from "node:assert/strict";
import { join } from "node:path";
import { createMaskReader } from "../../../../src/commands/pictures/mask_reader.ts";
import {
  readPictureMask,
  requireKnownPixel,
} from "../../../../src/commands/pictures/read_picture_mask.ts";
import type { DecodedImage } from "../../../../src/data/decode_image.ts";
import { encodeImage } from "../../../../src/data/encode_image.ts";
import { localCodec } from "../../../../src/data/picture_codec.ts";
import { withTempDir } from "../../../support/temp_dir.ts";

const masksOf = (invert: boolean) => createMaskReader(localCodec, { invert, threshold: 128 });

const ABOUT = {
  name: "a.png",
  verb: "enlarge",
  masks: masksOf(false),
  invertMask: false,
  maskThreshold: 128,
  strict: false,
} as const;

/** Two pixels, the right one transparent by `alpha`. */
function picture(alpha: number): DecodedImage {
  return {
    width: 2,
    height: 1,
    rgba: Uint8ClampedArray.of(1, 2, 3, 255, 4, 5, 6, alpha),
    format: "png",
    hasAlpha: alpha < 255,
    bitDepth: 8,
    orientationApplied: false,
  };
}

/** Writes a mask of grey levels in one row. */
async function withMask(levels: readonly number[], body: (path: string) => Promise<void>) {
  await withTempDir(async (folder) => {
    const path = join(folder, "m.png");
    const rgba = Uint8ClampedArray.from(levels.flatMap((level) => [level, level, level, 255]));
    const image = { width: levels.length, height: 1, rgba };
    await Deno.writeFile(path, await encodeImage(image, { format: "png", keepAlpha: false }));
    await body(path);
  });
}

Deno.test("readPictureMask() finds no hole without a mask", async () => {
  assert.deepEqual(await readPictureMask(undefined, picture(0), ABOUT), {
    holeMask: Uint8Array.of(0, 0),
    holePixels: 0,
    warnings: [],
  });
});

Deno.test("readPictureMask() reads brightness of a file, and transparency of the picture", async () => {
  await withMask([0, 255], async (path) => {
    const { holeMask, holePixels, warnings } = await readPictureMask(path, picture(255), ABOUT);
    assert.deepEqual([[...holeMask], holePixels, warnings], [[0, 1], 1, []]);
    const inverse = await readPictureMask(path, picture(255), {
      ...ABOUT,
      masks: masksOf(true),
      invertMask: true,
    });
    assert.deepEqual([...inverse.holeMask], [1, 0]);
  });
  assert.deepEqual([...(await readPictureMask("alpha", picture(0), ABOUT)).holeMask], [0, 1]);
  await assert.rejects(readPictureMask("alpha", picture(255), ABOUT), {
    message: 'Cannot enlarge "a.png" with --mask alpha: it has no transparency, ' +
      "its hole must be transparent",
  });
});

Deno.test("readPictureMask() warns of a soft mask and of another size, or refuses them", async () => {
  await withMask([0, 0, 200, 255], async (path) => {
    const soft = `mask "${path}" has 1 grey pixels, cut at 128`;
    const sizes = 'is 4x1, "a.png" is 2x1';
    // Target 0 takes source 1, target 1 takes source 3.
    assert.deepEqual(await readPictureMask(path, picture(255), ABOUT), {
      holeMask: Uint8Array.of(0, 1),
      holePixels: 1,
      warnings: [soft, `mask "${path}" ${sizes}: resized without smoothing`],
    });
    const strict = { ...ABOUT, strict: true };
    await assert.rejects(readPictureMask(path, picture(255), strict), {
      message: `Cannot enlarge "a.png": ${soft}, must be 0 with --strict`,
    });
  });
  await withMask([0, 0, 255, 255], async (path) => {
    await assert.rejects(readPictureMask(path, picture(255), { ...ABOUT, strict: true }), {
      message: `Cannot apply mask "${path}" to "a.png": mask is 4x1, "a.png" is 2x1, ` +
        "must be equal with --strict",
    });
  });
});

Deno.test("requireKnownPixel() refuses a picture that is all hole", () => {
  requireKnownPixel({ holePixels: 5 }, { width: 3, height: 2 }, ABOUT);
  assert.throws(() => requireKnownPixel({ holePixels: 6 }, { width: 3, height: 2 }, ABOUT), {
    name: "InputError",
    message: 'Cannot enlarge "a.png": the mask covers all 6 pixels, some must be known',
    hint: "If black is the hole in your mask, give --invert-mask",
  });
});
