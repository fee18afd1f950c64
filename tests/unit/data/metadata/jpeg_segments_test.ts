import assert from "node:assert/strict";
import {
  findJpegEnd,
  jpegSegment,
  jpegSegments,
  MAX_SEGMENT,
} from "../../../../src/data/metadata/jpeg_segments.ts";
import { FILES } from "./picture_files.ts";

Deno.test("jpegSegments() lists what stands in front of the first scan", () => {
  // Start, COM "ab" behind a fill byte, DQT of one byte, scan header, data, end.
  const file = Uint8Array.of(
    ...[0xff, 0xd8, 0xff, 0xff, 0xfe, 0, 4, 97, 98, 0xff, 0xdb, 0, 3, 7],
    ...[0xff, 0xda, 0, 2, 1, 2, 0xff, 0xd9],
  );
  assert.deepEqual(
    jpegSegments(file).map(({ marker, start, end, content }) => [marker, start, end, ...content]),
    [[0xfe, 3, 9, 97, 98], [0xdb, 9, 14, 7]],
  );
  assert.equal(jpegSegments(file.subarray(0, 13)).length, 1, "the second one is cut short");
  assert.deepEqual(jpegSegments(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 1)), [], "length below 2");
  assert.deepEqual(jpegSegments(new Uint8Array(3)), []);
});

Deno.test("findJpegEnd() passes the end marker of a thumbnail, stuffed bytes and restarts", () => {
  // The 9 bytes of the comment hold 0xffd9; the scan has a stuffed 0xff and a restart marker.
  const file = Uint8Array.of(
    ...[0xff, 0xd8, 0xff, 0xfe, 0, 4, 0xff, 0xd9, 0xff, 0xda, 0, 2],
    ...[1, 0xff, 0, 0xff, 0xd3, 2, 0xff, 0xd9, 3, 3],
  );
  assert.equal(findJpegEnd(file), 20);
  for (let length = 0; length < 20; length++) {
    assert.equal(findJpegEnd(file.subarray(0, length)), undefined, `cut to ${length}`);
  }
  assert.equal(findJpegEnd(FILES.jpeg), FILES.jpeg.length);
});

Deno.test("jpegSegment() writes a length that counts itself, and refuses more than 65533 bytes", () => {
  assert.deepEqual([...jpegSegment(0xfe, [1], Uint8Array.of(2, 3))], [0xff, 0xfe, 0, 5, 1, 2, 3]);
  assert.equal(jpegSegment(0xe1, new Uint8Array(MAX_SEGMENT)).length, 65537);
  assert.throws(() => jpegSegment(0xe1, new Uint8Array(MAX_SEGMENT), [1]), {
    name: "RangeError",
    message: "Cannot write a JPEG segment: it has 65534 bytes, must be at most 65533",
  });
});
