import assert from "node:assert/strict";
import {
  compareMetadata,
  type MetadataComparisonRequest,
} from "../../../../src/data/certificate/compare_metadata.ts";
import type { PictureMetadata } from "../../../../src/data/metadata/picture_metadata.ts";

/** No more of a profile than tells that it is one. */
function profile(space: string, length = 140): Uint8Array {
  const icc = new Uint8Array(length);
  new DataView(icc.buffer).setUint32(0, length);
  icc.set(new TextEncoder().encode(space), 16);
  icc.set(new TextEncoder().encode("acsp"), 36);
  return icc;
}

const full: PictureMetadata = {
  icc: profile("RGB "),
  xmp: Uint8Array.of(1, 2),
  dpi: { x: 300, y: 300 },
  texts: [{ type: "tEXt", data: Uint8Array.of(7) }],
};

function compare(
  before: PictureMetadata,
  after: PictureMetadata,
  rest: Partial<MetadataComparisonRequest> = {},
) {
  return compareMetadata({ before, after, format: "png", isGrey: false, ...rest });
}

Deno.test("compareMetadata() says same and none", () => {
  assert.equal(compare(full, full), "same");
  assert.equal(compare(full, { ...full, comments: [Uint8Array.of(1)] }), "same"); // more is no loss
  assert.equal(compare({}, full), "none");
});

Deno.test("compareMetadata() names what is lost and what changed", () => {
  const { icc: _, ...rest } = full;
  assert.deepEqual(compare(full, rest), { lost: ["colour profile"], changed: [], unsupported: [] });
  const changes: readonly (readonly [PictureMetadata, string])[] = [
    [{ icc: profile("RGB ", 141) }, "colour profile"],
    [{ xmp: Uint8Array.of(1, 3) }, "XMP"],
    [{ dpi: { x: 300, y: 300.03 } }, "resolution"],
    [{ texts: [{ type: "tEXt", data: Uint8Array.of(8) }] }, "text chunks"],
    [{ texts: [] }, "text chunks"],
  ];
  for (const [change, name] of changes) {
    const expected = { lost: [], changed: [name], unsupported: [] };
    assert.deepEqual(compare(full, { ...full, ...change }), expected);
  }
});

Deno.test("compareMetadata() finds the comment of a JPEG among the texts of a PNG", () => {
  const ascii = (text: string) => new TextEncoder().encode(text);
  const before = { comments: [ascii("hello")] };
  const text = (data: string) => ({ texts: [{ type: "tEXt", data: ascii(data) } as const] });
  assert.equal(compare(before, text("Comment\0hello")), "same");
  assert.deepEqual(compare(before, text("Comment\0other")), {
    ...{ lost: [], unsupported: [] },
    changed: ["text chunks"],
  });
});

Deno.test("compareMetadata() lets a resolution be rounded as the format does", () => {
  const rounded = { ...full, dpi: { x: 299.9994, y: 300 } }; // 11811 pixels per metre
  assert.equal(compare(full, rounded), "same");
  const half = { ...full, dpi: { x: 300.4, y: 300 } };
  assert.notEqual(compare(full, half), "same");
  assert.equal(compare(full, half, { format: "jpeg" }), "same");
});

Deno.test("compareMetadata() tells what the format has no place for", () => {
  const unsupported = (found: ReturnType<typeof compare>) =>
    typeof found === "string" ? found : found.unsupported;
  assert.deepEqual(unsupported(compare(full, {}, { format: "avif" })), ["text chunks"]);
  assert.deepEqual(unsupported(compare(full, {}, { format: "bmp" })), [
    ...["colour profile", "XMP", "resolution", "text chunks"],
  ]);
  // A WebP states its resolution in Exif, into which nothing is put if there is one.
  const empty = Uint8Array.of(0x49, 0x49, 42, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  assert.deepEqual(unsupported(compare({ ...full, exif: empty }, {}, { format: "webp" })), [
    ...["resolution", "text chunks"],
  ]);
  const { texts: _, ...held } = full;
  assert.deepEqual(unsupported(compare(full, held, { format: "tiff" })), ["text chunks"]);
  // A grey file cannot have the profile of a coloured one.
  assert.deepEqual(compare({ icc: full.icc! }, {}, { isGrey: true }), {
    ...{ lost: [], changed: [] },
    unsupported: ["colour profile"],
  });
  const grey = { icc: profile("GRAY") };
  assert.deepEqual(compare(grey, {}, { isGrey: true }), {
    ...{ lost: ["colour profile"], changed: [] },
    unsupported: [],
  });
  // A segment of a JPEG has at most 65533 bytes.
  const long = { xmp: new Uint8Array(70_000) };
  assert.deepEqual(unsupported(compare(long, {}, { format: "jpeg" })), ["XMP"]);
});

/** An empty directory, and behind it one for a thumbnail, empty too. */
const WITH_THUMBNAIL = Uint8Array.of(
  ...[0x49, 0x49, 42, 0, 8, 0, 0, 0],
  ...[0, 0, 14, 0, 0, 0],
  ...[0, 0, 0, 0, 0, 0],
);

Deno.test("compareMetadata() wants thumbnails of the old picture gone", () => {
  const without = WITH_THUMBNAIL.slice();
  without[10] = 0;
  assert.equal(compare({ exif: WITH_THUMBNAIL }, { exif: without }), "same");
  assert.deepEqual(compare({ exif: WITH_THUMBNAIL }, { exif: WITH_THUMBNAIL }), {
    ...{ lost: [], unsupported: [] },
    changed: ["thumbnail, which shows the old picture"],
  });
});
