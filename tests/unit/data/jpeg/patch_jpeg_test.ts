import assert from "node:assert/strict";
import { decodeImage } from "../../../../src/data/decode_image.ts";
import { readImageHeader } from "../../../../src/data/image_header.ts";
import { compareJpeg } from "../../../../src/data/jpeg/compare_jpeg.ts";
import { describeJpeg } from "../../../../src/data/jpeg/describe_jpeg.ts";
import { patchJpeg } from "../../../../src/data/jpeg/patch_jpeg.ts";
import { readJpegCoefficients } from "../../../../src/data/jpeg/read_jpeg_coefficients.ts";
import { largestFactors } from "../../../../src/data/jpeg/walk_scan.ts";
import { writeJpegCoefficients } from "../../../../src/data/jpeg/write_jpeg_coefficients.ts";
import { InputError } from "../../../../src/errors.ts";
import { createRandom } from "../../../../src/random.ts";
import { fileOf, FILES, randomJpeg } from "./jpeg_files.ts";

/** An upright hole over blocks in the middle and up to the right edge, filled with one colour. */
async function holed(bytes: Uint8Array, name: string) {
  const { width, height, rgba } = await decodeImage(bytes, { name });
  const filled = rgba.slice();
  const holeMask = new Uint8Array(width * height);
  for (let y = Math.min(21, height - 1); y < Math.min(31, height); y++) {
    for (let x = Math.min(18, width - 1); x < width; x++) {
      holeMask[y * width + x] = 1;
      filled.set([120, 100, 90, 255], 4 * (y * width + x));
    }
  }
  const { orientation } = readImageHeader(bytes);
  return { width, height, before: rgba, request: { bytes, rgba: filled, holeMask, orientation } };
}

const patchable = FILES.filter(({ name }) => name !== "CMYK");

for (const { name, bytes } of patchable) {
  Deno.test(`patchJpeg() with an empty hole keeps every coefficient: ${name}`, async () => {
    const { request } = await holed(bytes, name);
    const holeMask = request.holeMask.map(() => 0);
    const patched = patchJpeg({ ...request, holeMask })!;
    assert.equal(patched.touchedBlocks, 0);
    const planes = (file: Uint8Array) => readJpegCoefficients(file).components;
    assert.deepEqual(planes(patched.bytes), planes(bytes));
  });

  Deno.test(`patchJpeg() changes no pixel outside of touched blocks: ${name}`, async () => {
    const { width, height, before, request } = await holed(bytes, name);
    const patched = patchJpeg(request)!;
    const after = (await decodeImage(patched.bytes, { name })).rgba;

    // Stored columns and rows are upright ones but for "camera", whose units of 16x16 fit none the less when
    // they are counted from the other side: stored row y is upright column width - 1 - y.
    const { components } = readJpegCoefficients(bytes);
    const { largestH, largestV } = largestFactors(components);
    const isTurned = request.orientation === 6;
    const unitOf = (x: number, y: number) => {
      const [storedX, storedY] = isTurned ? [y, width - 1 - x] : [x, y];
      return `${Math.floor(storedX / (8 * largestH))},${Math.floor(storedY / (8 * largestV))}`;
    };
    const touched = new Set<string>();
    request.holeMask.forEach((isHole, i) => {
      if (isHole === 1) touched.add(unitOf(i % width, Math.floor(i / width)));
    });
    // Coarser colour is interpolated by this decoder, so one pixel more may change.
    const [rimX, rimY] = [+(largestH > 1), +(largestV > 1)];
    const reach = isTurned ? [rimY, rimX] as const : [rimX, rimY] as const;
    let [inside, changed] = [0, 0];
    for (let i = 0; i < width * height; i++) {
      const [x, y] = [i % width, Math.floor(i / width)];
      const isNear = [-1, 0, 1].some((dx) =>
        [-1, 0, 1].some((dy) => touched.has(unitOf(x + dx * reach[0], y + dy * reach[1])))
      );
      const isSame = [0, 1, 2].every((c) => before[4 * i + c] === after[4 * i + c]);
      if (isNear) inside++;
      else assert.ok(isSame, `pixel ${x}, ${y}`);
      if (!isSame) changed++;
    }
    assert.ok(changed > 0);
    assert.ok(width === 1 || inside < 0.7 * width * height, `${inside} of ${width * height}`);

    const { bytes: after_, ...counts } = patched;
    const proof = compareJpeg({ ...request, before: bytes, after: after_ });
    assert.equal(proof.isUntouched, true);
    const { touchedBlocks, totalBlocks } = proof;
    assert.deepEqual(counts, { touchedBlocks, totalBlocks, droppedBytes: 0 });
    const { isProgressive, subsampling, quality } = describeJpeg(after_);
    const wanted = describeJpeg(bytes);
    assert.deepEqual([isProgressive, subsampling, quality], [
      ...[wanted.isProgressive, wanted.subsampling, wanted.quality],
    ]);
  });
}

/** Root of the mean squared error over the pixels that `counts` names. */
function rmse(
  a: Uint8ClampedArray,
  b: Uint8ClampedArray,
  counts: (pixel: number) => boolean,
): number {
  let [sum, n] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    if (i % 4 === 3 || !counts(i >> 2)) continue;
    sum += (a[i]! - b[i]!) ** 2;
    n++;
  }
  return Math.sqrt(sum / n);
}

// Levels of 255, a quarter above what was measured. One even colour with sharp edges is the worst fill there is.
const LIMITS = {
  "4:4:4": { hole: 13, known: 2 },
  best: { hole: 1.1, known: 0.25 },
  "4:2:0": { hole: 17, known: 1.8 },
  "progressive 4:2:0": { hole: 16, known: 1.6 },
  grey: { hole: 9, known: 1.2 },
  camera: { hole: 20, known: 3.1 },
};

for (const [name, limits] of Object.entries(LIMITS)) {
  Deno.test(`patchJpeg() puts the fill into the hole and hardly moves known pixels: ${name}`, async () => {
    const { request } = await holed(fileOf(name), name);
    const after = (await decodeImage(patchJpeg(request)!.bytes, { name })).rgba;
    const wanted = request.rgba.slice();
    if (name === "grey") {
      // 0.299 * 120 + 0.587 * 100 + 0.114 * 90 = 104.84
      request.holeMask.forEach((isHole, i) => isHole && wanted.fill(105, 4 * i, 4 * i + 3));
    }
    const hole = rmse(wanted, after, (i) => request.holeMask[i] === 1);
    const known = rmse(wanted, after, (i) => request.holeMask[i] === 0);
    assert.ok(hole < limits.hole, `hole ${hole}`);
    assert.ok(known < limits.known, `known ${known}`);
  });
}

Deno.test("patchJpeg() leaves CMYK and uneven sampling to others and drops what lies behind the picture", async () => {
  const { request } = await holed(fileOf("CMYK"), "CMYK");
  assert.equal(patchJpeg(request), undefined);
  // Two samples of colour for three of light.
  const factors = [[3, 1], [2, 1], [2, 1]] as const;
  const uneven = writeJpegCoefficients(randomJpeg(1, { width: 24, height: 8, factors }));
  const empty = { rgba: new Uint8Array(24 * 8 * 4), holeMask: new Uint8Array(24 * 8) };
  assert.equal(patchJpeg({ ...empty, bytes: uneven, orientation: 1 }), undefined);
  const { request: grey } = await holed(fileOf("grey"), "grey");
  const bytes = new Uint8Array([...grey.bytes, 0xff, 0xd8, 1, 2]);
  const patched = patchJpeg({ ...grey, bytes })!;
  assert.equal(patched.droppedBytes, 4);
  assert.deepEqual(patched.bytes, patchJpeg(grey)!.bytes);
});

Deno.test("patchJpeg() refuses pictures and masks of other sizes", async () => {
  const { request } = await holed(fileOf("grey"), "grey");
  const short = request.rgba.subarray(4);
  assert.throws(() => patchJpeg({ ...request, rgba: short }), /7840 bytes, must be 7844/);
  const holeMask = request.holeMask.subarray(1);
  assert.throws(() => patchJpeg({ ...request, holeMask }), /1960 pixels, must be 1961/);
  assert.throws(() => patchJpeg({ ...request, orientation: 9 }), RangeError);
});

Deno.test("patchJpeg() either patches a damaged file or throws an InputError", async () => {
  const random = createRandom(21);
  const { request } = await holed(fileOf("4:2:0"), "4:2:0");
  let patched = 0;
  for (let i = 0; i < 300; i++) {
    const bytes = request.bytes.slice();
    bytes[random.integer(600, bytes.length - 1)] = random.integer(0, 255);
    try {
      if (patchJpeg({ ...request, bytes }) !== undefined) patched++;
    } catch (error) {
      assert.ok(error instanceof InputError, `${error}`);
    }
  }
  assert.ok(patched > 20 && patched < 290, `${patched}`);
});
