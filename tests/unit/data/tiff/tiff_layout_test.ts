import assert from "node:assert/strict";
import { decodeImage } from "../../../../src/data/decode_image.ts";
import { readImageHeader } from "../../../../src/data/image_header.ts";
import { decodeTiff } from "../../../../src/data/tiff/decode_tiff.ts";
import { encodeTiff } from "../../../../src/data/tiff/encode_tiff.ts";
import { readTiffLayout } from "../../../../src/data/tiff/tiff_layout.ts";
import { createRandom } from "../../../../src/random.ts";

const picture = {
  width: 7,
  height: 5,
  rgba: Uint8Array.from({ length: 140 }, (_, i) => (i * 37) & 255),
};

/** Sets the value of a SHORT or LONG tag of a little-endian file. */
function withTag(file: Uint8Array, tag: number, value: number): Uint8Array {
  const copy = file.slice();
  const view = new DataView(copy.buffer);
  const first = view.getUint32(4, true);
  for (let at = first + 2;; at += 12) {
    if (view.getUint16(at, true) !== tag) continue;
    if (view.getUint16(at + 2, true) === 3) view.setUint16(at + 8, value, true);
    else view.setUint32(at + 8, value, true);
    return copy;
  }
}

Deno.test("readTiffLayout() reads size, depth and alpha without decoding", async () => {
  const file = await encodeTiff(picture, { keepAlpha: true });
  const layout = readTiffLayout(file);
  assert.deepEqual([layout.width, layout.height, layout.bits, layout.samples], [7, 5, 8, 4]);
  assert.deepEqual([layout.alpha, layout.colour, layout.orientation, layout.pages], [
    "unassociated",
    "rgb",
    1,
    1,
  ]);
  assert.equal(readTiffLayout(withTag(file, 338, 1)).alpha, "associated");
  assert.equal(readTiffLayout(withTag(file, 338, 0)).alpha, "none");
  assert.equal(readTiffLayout(withTag(file, 274, 6)).orientation, 6);
  assert.equal(readTiffLayout(withTag(file, 274, 9)).orientation, 1); // no orientation
});

Deno.test("readTiffLayout() names what it does not read", async () => {
  const file = await encodeTiff(picture, { keepAlpha: true });
  const refused: readonly (readonly [number, number, RegExp])[] = [
    [262, 8, /holds CIELab, must be grey, RGB or a palette/],
    [262, 6, /holds YCbCr/],
    [259, 50000, /compressed with Zstandard \(50000\)/],
    [259, 4711, /compressed with an unknown method \(4711\)/],
    [277, 9, /has 9 samples per pixel, must be 1 to 8/],
    [277, 2, /is RGB with 2 samples, must be 3/],
    [317, 3, /has predictor 3/],
  ];
  for (const [tag, value, message] of refused) {
    assert.throws(() => readTiffLayout(withTag(file, tag, value)), {
      name: "SyntaxError",
      message,
    });
  }
});

Deno.test("a TIFF of a huge declared size is refused before it is decoded", async () => {
  const file = withTag(
    withTag(await encodeTiff(picture, { keepAlpha: false }), 256, 60000),
    257,
    60000,
  );
  await assert.rejects(decodeImage(file, { name: "bomb.tif" }), {
    name: "InputError",
    message:
      'Cannot read image "bomb.tif": 60000x60000 is 3600000000 pixels, must be at most 178000000',
  });
});

Deno.test("400 mutated TIFF files are read or refused with a reason, never anything else", async () => {
  const random = createRandom(4711);
  const pick = (below: number) => random.integer(0, Math.max(0, below - 1));
  const file = await encodeTiff(picture, {
    keepAlpha: true,
    metadata: { dpi: { x: 300, y: 300 }, icc: new Uint8Array(60) },
  });
  let refused = 0;
  for (let i = 0; i < 400; i++) {
    const bad = file.slice(0, i % 4 === 0 ? pick(file.length) : file.length);
    // The directory is behind the pixels and is what a parser stumbles over.
    for (let n = pick(4); n >= 0; n--) {
      const at = random.uniform() < 0.3
        ? pick(bad.length)
        : bad.length - 1 - pick(Math.min(330, bad.length));
      bad[at] = random.uniform() < 0.5 ? pick(256) : [0, 255, 128, 1][pick(4)]!;
    }
    try {
      const { width, height } = readImageHeader(bad);
      if (width * height < 1e6) await decodeTiff(bad);
    } catch (error) {
      const { name, stack } = error as Error;
      assert.match(name, /^(InputError|SyntaxError|RangeError)$/, `case ${i}: ${stack}`);
      refused++;
    }
  }
  assert.ok(refused > 100 && refused < 400, `${refused} were refused`);
});
