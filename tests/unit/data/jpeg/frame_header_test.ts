import assert from "node:assert/strict";
import { readFrameHeader, readQuantTables } from "../../../../src/data/jpeg/frame_header.ts";
import { InputError } from "../../../../src/errors.ts";

/** 33x17 pixels with colour at a quarter of them. */
const CONTENT = [8, 0, 17, 0, 33, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1];

/** The header with some bytes changed. */
function changed(changes: Readonly<Record<number, number>>): Uint8Array {
  const content = Uint8Array.from(CONTENT);
  for (const [at, value] of Object.entries(changes)) content[Number(at)] = value;
  return content;
}

Deno.test("readFrameHeader() counts blocks in whole units", () => {
  const { width, height, isProgressive, components } = readFrameHeader(0xc2, changed({}));
  assert.deepEqual([width, height, isProgressive], [33, 17, true]);
  const blocks = components.map(({ blocksWide, blocksHigh }) => [blocksWide, blocksHigh]);
  assert.deepEqual(blocks, [[6, 4], [3, 2], [3, 2]]);
  assert.deepEqual(components[0], {
    ...{ id: 1, h: 2, v: 2, quantId: 0, blocksWide: 6, blocksHigh: 4 },
  });
});

Deno.test("readFrameHeader() gives a single component units of one block whatever its factors", () => {
  const grey = Uint8Array.of(8, 0, 17, 0, 33, 1, 1, 0x22, 0);
  const { components, isProgressive } = readFrameHeader(0xc0, grey);
  assert.deepEqual([components[0]!.blocksWide, components[0]!.blocksHigh], [5, 3]);
  assert.equal(isProgressive, false);
});

Deno.test("readFrameHeader() refuses other kinds and damage", () => {
  const refused = (message: RegExp, marker: number, content: Uint8Array) =>
    assert.throws(() => readFrameHeader(marker, content), (error: unknown) => {
      assert.ok(error instanceof InputError);
      assert.match(error.message, message);
      return true;
    });
  refused(/lossless or hierarchical/, 0xc3, changed({}));
  refused(/arithmetic-coded/, 0xc9, changed({}));
  refused(/12 bits per sample, must be 8/, 0xc1, changed({ 0: 12 }));
  refused(/size is 33x0/, 0xc0, changed({ 2: 0 }));
  refused(/2 components, must be 1, 3 or 4/, 0xc0, changed({ 5: 2 }).subarray(0, 12));
  refused(/damaged/, 0xc0, changed({ 5: 4 }));
  refused(/damaged/, 0xc0, changed({ 7: 0x52 }));
  refused(/damaged/, 0xc0, changed({ 7: 0x20 }));
  refused(/damaged/, 0xc0, changed({ 8: 4 }));
  refused(/damaged/, 0xc0, changed({ 9: 1 }));
  refused(/damaged/, 0xc0, new Uint8Array());
});

Deno.test("readQuantTables() reads steps of 8 and 16 bits and refuses damage", () => {
  const tables: (Uint16Array | undefined)[] = [];
  const narrow = [0x01, ...Array.from({ length: 64 }, (_, k) => k + 1)];
  const wide = [0x12, ...Array.from({ length: 64 }, (_, k) => [1, k]).flat()];
  readQuantTables(Uint8Array.from([...narrow, ...wide]), tables);
  assert.deepEqual([tables[0], tables[1]![63], tables[2]![5]], [undefined, 64, 261]);
  for (const bad of [[0x04, ...narrow.slice(1)], [0x21, ...wide.slice(1)], narrow.slice(1, 40)]) {
    assert.throws(() => readQuantTables(Uint8Array.from(bad), []), InputError);
  }
  const zero = Uint8Array.from(narrow);
  zero[9] = 0;
  assert.throws(() => readQuantTables(zero, []), InputError);
});
