import assert from "node:assert/strict";
import {
  frameBytes,
  huffmanBytes,
  quantTableBytes,
  scanBytes,
  segmentBytes,
} from "../../../../src/data/jpeg/marker_bytes.ts";

Deno.test("segmentBytes() counts the two bytes of its length", () => {
  assert.deepEqual([...segmentBytes(0xfe, [1, 2, 3])], [0xff, 0xfe, 0, 5, 1, 2, 3]);
  const longest = segmentBytes(0xe1, new Uint8Array(65533));
  assert.deepEqual([...longest.subarray(0, 4)], [0xff, 0xe1, 0xff, 0xff]);
});

Deno.test("quantTableBytes() takes 16 bits only where a step needs them", () => {
  const narrow = quantTableBytes(1, new Uint16Array(64).fill(255));
  assert.deepEqual([...narrow.subarray(0, 6)], [0xff, 0xdb, 0, 67, 0x01, 255]);
  const wide = quantTableBytes(2, new Uint16Array(64).fill(256));
  assert.deepEqual([...wide.subarray(0, 7)], [0xff, 0xdb, 0, 131, 0x12, 1, 0]);
});

Deno.test("frameBytes(), huffmanBytes() and scanBytes() are laid out as in B.2.2, B.2.4.2 and B.2.3", () => {
  const components = [{ id: 1, h: 2, v: 1, quantId: 0 }, { id: 9, h: 1, v: 1, quantId: 3 }];
  const frame = frameBytes(0xc2, { width: 300, height: 5, components });
  const wanted = [0xff, 0xc2, 0, 14, 8, 0, 5, 1, 44, 2, 1, 0x21, 0, 9, 0x11, 3];
  assert.deepEqual([...frame], wanted);
  const code = {
    counts: Uint8Array.from([1, ...new Array(15).fill(0)]),
    symbols: Uint8Array.of(5),
    codes: new Uint32Array(256),
  };
  const table = [0xff, 0xc4, 0, 20, 0x11, 1, ...new Array(15).fill(0), 5];
  assert.deepEqual([...huffmanBytes("ac", 1, code)], table);
  assert.equal(huffmanBytes("dc", 1, code)[4], 0x01);
  const scan = scanBytes({
    ...{ from: 1, to: 5, high: 2, low: 1 },
    components: [{ id: 9, dcTable: 1, acTable: 0 }],
  });
  assert.deepEqual([...scan], [0xff, 0xda, 0, 8, 1, 9, 0x10, 1, 5, 0x21]);
});
