import assert from "node:assert/strict";
import { bytesOf, listIsoBoxes } from "../../../../src/data/avif/iso_boxes.ts";

/** A box of 10 bytes, one with a 64-bit size of 17, and one that goes on to the end. */
const BOXES = Uint8Array.of(
  ...[0, 0, 0, 10, 0x61, 0x61, 0x61, 0x61, 1, 2],
  ...[0, 0, 0, 1, 0x62, 0x62, 0x62, 0x62, 0, 0, 0, 0, 0, 0, 0, 17, 3],
  ...[0, 0, 0, 0, 0x63, 0x63, 0x63, 0x63, 4, 5, 6],
);
const view = new DataView(BOXES.buffer);

Deno.test("listIsoBoxes() reads sizes of 32 and 64 bits and up to the end", () => {
  assert.deepEqual(listIsoBoxes(view, { start: 0, end: 38 }), [
    { type: "aaaa", start: 8, end: 10 },
    { type: "bbbb", start: 26, end: 27 },
    { type: "cccc", start: 35, end: 38 },
  ]);
});

Deno.test("listIsoBoxes() refuses boxes that reach too far or are no boxes", () => {
  assert.throws(() => listIsoBoxes(view, { start: 0, end: 9 }), { name: "RangeError" });
  assert.throws(() => listIsoBoxes(view, { start: 0, end: 12 }), { name: "RangeError" });
  const tiny = new DataView(Uint8Array.of(0, 0, 0, 7, 0x61, 0x61, 0x61, 0x61).buffer);
  assert.throws(() => listIsoBoxes(tiny, { start: 0, end: 8 }), {
    name: "SyntaxError",
    message: "AVIF has a box of 7 bytes at byte 0, the file is damaged",
  });
});

Deno.test("listIsoBoxes() gives up on a file that is all boxes", () => {
  const many = new Uint8Array(8 * 10_001);
  for (let at = 3; at < many.length; at += 8) many[at] = 8;
  const end = many.length;
  assert.throws(() => listIsoBoxes(new DataView(many.buffer), { start: 0, end }), {
    name: "SyntaxError",
  });
});

Deno.test("bytesOf() is a window that must fit", () => {
  assert.deepEqual([...bytesOf(view, 8, 2)], [1, 2]);
  assert.throws(() => bytesOf(view, 30, 9), { name: "RangeError" });
});
