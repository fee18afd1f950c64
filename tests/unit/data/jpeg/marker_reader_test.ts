import assert from "node:assert/strict";
import {
  isPlainSegment,
  jpegError,
  readAdobeTransform,
  readMarker,
  readScanData,
} from "../../../../src/data/jpeg/marker_reader.ts";
import { InputError } from "../../../../src/errors.ts";

const bytes = (...values: number[]) => Uint8Array.from(values);

Deno.test("readMarker() leaves fill bytes out and says where it ends", () => {
  const file = bytes(7, 0xff, 0xff, 0xff, 0xfe, 0, 4, 1, 2, 3);
  const { marker, content, end } = readMarker(file, 1);
  assert.deepEqual([marker, [...content], end], [0xfe, [1, 2], 9]);
  assert.equal(readMarker(bytes(0xff, 0xd9), 0).end, 2);
});

Deno.test("readMarker() refuses what is none or not whole", () => {
  const refused = (file: Uint8Array, message: RegExp) =>
    assert.throws(() => readMarker(file, 0), (error: unknown) => {
      assert.ok(error instanceof InputError);
      assert.match(error.message, message);
      return true;
    });
  refused(bytes(1, 2), /no marker at byte 0/);
  refused(bytes(), /cut short, it ends after 0 bytes/);
  refused(bytes(0xff), /cut short/);
  refused(bytes(0xff, 0xff, 0xff), /cut short/);
  refused(bytes(0xff, 0xe0, 0), /cut short/);
  refused(bytes(0xff, 0xe0, 0, 9, 1), /cut short/);
  refused(bytes(0xff, 0xe0, 0, 1), /no place there/);
  refused(bytes(0xff, 0xd3, 0, 4, 0, 0), /no place there/);
  assert.equal(jpegError("why").message, "Cannot read JPEG: why");
});

Deno.test("readScanData() takes zeros behind 0xff and restart markers out", () => {
  const file = bytes(9, 1, 0xff, 0, 2, 0xff, 0xd0, 3, 0xff, 0xff, 0, 0xff, 0xd1, 0xff, 0xd9);
  const { data, ends, end } = readScanData(file, 1);
  assert.deepEqual([[...ends], end], [[3, 6, 6], 13]);
  assert.deepEqual([...data.subarray(0, 7)], [1, 0xff, 2, 3, 0xff, 0xff, 0]);
  assert.ok(data.length >= 6 + 256, "a block may be read from the end on");
});

Deno.test("readScanData() refuses an open end and restart markers out of order", () => {
  assert.throws(() => readScanData(bytes(1, 2, 3), 0), InputError);
  assert.throws(() => readScanData(bytes(1, 0xff), 0), InputError);
  const skipped = bytes(1, 0xff, 0xd1, 2, 0xff, 0xd9);
  assert.throws(() => readScanData(skipped, 0), /restart marker is missing before byte 1/);
});

Deno.test("readAdobeTransform() and isPlainSegment() tell segments apart", () => {
  const content = bytes(...new TextEncoder().encode("Adobe"), 0, 100, 0, 0, 0, 0, 2);
  assert.equal(readAdobeTransform({ marker: 0xee, content }), 2);
  assert.equal(readAdobeTransform({ marker: 0xed, content }), undefined);
  assert.equal(readAdobeTransform({ marker: 0xee, content: content.subarray(0, 11) }), undefined);
  assert.deepEqual([0xdf, 0xe0, 0xef, 0xf0, 0xfe].map(isPlainSegment), [
    ...[false, true, true, false, true],
  ]);
});
