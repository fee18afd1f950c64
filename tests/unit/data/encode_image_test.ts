import assert from "node:assert/strict";
import { decodeImage } from "../../../src/data/decode_image.ts";
import { encodeImage } from "../../../src/data/encode_image.ts";
import { readImageHeader } from "../../../src/data/image_header.ts";
import { createRandom } from "../../../src/random.ts";
import { PIECES } from "./metadata/picture_files.ts";
import { readMetadata } from "../../../src/data/metadata/read_metadata.ts";
import { resetOrientation } from "../../../src/data/metadata/upright_exif.ts";

/** Random colours under every alpha, 0 and 255 included often. */
function noise(width: number, height: number, seed = 1) {
  const random = createRandom(seed);
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < rgba.length; i++) rgba[i] = random.integer(0, 255);
  for (let i = 3; i < rgba.length; i += 4) {
    const kind = random.integer(0, 3);
    if (kind < 2) rgba[i] = kind * 255;
  }
  return { width, height, rgba };
}

function opaque(rgba: Uint8ClampedArray): Uint8ClampedArray {
  return rgba.map((value, i) => i % 4 === 3 ? 255 : value);
}

/** The same with 16 bits. */
function noise16(width: number, height: number) {
  const { rgba } = noise(width, height);
  const low = noise(width, height, 2).rgba;
  const rgba16 = Uint16Array.from(
    rgba,
    (value, i) => i % 4 === 3 ? value * 257 : value << 8 | low[i]!,
  );
  return { width, height, rgba, rgba16 };
}

// Decoding of WebP and AVIF goes through libraries; that of PNG is held by ImageMagick's files.
for (const format of ["png", "webp", "tiff", "avif"] as const) {
  Deno.test(`encodeImage() keeps every byte of random RGBA in ${format}`, async () => {
    for (const [width, height] of [[1, 1], [1, 7], [53, 37], [256, 3]] as const) {
      const image = noise(width, height, width);
      const bytes = await encodeImage(image, { format, keepAlpha: true });
      const decoded = await decodeImage(bytes, { name: format });
      assert.deepEqual([decoded.format, decoded.width, decoded.height], [format, width, height]);
      assert.deepEqual(decoded.rgba, image.rgba);
    }
  });

  Deno.test(`encodeImage() keeps every colour and drops alpha in ${format} without keepAlpha`, async () => {
    const image = noise(53, 37);
    const before = image.rgba.slice();
    const bytes = await encodeImage(image, { format, keepAlpha: false });
    assert.equal(readImageHeader(bytes).hasAlpha, false);
    assert.deepEqual((await decodeImage(bytes, { name: format })).rgba, opaque(before));
    assert.deepEqual(image.rgba, before, "the input must not change");
  });
}

for (const format of ["png", "tiff"] as const) {
  Deno.test(`encodeImage() keeps every bit of 16 in ${format}, colour and grey, with alpha or without`, async () => {
    for (const [width, height] of [[1, 1], [53, 37]] as const) {
      const image = noise16(width, height);
      const grey = { ...image, rgba: image.rgba.slice(), rgba16: image.rgba16.slice() };
      for (let i = 0; i < grey.rgba.length; i++) {
        if (i % 4 === 3) continue;
        grey.rgba16[i] = image.rgba16[i - i % 4]!;
        grey.rgba[i] = image.rgba[i - i % 4]!;
      }
      for (const isGrey of [false, true]) {
        for (const keepAlpha of [false, true]) {
          const { rgba, rgba16 } = isGrey ? grey : image;
          const bytes = await encodeImage({ width, height, rgba, rgba16 }, {
            format,
            keepAlpha,
            isGrey,
          });
          const decoded = await decodeImage(bytes, { name: format });
          assert.deepEqual([decoded.bitDepth, decoded.isGrey, decoded.hasAlpha], [
            16,
            isGrey,
            keepAlpha,
          ]);
          const expected = rgba16.map((value, i) => i % 4 === 3 && !keepAlpha ? 65535 : value);
          assert.deepEqual(decoded.rgba16, expected);
        }
      }
    }
  });
}

Deno.test("encodeImage() keeps the 10 or 12 bits of an AVIF, and writes 8 where a format has no more", async () => {
  const image = noise16(24, 9);
  for (const bits of [10, 12]) {
    const options = { format: "avif", keepAlpha: true, bitDepth: bits } as const;
    const first = await decodeImage(await encodeImage(image, options), { name: "a" });
    assert.equal(first.bitDepth, bits);
    const upper = (samples: Uint16Array) => samples.map((sample) => sample >> 16 - bits);
    assert.deepEqual(upper(first.rgba16!), upper(image.rgba16));
    const second = await decodeImage(await encodeImage(first, options), { name: "a" });
    assert.deepEqual(second.rgba16, first.rgba16);
  }
  for (const format of ["webp", "jpeg"] as const) {
    const { rgba16: _, ...eight } = image;
    const options = { format, keepAlpha: false };
    assert.deepEqual(await encodeImage(image, options), await encodeImage(eight, options));
  }
});

Deno.test("encodeImage() writes grey with one sample; what is not grey becomes its luma", async () => {
  const rgba = Uint8ClampedArray.of(7, 7, 7, 255, 200, 100, 50, 255);
  const image = { width: 2, height: 1, rgba };
  // 0.299 * 200 + 0.587 * 100 + 0.114 * 50 = 124.2.
  for (const format of ["png", "tiff"] as const) {
    const decoded = await decodeImage(
      await encodeImage(image, { format, keepAlpha: false, isGrey: true }),
      {
        name: "a",
      },
    );
    assert.ok(decoded.isGrey);
    assert.deepEqual([...decoded.rgba], [7, 7, 7, 255, 124, 124, 124, 255]);
  }
  const flat = { width: 8, height: 8, rgba: new Uint8Array(256).fill(90) };
  const jpeg = await encodeImage(flat, { format: "jpeg", keepAlpha: false, isGrey: true });
  const decoded = await decodeImage(jpeg, { name: "a" });
  assert.ok(decoded.isGrey && decoded.rgba[0] === 90);
  const webp = await encodeImage(image, { format: "webp", keepAlpha: false, isGrey: true });
  assert.deepEqual((await decodeImage(webp, { name: "a" })).rgba, rgba, "WebP has no grey");
});

Deno.test("encodeImage() samples colour of a JPEG as it is told", async () => {
  const sizes: number[] = [];
  for (const subsampling of ["4:4:4", "4:2:2", "4:2:0"] as const) {
    const bytes = await encodeImage(noise(64, 64), {
      format: "jpeg",
      keepAlpha: false,
      subsampling,
    });
    sizes.push(bytes.length);
  }
  const [none, half, quarter] = sizes as [number, number, number];
  assert.ok(none > half && half > quarter, sizes.join(" "));
});

Deno.test("encodeImage() carries metadata into every format, and into no pixel", async () => {
  const exif = resetOrientation(PIECES.exif); // so that nothing is turned
  const metadata = { ...PIECES, exif, dpi: { x: 254, y: 127 } }; // 10000 and 5000 per metre
  for (const format of ["png", "jpeg", "webp", "tiff", "avif"] as const) {
    const options = { format, keepAlpha: false } as const;
    const [plain, full] = [
      await encodeImage(noise(9, 8), options),
      await encodeImage(noise(9, 8), { ...options, metadata }),
    ];
    assert.deepEqual(full, await encodeImage(noise(9, 8), { ...options, metadata }));
    const read = readMetadata(full, format);
    assert.deepEqual([read.icc, read.xmp], [PIECES.icc, PIECES.xmp], format);
    if (format !== "tiff") assert.deepEqual(read.exif, exif, format);
    assert.ok(read.exif !== undefined);
    if (format !== "webp" && format !== "avif") assert.deepEqual(read.dpi, metadata.dpi, format);
    const [before, after] = [plain, full].map((bytes) => decodeImage(bytes, { name: "a" }));
    assert.deepEqual((await after!).rgba, (await before!).rgba);
  }
});

Deno.test("encodeImage() leaves out a profile for other pixels", async () => {
  const profile = (space: string) => {
    const icc = PIECES.icc.slice();
    icc.set(new TextEncoder().encode(space), 16);
    return icc;
  };
  const iccOf = async (space: string, isGrey: boolean, format: "png" | "webp" = "png") => {
    const metadata = { icc: profile(space) };
    const options = { format, keepAlpha: false, isGrey, metadata };
    return readMetadata(await encodeImage(noise(2, 2), options), format).icc;
  };
  assert.ok(await iccOf("RGB ", false) !== undefined);
  assert.ok(await iccOf("GRAY", true) !== undefined);
  assert.equal(await iccOf("GRAY", false), undefined);
  assert.equal(await iccOf("GRAY", true, "webp"), undefined, "it is written in colour");
  assert.equal(await iccOf("CMYK", false), undefined);
});

Deno.test("encodeImage() gives the same bytes for the same pixels", async () => {
  for (const format of ["png", "jpeg", "webp", "tiff", "avif"] as const) {
    const first = await encodeImage(noise(20, 10), { format, keepAlpha: false });
    assert.deepEqual(first, await encodeImage(noise(20, 10), { format, keepAlpha: false }));
  }
});

Deno.test("encodeImage() accepts a plain Uint8Array that is a part of a buffer", async () => {
  const image = noise(5, 4);
  const rgba = new Uint8Array(image.rgba.length + 1).subarray(1);
  rgba.set(image.rgba);
  for (const format of ["png", "webp"] as const) {
    const bytes = await encodeImage({ ...image, rgba }, { format, keepAlpha: true });
    assert.deepEqual((await decodeImage(bytes, { name: format })).rgba, image.rgba);
  }
});

Deno.test("encodeImage() writes JPEG close to the pixels and without colour subsampling", async () => {
  // Columns alternate between two colours of equal luma: with 4:2:0 both would become their mean.
  const rgba = new Uint8ClampedArray(16 * 16 * 4);
  for (let i = 0; i < 256; i++) {
    rgba.set(i % 2 === 0 ? [160, 80, 80, 0] : [60, 131, 80, 255], i * 4);
  }
  const image = { width: 16, height: 16, rgba };
  const bytes = await encodeImage(image, { format: "jpeg", keepAlpha: true });
  const decoded = await decodeImage(bytes, { name: "a.jpg" });
  assert.equal(decoded.format, "jpeg");
  const errors = decoded.rgba.map((value, i) => Math.abs(value - opaque(rgba)[i]!));
  // Measured 2; the mean of the two colours would be off by 50.
  assert.ok(Math.max(...errors) <= 5, `largest error is ${Math.max(...errors)}`);
});

Deno.test("encodeImage() makes smaller files at lower quality", async () => {
  const image = noise(64, 64);
  for (const format of ["jpeg", "webp"] as const) {
    const low = await encodeImage(image, { format, quality: 20, keepAlpha: false });
    const high = await encodeImage(image, { format, quality: 95, keepAlpha: false });
    assert.ok(low.length < high.length * 0.7, `${format}: ${low.length} against ${high.length}`);
  }
  const normal = await encodeImage(image, { format: "jpeg", keepAlpha: false });
  assert.deepEqual(
    normal,
    await encodeImage(image, { format: "jpeg", quality: 95, keepAlpha: false }),
  );
});

Deno.test("encodeImage() refuses pixels of another size", async () => {
  const rgba = new Uint8Array(15);
  await assert.rejects(
    encodeImage({ width: 2, height: 2, rgba }, { format: "png", keepAlpha: true }),
    { name: "RangeError", message: "Cannot encode image: it has 15 bytes, 2x2 needs 16" },
  );
  const image = { width: 2, height: 2, rgba: new Uint8Array(16), rgba16: new Uint16Array(12) };
  await assert.rejects(encodeImage(image, { format: "jpeg", keepAlpha: true }), {
    name: "RangeError",
    message: "Cannot encode image: it has 12 values, 2x2 needs 16",
  });
});

Deno.test("encodeImage() refuses a quality outside 1 to 100", async () => {
  for (const quality of [0, 101, 50.5, NaN]) {
    await assert.rejects(
      encodeImage(noise(2, 2), { format: "jpeg", quality, keepAlpha: false }),
      {
        name: "RangeError",
        message: `Cannot encode image: quality is ${quality}, must be a whole number from 1 to 100`,
      },
    );
  }
});

Deno.test("encodeImage() refuses a side that the format cannot state", async () => {
  const tall = { width: 1, height: 16384, rgba: new Uint8Array(4 * 16384) };
  await assert.rejects(encodeImage(tall, { format: "webp", keepAlpha: false }), {
    name: "InputError",
    message: "Cannot encode image as WebP: it is 1x16384, no side may exceed 16383 pixels",
  });
  const wide = { width: 65536, height: 1, rgba: new Uint8Array(4 * 65536) };
  await assert.rejects(encodeImage(wide, { format: "jpeg", keepAlpha: false }), {
    name: "InputError",
    message: "Cannot encode image as JPEG: it is 65536x1, no side may exceed 65535 pixels",
  });
  const png = await encodeImage(wide, { format: "png", keepAlpha: false });
  assert.equal(readImageHeader(png).width, 65536);
});
