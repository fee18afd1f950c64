import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { certify } from "../../../../src/data/certificate/certify.ts";
import { certificateText } from "../../../../src/data/certificate/certificate_text.ts";
import { decodeImage } from "../../../../src/data/decode_image.ts";
import { encodeImage, type OutputFormat } from "../../../../src/data/encode_image.ts";
import { patchJpeg } from "../../../../src/data/jpeg/patch_jpeg.ts";
import { dropPreviews } from "../../../../src/data/metadata/drop_previews.ts";
import type { PictureMetadata } from "../../../../src/data/metadata/picture_metadata.ts";
import { createRandom } from "../../../../src/random.ts";
import { FILES } from "../metadata/picture_files.ts";

const [width, height] = [40, 24];
const random = createRandom(3);
const rgba = Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => {
  const [x, y] = [(i >> 2) % width, Math.floor((i >> 2) / width)];
  return [x * 6, y * 10, (x * y) & 255, i % 64 === 3 ? random.integer(0, 255) : 255][i % 4]!;
});
const rgba16 = Uint16Array.from(rgba, (value) => value * 257 ^ 1);
/** A square of 6x6 in the middle. */
const holeMask = Uint8Array.from({ length: width * height }, (_, i) => {
  const [x, y] = [i % width, Math.floor(i / width)];
  return x >= 17 && x < 23 && y >= 9 && y < 15 ? 1 : 0;
});
const holePixels = 36;

/** No more of a profile than tells that it is one. */
const icc = new Uint8Array(140);
icc.set([0, 0, 0, 140]);
icc.set(new TextEncoder().encode("RGB "), 16);
icc.set(new TextEncoder().encode("acsp"), 36);
/** Big-endian, the maker "Abc" and orientation 1. */
const exif = Uint8Array.of(
  ...[0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 2],
  ...[0x01, 0x0f, 0, 2, 0, 0, 0, 4, 0x41, 0x62, 0x63, 0],
  ...[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 1, 0, 0],
  ...[0, 0, 0, 0],
);
const metadata: PictureMetadata = {
  exif,
  icc,
  xmp: new TextEncoder().encode("<x:xmpmeta/>"),
  dpi: { x: 300, y: 300 },
};

/** The picture with another hole, as a program would have filled it. */
function filled<T extends Uint8ClampedArray | Uint16Array>(pixels: T): T {
  const copy = pixels.slice() as T;
  for (const [pixel, isHole] of holeMask.entries()) {
    if (isHole === 1) copy.fill(77, pixel * 4, pixel * 4 + 3);
  }
  return copy;
}

async function encode(
  format: OutputFormat,
  pixels: Uint8ClampedArray,
  extra: PictureMetadata | undefined = metadata,
) {
  return await encodeImage({ width, height, rgba: pixels }, {
    format,
    keepAlpha: true,
    ...extra === undefined ? {} : { metadata: extra },
  });
}

for (const format of ["png", "webp", "tiff", "avif"] as const) {
  Deno.test(`certify() finds a fill of PNG written as ${format} exact`, async () => {
    const before = await encode("png", rgba);
    const after = await encode(format, filled(rgba));
    const certificate = await certify({ before, after, holeMask });
    // WebP and AVIF say their resolution in Exif, which this one does not.
    const isSaid = format === "png" || format === "tiff";
    assert.deepEqual(certificate, {
      isExact: true,
      format,
      bits: 8,
      knownPixels: width * height - holePixels,
      ...{ changedPixels: 0, maxDifference: 0, changedAlpha: 0 },
      metadata: isSaid ? "same" : { lost: [], changed: [], unsupported: ["resolution"] },
      sha256: createHash("sha256").update(after).digest("hex"),
    });
  });
}

for (const format of ["png", "webp", "tiff", "avif"] as const) {
  Deno.test(`certify() finds files of other programs, turned upright, exact in ${format}`, async () => {
    for (const before of [FILES.jpeg, FILES.png, FILES.webp]) {
      const picture = await decodeImage(before, { name: "a" });
      assert.equal(picture.orientationApplied, true);
      const after = await encodeImage(picture, {
        ...{ format, keepAlpha: picture.hasAlpha, isGrey: picture.isGrey },
        metadata: dropPreviews(picture.metadata),
      });
      const { isExact, metadata } = await certify({ before, after });
      assert.equal(isExact, true);
      const left = typeof metadata === "string" ? [] : metadata.unsupported;
      const isComment = left.every((name) => name === "comments" || name === "text chunks");
      assert.ok(isComment && (format !== "png" || left.length === 0), String(left));
    }
  });
}

Deno.test("certify() compares all 16 bits", async () => {
  const deep = async (pixels: Uint16Array, format: OutputFormat) =>
    await encodeImage({ width, height, rgba, rgba16: pixels }, { format, keepAlpha: true });
  const before = await deep(rgba16, "tiff");
  const after = await certify({ before, after: await deep(filled(rgba16), "png"), holeMask });
  assert.deepEqual([after.isExact, after.bits, after.metadata], [true, 16, "none"]);
  const other = rgba16.slice();
  other[0]! ^= 1;
  const changed = await certify({ before, after: await deep(other, "png"), holeMask });
  assert.deepEqual([changed.isExact, changed.changedPixels, changed.maxDifference], [
    ...[false, 1, 1 / 257],
  ]);
});

Deno.test("certify() finds each kind of difference", async () => {
  const before = await encode("png", rgba);
  const find = async (
    change: (pixels: Uint8ClampedArray) => void,
    extra: PictureMetadata = metadata,
  ) => {
    const pixels = filled(rgba);
    change(pixels);
    return await certify({ before, after: await encode("png", pixels, extra), holeMask });
  };
  const colour = await find((pixels) => pixels[4 * 5 + 1]! += 3);
  assert.deepEqual([colour.isExact, colour.changedPixels, colour.maxDifference], [false, 1, 3]);
  const alpha = await find((pixels) => pixels[4 * 5 + 3]! -= 1);
  assert.deepEqual([alpha.isExact, alpha.changedPixels, alpha.changedAlpha], [false, 0, 1]);
  const inside = holeMask.indexOf(1) * 4 + 3;
  assert.equal((await find((pixels) => pixels[inside] = 9)).changedAlpha, 1);
  const nothing = () => {};
  const { icc: _, ...withoutIcc } = metadata;
  const lost = await find(nothing, withoutIcc);
  assert.equal(lost.isExact, false);
  assert.deepEqual(lost.metadata, { lost: ["colour profile"], changed: [], unsupported: [] });
  const otherExif = exif.slice();
  otherExif[18] = 0x61;
  const changed = await find(nothing, { ...metadata, exif: otherExif });
  assert.equal(changed.isExact, false);
  assert.deepEqual(changed.metadata, { lost: [], changed: ["Exif tag 271"], unsupported: [] });
});

Deno.test("certify() wants transparency gone where it was the hole", async () => {
  const clear = rgba.map((value, i) => i % 4 === 3 && holeMask[i >> 2] === 1 ? 0 : value);
  const before = await encode("png", clear);
  const after = await encode(
    "png",
    filled(rgba.map((v, i) => i % 4 === 3 && holeMask[i >> 2] === 1 ? 255 : v)),
  );
  const request = { before, after, holeMask };
  assert.equal((await certify({ ...request, alphaWasHole: true })).isExact, true);
  assert.equal((await certify(request)).changedAlpha, holePixels);
});

Deno.test("certify() reports another size and compares no further", async () => {
  const before = await encode("png", rgba);
  const after = await encodeImage({ width: height, height: width, rgba }, {
    format: "png",
    keepAlpha: true,
  });
  const certificate = await certify({ before, after, holeMask });
  assert.equal(certificateText(certificate), "differs: size is 24x40, must be 40x24");
});

/** The JPEG with the segment of its EXIF saying that it lies on its side. */
function turned(jpeg: Uint8Array): Uint8Array {
  const copy = jpeg.slice();
  const at = new TextDecoder("latin1").decode(copy).indexOf("Exif\0\0MM") + 6;
  copy[at + 31] = 6;
  return copy;
}

Deno.test("certify() compares a patched JPEG by its blocks, upright or not", async () => {
  const whole = await encode("jpeg", rgba);
  for (const before of [whole, turned(whole)]) {
    const input = await decodeImage(before, { name: "a.jpg" });
    const orientation = before === whole ? 1 : 6;
    // The mask is upright; a square in the middle of the turned picture will do.
    const mask = holeMask.map((_, i) => {
      const [x, y] = [i % input.width, Math.floor(i / input.width)];
      return Math.abs(x - input.width / 2) < 3 && Math.abs(y - input.height / 2) < 3 ? 1 : 0;
    });
    const pixels = input.rgba.map((value, i) => mask[i >> 2] === 1 && i % 4 < 3 ? 77 : value);
    const patched = patchJpeg({ bytes: before, rgba: pixels, holeMask: mask, orientation })!;
    const certificate = await certify({ before, after: patched.bytes, holeMask: mask });
    assert.equal(certificate.isExact, true);
    assert.equal(certificate.metadata, "same");
    assert.deepEqual(certificate.blocks, {
      total: patched.totalBlocks,
      touched: patched.touchedBlocks,
      changed: 0,
    });
    assert.ok(certificate.changedPixels > 0, "known pixels of touched blocks are counted");
    assert.match(
      certificateText(certificate),
      /^verified: \d+ of 45 blocks identical \(beside the hole \d+ pixels/,
    );
    // The same file against a hole elsewhere: blocks changed that must not.
    const elsewhere = mask.map((_, i) => i < 3 ? 1 : 0);
    const wrong = await certify({ before, after: patched.bytes, holeMask: elsewhere });
    assert.equal(wrong.isExact, false);
    assert.equal(wrong.blocks!.changed > 0, true);
  }
});

Deno.test("certify() does not take a JPEG that was compressed anew for exact", async () => {
  const before = await encode("jpeg", rgba);
  const pixels = (await decodeImage(before, { name: "a" })).rgba;
  const after = await encodeImage({ width, height, rgba: pixels }, {
    ...{ format: "jpeg", keepAlpha: false, quality: 80, metadata },
  });
  const certificate = await certify({ before, after, holeMask });
  assert.equal(certificate.isExact, false);
  assert.ok(certificate.blocks!.changed > 0);
});

Deno.test("certify() names the file that cannot be read, and refuses a mask of another size", async () => {
  const before = await encode("png", rgba);
  const names = { before: "in.png", after: "out.png" };
  await assert.rejects(certify({ before, after: before.subarray(0, 99), names }), {
    name: "InputError",
    message: /^Cannot read image "out.png": /,
  });
  await assert.rejects(certify({ before, after: before, holeMask: new Uint8Array(5) }), {
    name: "RangeError",
  });
});
