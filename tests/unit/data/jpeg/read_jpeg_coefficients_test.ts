import assert from "node:assert/strict";
import { decodeImage } from "../../../../src/data/decode_image.ts";
import { BlockFitter } from "../../../../src/data/jpeg/fit_block.ts";
import type { JpegCoefficients } from "../../../../src/data/jpeg/jpeg_coefficients.ts";
import { readJpegCoefficients } from "../../../../src/data/jpeg/read_jpeg_coefficients.ts";
import { InputError } from "../../../../src/errors.ts";
import { createRandom } from "../../../../src/random.ts";
import { fileOf, FILES } from "./jpeg_files.ts";

/** All samples of a component, `[height, width]`, around 0. */
function samplesOf({ width, height, components }: JpegCoefficients, index: number): Float64Array {
  const { coefficients, quantTable, blocksWide } = components[index]!;
  const fitter = new BlockFitter(quantTable);
  const plane = new Float64Array(width * height);
  const block = new Float64Array(64);
  for (let i = 0; i < coefficients.length / 64; i++) {
    fitter.samples(coefficients, 64 * i, block);
    for (let k = 0; k < 64; k++) {
      const x = 8 * (i % blocksWide) + (k & 7);
      const y = 8 * Math.floor(i / blocksWide) + (k >> 3);
      if (x < width && y < height) plane[y * width + x] = block[k]!;
    }
  }
  return plane;
}

// The decoder is another program's (imagescript's, in Rust) and has its own transform in whole numbers.
for (const name of ["4:4:4", "best", "progressive 4:4:4", "grey", "progressive grey"]) {
  Deno.test(`readJpegCoefficients() reads what a decoder shows: ${name}`, async () => {
    const jpeg = readJpegCoefficients(fileOf(name));
    const { rgba } = await decodeImage(fileOf(name), { name });
    const planes = jpeg.components.map((_, i) => samplesOf(jpeg, i));
    let worst = 0;
    for (let i = 0; i < rgba.length / 4; i++) {
      const [y, cb, cr] = planes.map((plane) => plane[i]!) as [number, number, number];
      // Source: JFIF 1.02, page 3.
      const colour = planes.length === 1
        ? [y, y, y]
        : [y + 1.402 * cr, y - 0.344136 * cb - 0.714136 * cr, y + 1.772 * cb];
      colour.forEach((value, c) => {
        const clipped = Math.max(0, Math.min(255, value + 128));
        worst = Math.max(worst, Math.abs(clipped - rgba[4 * i + c]!));
      });
    }
    // Measured at most 1.8 of 255 in colour and 0.55 in grey: samples are rounded before they are mixed.
    assert.ok(worst < (planes.length === 1 ? 1 : 2), `${worst}`);
  });
}

Deno.test("readJpegCoefficients() says what else is in the file", () => {
  const progressive = readJpegCoefficients(fileOf("progressive 4:2:0"));
  assert.deepEqual([progressive.width, progressive.height], [37, 53]);
  assert.equal(progressive.isProgressive, true);
  const factors = progressive.components.map(({ id, h, v }) => [id, h, v]);
  assert.deepEqual(factors, [[1, 2, 2], [2, 1, 1], [3, 1, 1]]);
  const blocks = progressive.components.map((c) => [c.blocksWide, c.blocksHigh]);
  assert.deepEqual(blocks, [[6, 8], [3, 4], [3, 4]]);

  const camera = readJpegCoefficients(fileOf("camera"));
  // JFIF, EXIF, ICC profile, comment.
  const markers = camera.segments.map(({ marker }) => marker).sort();
  assert.deepEqual(markers, [0xe0, 0xe1, 0xe2, 0xfe]);
  const comment = camera.segments.find(({ marker }) => marker === 0xfe)!;
  assert.equal(new TextDecoder().decode(comment.content), "a comment");

  assert.equal(readJpegCoefficients(fileOf("restarts 4:2:0")).restartInterval, 2);
  const cmyk = readJpegCoefficients(fileOf("CMYK"));
  assert.deepEqual([cmyk.components.length, cmyk.adobeTransform], [4, 0]);
  const trailed = new Uint8Array([...fileOf("grey"), 1, 2, 3]);
  assert.deepEqual([...readJpegCoefficients(trailed).trailer], [1, 2, 3]);
});

/** Reads, or says what is wrong; anything but an InputError is a bug. */
function attempt(bytes: Uint8Array): string {
  try {
    readJpegCoefficients(bytes);
    return "read";
  } catch (error) {
    assert.ok(error instanceof InputError, `${error}`);
    assert.match(error.message, /^Cannot read JPEG: /);
    return error.message;
  }
}

Deno.test("readJpegCoefficients() refuses every file that is cut short", () => {
  for (const { name, bytes } of FILES) {
    for (let length = 0; length < bytes.length; length += 13) {
      assert.notEqual(attempt(bytes.subarray(0, length)), "read", `${name}, ${length} bytes`);
    }
  }
});

Deno.test("readJpegCoefficients() never fails on damage but with an InputError", () => {
  const random = createRandom(11);
  const seen = new Map<string, number>();
  for (let i = 0; i < 1500; i++) {
    const bytes = FILES[i % FILES.length]!.bytes.slice();
    for (let changes = random.integer(1, 4); changes > 0; changes--) {
      bytes[random.integer(2, bytes.length - 1)] = random.integer(0, 255);
    }
    const outcome = attempt(bytes).replace(/\d+/g, "N");
    seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
  }
  // Most changes hit coded data, and many of them make another picture.
  assert.ok(seen.size > 10 && seen.get("read")! > 100 && seen.get("read")! < 1300);
});

/** A grey file whose frame header says another size. */
function resized(height: number, width: number): Uint8Array {
  const bytes = fileOf("grey").slice();
  const frame = bytes.findIndex((byte, i) => byte === 0xff && bytes[i + 1] === 0xc0);
  bytes.set([height >> 8, height & 0xff, width >> 8, width & 0xff], frame + 5);
  return bytes;
}

Deno.test("readJpegCoefficients() takes no memory for a size that the file cannot hold", () => {
  assert.match(attempt(resized(65535, 65535)), /802 bytes cannot hold 65535x65535/);
  assert.match(attempt(resized(400, 400)), /a scan ends too early/);
});

Deno.test("readJpegCoefficients() refuses tables and scans out of order", () => {
  const bytes = fileOf("progressive grey");
  const scans = [...bytes.keys()].filter((i) => bytes[i] === 0xff && bytes[i + 1] === 0xda);
  // The scan header of one component has its bits at byte 9: the second scan told as a refinement.
  const early = bytes.slice();
  early[scans[1]! + 9] = 0x21;
  assert.match(attempt(early), /a scan comes out of order/);
  const other = bytes.slice();
  other[scans[0]! + 5] = 77;
  assert.match(attempt(other), /a scan header is damaged/);
  const table = fileOf("grey").slice();
  const dqt = table.findIndex((byte, i) => byte === 0xff && table[i + 1] === 0xdb);
  table[dqt + 4] = 3;
  assert.match(attempt(table), /a quantisation table is missing/);
  assert.match(attempt(Uint8Array.of(0x89, 0x50)), /does not begin like one/);
});
