import assert from "node:assert/strict";
import { join } from "node:path";
import { createMaskReader } from "../../../../src/commands/pictures/mask_reader.ts";
import {
  type HoledPicture,
  readPictureMask,
  requireKnownPixel,
} from "../../../../src/commands/pictures/read_picture_mask.ts";
import { encodeImage } from "../../../../src/data/encode_image.ts";
import { readHoleBox } from "../../../../src/data/hole_box.ts";
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
function picture(alpha: number): HoledPicture {
  return {
    width: 2,
    height: 1,
    rgba: Uint8ClampedArray.of(1, 2, 3, 255, 4, 5, 6, alpha),
    format: "png",
    hasAlpha: alpha < 255,
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
  assert.deepEqual(await readPictureMask([], picture(0), ABOUT), {
    holeMask: Uint8Array.of(0, 0),
    holePixels: 0,
    warnings: [],
  });
});

Deno.test("readPictureMask() reads brightness of a file, and transparency of the picture", async () => {
  await withMask([0, 255], async (path) => {
    const { holeMask, holePixels, warnings } = await readPictureMask(
      [{ kind: "file", path }],
      picture(255),
      ABOUT,
    );
    assert.deepEqual([[...holeMask], holePixels, warnings], [[0, 1], 1, []]);
    const inverse = await readPictureMask([{ kind: "file", path }], picture(255), {
      ...ABOUT,
      masks: masksOf(true),
      invertMask: true,
    });
    assert.deepEqual([...inverse.holeMask], [1, 0]);
  });
  assert.deepEqual([...(await readPictureMask([{ kind: "alpha" }], picture(0), ABOUT)).holeMask], [
    0,
    1,
  ]);
  await assert.rejects(readPictureMask([{ kind: "alpha" }], picture(255), ABOUT), {
    message: 'Cannot enlarge "a.png" with --mask alpha: it has no transparency, ' +
      "its hole must be transparent",
  });
});

Deno.test("readPictureMask() warns of a soft mask and of another size, or refuses them", async () => {
  await withMask([0, 0, 200, 255], async (path) => {
    const soft = `mask "${path}" has 1 grey pixels, cut at 128`;
    const sizes = 'is 4x1, "a.png" is 2x1';
    // Target 0 takes source 1, target 1 takes source 3.
    assert.deepEqual(await readPictureMask([{ kind: "file", path }], picture(255), ABOUT), {
      holeMask: Uint8Array.of(0, 1),
      holePixels: 1,
      warnings: [soft, `mask "${path}" ${sizes}: resized without smoothing`],
    });
    const strict = { ...ABOUT, strict: true };
    await assert.rejects(readPictureMask([{ kind: "file", path }], picture(255), strict), {
      message: `Cannot enlarge "a.png": ${soft}, must be 0 with --strict`,
    });
  });
  await withMask([0, 0, 255, 255], async (path) => {
    await assert.rejects(
      readPictureMask([{ kind: "file", path }], picture(255), { ...ABOUT, strict: true }),
      {
        message: `Cannot apply mask "${path}" to "a.png": mask is 4x1, "a.png" is 2x1, ` +
          "must be equal with --strict",
      },
    );
  });
});

/** A row of grey pixels; if it is long, the sixth is magenta and the next nearly so. */
function row(width: number, format: HoledPicture["format"] = "png"): HoledPicture {
  const rgba = new Uint8ClampedArray(width * 4).fill(100);
  for (let i = 3; i < rgba.length; i += 4) rgba[i] = 255;
  if (width > 6) rgba.set([255, 0, 255, 255, 230, 20, 240, 255], 5 * 4);
  return { width, height: 1, rgba, format, hasAlpha: false };
}

const magenta = { kind: "colour", rgb255: [255, 0, 255] } as const;

Deno.test("readPictureMask() takes a colour exactly, but a smeared one in lossy formats", async () => {
  const holes = async (tolerance: number | undefined, format: HoledPicture["format"]) => {
    const { holeMask } = await readPictureMask([{ ...magenta, tolerance }], row(12, format), ABOUT);
    return holeMask.join("");
  };
  assert.equal(await holes(undefined, "png"), "000001000000");
  // 25 is the largest difference of 230, 20, 240.
  assert.equal(await holes(24, "png"), "000001000000");
  assert.equal(await holes(25, "png"), "000001100000");
  // Both pixels, and four more on either side.
  assert.equal(await holes(undefined, "jpeg"), "011111111110");
  assert.equal(await holes(undefined, "webp"), "011111111110");
  assert.equal(await holes(0, "jpeg"), "000001000000");
});

Deno.test("readPictureMask() lays boxes on the picture, says what was cut off and refuses what is outside", async () => {
  const boxes = (...texts: string[]) =>
    ({ kind: "boxes", boxes: texts.map((text) => readHoleBox(text)!) }) as const;
  const both = await readPictureMask([boxes("1,0,2,1", "-1,0,5,1")], row(8), ABOUT);
  assert.deepEqual([...both.holeMask], [0, 1, 1, 0, 0, 0, 0, 1]);
  assert.deepEqual(both.warnings, ['--box -1,0,5,1 sticks out of "a.png", which is 8x1: cut off']);
  await assert.rejects(readPictureMask([boxes("8,0,1,1")], row(8), ABOUT), {
    name: "InputError",
    message: 'Cannot enlarge "a.png": --box 8,0,1,1 lies outside it, it is 8x1',
  });
});

Deno.test("readPictureMask() puts sources together, grows them and lets the fill fade out", async () => {
  const boxes = { kind: "boxes", boxes: [readHoleBox("10,0,1,1")!] } as const;
  const sources = [{ ...magenta, tolerance: 0 }, boxes];
  const read = async (maskGrow: number, maskFeather: number) =>
    await readPictureMask(sources, row(16), { ...ABOUT, maskGrow, maskFeather });
  const plain = await read(0, 0);
  assert.equal(plain.holeMask.join(""), "0000010000100000");
  assert.equal(plain.holePixels, 2);
  assert.equal("blend" in plain, false);
  assert.equal((await read(1, 0)).holeMask.join(""), "0000111001110000");
  const faded = await read(1, 1);
  assert.equal(faded.holeMask.join(""), "0001111111111000");
  assert.equal(faded.holePixels, 10);
  // One pixel of a band of one: 255 (1 - 1 / 2).
  const [half, all] = [128, 255];
  assert.deepEqual(
    [...faded.blend!],
    [0, 0, 0, half, all, all, all, half, half, all, all, all, half, 0, 0, 0],
  );
});

Deno.test("readPictureMask() never writes to a mask that others share", async () => {
  await withMask([255, 0, 0], async (path) => {
    const masks = masksOf(false);
    const image = row(3);
    const boxes = { kind: "boxes", boxes: [readHoleBox("2,0,1,1")!] } as const;
    const options = { ...ABOUT, masks, maskGrow: 1, maskFeather: 1 };
    const sources = [{ kind: "file", path } as const, boxes];
    assert.equal((await readPictureMask(sources, image, options)).holePixels, 3);
    assert.deepEqual([...(await masks.read(path)).holeMask], [1, 0, 0]);
  });
});

Deno.test("readPictureMask() tells of a mask of numbers, and of one that is drawn in its transparency", async () => {
  await withMask([0, 1, 0, 1], async (path) => {
    const { holePixels, warnings } = await readPictureMask([{ kind: "file", path }], row(4), ABOUT);
    assert.equal(holePixels, 0);
    assert.deepEqual(warnings, [
      `mask "${path}" has no level above 1, where white begins at 128: --mask-threshold 1 takes it for white`,
    ]);
  });
  await withTempDir(async (folder) => {
    const path = join(folder, "m.png");
    const rgba = Uint8ClampedArray.of(0, 0, 0, 255, 0, 0, 0, 0, 0, 0, 0, 0);
    const image = { width: 3, height: 1, rgba };
    await Deno.writeFile(path, await encodeImage(image, { format: "png", keepAlpha: true }));
    const { holeMask, warnings } = await readPictureMask([{ kind: "file", path }], row(3), ABOUT);
    assert.deepEqual([...holeMask], [1, 0, 0]);
    assert.deepEqual(warnings, [
      `mask "${path}" is of one dark colour: its opacity is read, what is opaque is white`,
    ]);
  });
});

Deno.test("requireKnownPixel() refuses a picture that is all hole", () => {
  requireKnownPixel({ holePixels: 5 }, { width: 3, height: 2 }, ABOUT);
  assert.throws(() => requireKnownPixel({ holePixels: 6 }, { width: 3, height: 2 }, ABOUT), {
    name: "InputError",
    message: 'Cannot enlarge "a.png": the mask covers all 6 pixels, some must be known',
    hint: "If black is the hole in your mask, give --mask-polarity black",
  });
});

Deno.test("readPictureMask() refuses a mask that is turned by a quarter", async () => {
  await withMask([0, 255], async (path) => {
    const upright = { ...row(2), width: 1, height: 2 };
    await assert.rejects(readPictureMask([{ kind: "file", path }], upright, ABOUT), {
      message: `Cannot apply mask "${path}" to "a.png": mask is 2x1, "a.png" is 1x2, ` +
        "it is turned by a quarter",
      hint: "A mask must lie as the picture is seen, upright by its EXIF orientation",
    });
  });
});
