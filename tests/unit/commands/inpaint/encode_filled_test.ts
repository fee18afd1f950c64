import assert from "node:assert/strict";
import { encodeFilled } from "../../../../src/commands/inpaint/encode_filled.ts";
import { decodeImage } from "../../../../src/data/decode_image.ts";
import { encodeImage, type EncodeImageOptions } from "../../../../src/data/encode_image.ts";
import { describeJpeg } from "../../../../src/data/jpeg/describe_jpeg.ts";
import { localCodec } from "../../../../src/data/picture_codec.ts";

const [WIDTH, HEIGHT] = [32, 24];

/** A soft gradient, as a file. */
function picture(options: EncodeImageOptions, deep = false): Promise<Uint8Array> {
  const rgba = new Uint8ClampedArray(WIDTH * HEIGHT * 4);
  const rgba16 = new Uint16Array(rgba.length);
  for (let i = 0; i < rgba.length; i++) {
    const [x, y] = [(i >> 2) % WIDTH, Math.floor((i >> 2) / WIDTH)];
    rgba16[i] = i % 4 === 3 ? 65535 : options.isGrey ? 900 * x + 300 : 900 * x + 700 * y + i % 4;
    rgba[i] = rgba16[i]! >> 8;
  }
  return encodeImage({ width: WIDTH, height: HEIGHT, rgba, ...(deep ? { rgba16 } : {}) }, options);
}

/** The first block of 8x8 is hole, and was painted black. */
async function fill(
  bytes: Uint8Array,
  format: "png" | "jpeg" | "webp",
  quality?: number,
) {
  const image = await decodeImage(bytes, { name: "in" });
  const holeMask = new Uint8Array(WIDTH * HEIGHT);
  for (let y = 0; y < 8; y++) holeMask.fill(1, y * WIDTH, y * WIDTH + 8);
  for (let i = 0; i < holeMask.length; i++) {
    if (holeMask[i] === 1) image.rgba.fill(0, i * 4, i * 4 + 3);
    if (holeMask[i] === 1) image.rgba16?.fill(0, i * 4, i * 4 + 3);
  }
  const mask = { holeMask, holePixels: 64 };
  const result = await encodeFilled({ name: "in", bytes, image, mask, format, orientation: 1 }, {
    ...{ codec: localCodec, quality },
  });
  return { ...result, decoded: await decodeImage(result.encoded, { name: "out" }) };
}

const exif = Uint8Array.from([0x49, 0x49, 42, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

Deno.test("encodeFilled() keeps a JPEG outside of the touched blocks to the bit", async () => {
  const before = await picture({ format: "jpeg", quality: 71, keepAlpha: false });
  const { encoded, decoded, warnings } = await fill(before, "jpeg");
  const was = await decodeImage(before, { name: "in" });
  let inHole = 0;
  for (let i = 0; i < WIDTH * HEIGHT; i++) {
    const isInBlock = i % WIDTH < 8 && i < 8 * WIDTH;
    const [one, other] = [decoded, was].map(({ rgba }) => [...rgba.subarray(i * 4, i * 4 + 4)]);
    if (isInBlock) inHole = Math.max(inHole, one![0]!);
    else assert.deepEqual(one, other, `pixel ${i}`);
  }
  assert.ok(inHole < 12, `black within ${inHole} levels`);
  assert.deepEqual([describeJpeg(encoded).quality, warnings], [71, []]);
});

Deno.test("encodeFilled() takes the quality that is asked for, and the input's sampling", async () => {
  for (const subsampling of ["4:2:0", "4:2:2", "4:4:4"] as const) {
    const options = { format: "jpeg", quality: 71, keepAlpha: false, subsampling } as const;
    const { encoded } = await fill(await picture(options), "jpeg", 80);
    const { quality, subsampling: kept } = describeJpeg(encoded);
    assert.deepEqual([quality, kept], [80, subsampling]);
  }
});

Deno.test("encodeFilled() keeps grey, 16 bits and metadata where the format can", async () => {
  const options = { format: "png", keepAlpha: false, metadata: { exif } } as const;
  const deep = await picture(options, true);
  const kept = await fill(deep, "png");
  const was = await decodeImage(deep, { name: "in" });
  assert.deepEqual([kept.decoded.bitDepth, kept.warnings], [16, []]);
  assert.deepEqual(
    kept.decoded.rgba16!.subarray(8 * WIDTH * 4),
    was.rgba16!.subarray(8 * WIDTH * 4),
  );
  assert.deepEqual(kept.decoded.metadata.exif, exif);
  const flat = await fill(deep, "webp");
  assert.deepEqual(flat.warnings, ['"in" has 16 bits per channel, the result has 8']);
  assert.deepEqual(flat.decoded.metadata.exif, exif);
  const grey = await fill(await picture({ format: "png", keepAlpha: false, isGrey: true }), "png");
  assert.equal(grey.decoded.isGrey, true);
  const greyJpeg = await picture({ format: "jpeg", keepAlpha: false, isGrey: true });
  assert.equal((await fill(greyJpeg, "jpeg")).decoded.isGrey, true);
});

Deno.test("encodeFilled() says what the format cannot hold", async () => {
  const { warnings } = await fill(
    await picture({ format: "png", keepAlpha: true }),
    "jpeg",
  );
  assert.deepEqual(warnings, ['"in" has transparency, which JPEG cannot hold']);
});

Deno.test("encodeFilled() says that a picture compressed with loss becomes much larger without", async () => {
  const lossy = await picture({ format: "webp", quality: 10, keepAlpha: false });
  const grown = await fill(lossy, "webp");
  assert.ok(grown.encoded.length > 3 * lossy.length);
  assert.equal(grown.warnings.length, 1);
  assert.match(
    grown.warnings[0]!,
    /^"in" was compressed with loss, the result is not and \d+\.\d times as large: --quality 90 /,
  );
  assert.deepEqual((await fill(lossy, "webp", 90)).warnings, []);
  const lossless = await picture({ format: "webp", keepAlpha: false });
  assert.deepEqual((await fill(lossless, "webp")).warnings, []);
});
