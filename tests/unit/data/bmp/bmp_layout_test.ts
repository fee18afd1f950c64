import assert from "node:assert/strict";
import { readBmpLayout } from "../../../../src/data/bmp/bmp_layout.ts";
import { decodeBmp } from "../../../../src/data/bmp/decode_bmp.ts";
import { readImageHeader } from "../../../../src/data/image_header.ts";
import { createRandom } from "../../../../src/random.ts";

/** Head of a bitmap of 3x2 pixels, and its rows: 24 bits take 12 bytes a row, padded from 9. */
function bmp(changes: Readonly<Record<number, number>> = {}, bits = 24): Uint8Array {
  const rowBytes = Math.ceil((3 * bits) / 32) * 4;
  const file = new Uint8Array(54 + 2 * rowBytes);
  const view = new DataView(file.buffer);
  file.set([0x42, 0x4d]);
  const fields = { 10: 54, 14: 40, 18: 3, 22: 2, ...changes };
  for (const [at, value] of Object.entries(fields)) view.setInt32(Number(at), value, true);
  view.setUint16(28, bits, true);
  return file;
}

Deno.test("readBmpLayout() reads size, depth and place of the rows", () => {
  const { width, height, bits, isBottomUp, start, rowBytes, hasAlpha } = readBmpLayout(bmp());
  assert.deepEqual([width, height, bits, isBottomUp, start, rowBytes, hasAlpha], [
    ...[3, 2, 24, true, 54, 12, false],
  ]);
  assert.equal(readBmpLayout(bmp({ 22: -2 })).isBottomUp, false);
  assert.equal(readBmpLayout(bmp({}, 32)).hasAlpha, false); // four bytes, the last unused
});

Deno.test("readBmpLayout() names what it does not read", () => {
  const refused: readonly (readonly [Uint8Array, RegExp])[] = [
    [bmp({ 14: 12 }), /BMP is of OS\/2 or damaged, must be of Windows/],
    [bmp({}, 16), /has 16 bits per pixel, must be 1, 4, 8, 24 or 32/],
    [bmp({ 30: 1 }, 8), /is compressed with run lengths/],
    [bmp({ 30: 3 }, 32), /colours in an unusual order/], // masks of zero
    [bmp({ 18: 0 }), /size is 0x2/],
    [bmp({ 18: -5 }), /size is -5x2/],
  ];
  for (const [file, message] of refused) assert.throws(() => readBmpLayout(file), { message });
  assert.throws(() => readBmpLayout(bmp({ 22: 3 })), { name: "RangeError" });
});

Deno.test("300 mutated bitmaps are read or refused with a reason, never anything else", () => {
  const random = createRandom(12);
  let refused = 0;
  for (let i = 0; i < 300; i++) {
    const bad = bmp({}, [1, 4, 8, 24, 32][i % 5]);
    for (let n = random.integer(0, 2); n >= 0; n--) {
      bad[random.integer(2, 53)] = random.integer(0, 255);
    }
    const cut = bad.subarray(0, i % 3 === 0 ? random.integer(14, bad.length) : bad.length);
    try {
      readImageHeader(cut);
      decodeBmp(cut);
    } catch (error) {
      assert.match((error as Error).name, /^(InputError|SyntaxError|RangeError)$/);
      refused++;
    }
  }
  assert.ok(refused > 50 && refused < 300, `${refused} were refused`);
});
