import assert from "node:assert/strict";
import { inflateSync } from "node:zlib";
import { encodePng } from "../../../src/data/encode_png.ts";
import { pngChunks } from "../../../src/data/metadata/png_chunks.ts";

const RGBA = Uint8Array.of(10, 20, 30, 40, 13, 19, 30, 45);
const RGBA16 = Uint16Array.of(0x0a01, 0x1402, 0x1e03, 0x2804, 0x0b00, 0x1403, 0x1e03, 0x2805);

/** Depth and colour type, then the rows with their filter bytes. */
function opened(file: Uint8Array): number[] {
  const [header, data, end] = pngChunks(file);
  assert.deepEqual([header!.type, data!.type, end!.type], ["IHDR", "IDAT", "IEND"]);
  assert.deepEqual([...header!.data.subarray(0, 8)], [0, 0, 0, 2, 0, 0, 0, 1]);
  return [header!.data[8]!, header!.data[9]!, ...inflateSync(data!.data)];
}

// By hand: filter 1, the first pixel, then each byte less the one a pixel before, modulo 256.
for (
  const [what, keepAlpha, isGrey, expected] of [
    ["RGBA", true, false, [8, 6, 1, 10, 20, 30, 40, 3, 255, 0, 5]],
    ["RGB", false, false, [8, 2, 1, 10, 20, 30, 3, 255, 0]],
    ["grey with alpha", true, true, [8, 4, 1, 10, 40, 3, 5]],
    ["grey", false, true, [8, 0, 1, 10, 3]],
  ] as const
) {
  Deno.test(`encodePng() writes ${what} of 8 bits`, async () => {
    const file = await encodePng({ width: 2, height: 1, rgba: RGBA }, { keepAlpha, isGrey });
    assert.deepEqual(opened(file), expected);
  });
}

Deno.test("encodePng() writes 16 bits, upper byte first", async () => {
  const image = { width: 2, height: 1, rgba: RGBA, rgba16: RGBA16 };
  const colour = await encodePng(image, { keepAlpha: true, isGrey: false });
  assert.deepEqual(
    opened(colour),
    [16, 6, 1, 10, 1, 20, 2, 30, 3, 40, 4, 1, 255, 0, 1, 0, 0, 0, 1],
  );
  const grey = await encodePng(image, { keepAlpha: false, isGrey: true });
  assert.deepEqual(opened(grey), [16, 0, 1, 10, 1, 1, 255]);
});
