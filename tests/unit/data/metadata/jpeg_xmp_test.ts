import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { latin1Bytes } from "../../../../src/data/metadata/join_bytes.ts";
import {
  EXTENDED_SIGNATURE,
  readExtendedXmp,
  XMP_SIGNATURE,
  xmpSegments,
} from "../../../../src/data/metadata/jpeg_xmp.ts";

const EXTENDED = Uint8Array.from({ length: 150_000 }, (_, i) => i % 251);
const GUID = createHash("md5").update(EXTENDED).digest("hex").toUpperCase();
const XMP = latin1Bytes(`<x xmpNote:HasExtendedXMP="${GUID}"/>`);
const contentsOf = (segments: Uint8Array[]) => segments.map((segment) => segment.subarray(4));

Deno.test("xmpSegments() writes the first packet behind its signature", () => {
  const [segment, ...others] = xmpSegments(XMP);
  assert.deepEqual(others, []);
  const text = new TextDecoder("latin1").decode(segment);
  assert.equal(text.slice(0, 2), "\xff\xe1");
  assert.equal(text.slice(4), `${XMP_SIGNATURE}<x xmpNote:HasExtendedXMP="${GUID}"/>`);
});

Deno.test("readExtendedXmp() puts together what xmpSegments() cut, in any order", () => {
  const segments = xmpSegments(XMP, EXTENDED);
  // 65533 - 35 - 40 = 65458 bytes a piece.
  assert.deepEqual(segments.map(({ length }) => length), [
    4 + 29 + XMP.length,
    65537,
    65537,
    4 + 75 + 150_000 - 2 * 65458,
  ]);
  const piece = new TextDecoder("latin1").decode(segments[1]!.subarray(4, 4 + 35 + 40));
  assert.equal(piece, `${EXTENDED_SIGNATURE}${GUID}\0\x02\x49\xf0\0\0\0\0`); // 150000 = 0x249f0
  assert.deepEqual(readExtendedXmp(contentsOf(segments).toReversed(), XMP, 1e6), EXTENDED);
  const element = latin1Bytes(`<xmpNote:HasExtendedXMP>${GUID}</xmpNote:HasExtendedXMP>`);
  assert.deepEqual(readExtendedXmp(contentsOf(segments), element, 1e6), EXTENDED);
});

Deno.test("readExtendedXmp() gives nothing for what is not named, incomplete, other or too large", () => {
  const contents = contentsOf(xmpSegments(XMP, EXTENDED));
  assert.equal(readExtendedXmp(contents, latin1Bytes("<x/>"), 1e6), undefined);
  assert.equal(readExtendedXmp(contents.slice(0, -1), XMP, 1e6), undefined);
  assert.equal(readExtendedXmp(contents, XMP, 149_999), undefined);
  assert.equal(readExtendedXmp([], XMP, 1e6), undefined);
  const outside = contents[2]!.slice();
  new DataView(outside.buffer).setUint32(35 + 32 + 4, 149_000);
  assert.equal(readExtendedXmp([outside], XMP, 1e6), undefined);
  const short = contents[2]!.subarray(0, 35 + 32 + 3);
  assert.equal(readExtendedXmp([short], XMP, 1e6), undefined);
});
