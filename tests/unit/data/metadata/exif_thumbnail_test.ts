import assert from "node:assert/strict";
import { dropThumbnail, hasThumbnail } from "../../../../src/data/metadata/exif_thumbnail.ts";
import { latin1Text } from "../../../../src/data/metadata/join_bytes.ts";
import { EXIF } from "./picture_files.ts";

for (const { order, exif, withoutThumbnail } of EXIF) {
  Deno.test(`dropThumbnail() gives the ${order}-endian block that was laid out without one`, () => {
    // Its x resolution is the picture's own value as well, which stays.
    const before = exif.slice();
    assert.ok(hasThumbnail(exif));
    assert.match(latin1Text(exif), /what was there/);
    assert.deepEqual(dropThumbnail(exif), withoutThumbnail);
    assert.deepEqual(exif, before, "the input must not change");
    assert.ok(!hasThumbnail(withoutThumbnail));
    assert.deepEqual(dropThumbnail(withoutThumbnail), withoutThumbnail);
  });
}

/** Little-endian block with an empty picture's directory and one of a thumbnail with these tags. */
function block(entries: readonly (readonly number[])[], following: number, tail: number[]) {
  const bytes = new Uint8Array(14 + 2 + entries.length * 12 + 4 + tail.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0x49, 0x49, 42, 0, 8]);
  view.setUint32(10, 14, true);
  view.setUint16(14, entries.length, true);
  for (const [i, [tag, type, count, value]] of entries.entries()) {
    view.setUint16(16 + i * 12, tag!, true);
    view.setUint16(18 + i * 12, type!, true);
    view.setUint32(20 + i * 12, count!, true);
    view.setUint32(24 + i * 12, value!, true);
  }
  view.setUint32(16 + entries.length * 12, following, true);
  bytes.set(tail, bytes.length - tail.length);
  return bytes;
}

Deno.test("dropThumbnail() overwrites every strip of one that is not compressed", () => {
  // Two strips of 2 and 3 bytes at 52 and 54; their offsets and lengths stand at 57 and 65.
  const entries = [[0x0111, 4, 2, 57], [0x0117, 3, 2, 0x0003_0002]];
  const tail = [0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 52, 0, 0, 0, 54, 0, 0, 0];
  const bytes = block(entries, 0, tail);
  assert.deepEqual([...bytes.subarray(52, 57)], [1, 2, 3, 4, 5]);
  const clean = dropThumbnail(bytes);
  assert.ok(clean.subarray(8).every((byte) => byte === 0), [...clean].join(" "));
});

Deno.test("dropThumbnail() ends on directories in a circle and on ranges outside of the block", () => {
  const circle = block([[0x0201, 4, 1, 30], [0x0202, 4, 1, 4_000_000_000]], 14, [7, 7]);
  const clean = dropThumbnail(circle);
  assert.ok(!hasThumbnail(clean));
  assert.ok(clean.subarray(14).every((byte) => byte === 0));
  const nowhere = EXIF[0]!.exif.slice();
  new DataView(nowhere.buffer).setUint32(8 + 2 + 7 * 12, 60_000, true);
  assert.ok(hasThumbnail(nowhere));
  assert.ok(!hasThumbnail(dropThumbnail(nowhere)));
});

Deno.test("dropThumbnail() never overwrites the directories of the picture", () => {
  // The thumbnail claims all bytes to be its own.
  const { exif } = EXIF.find(({ order }) => order === "little")!;
  const greedy = exif.slice();
  const view = new DataView(greedy.buffer);
  const entry = view.getUint32(8 + 2 + 7 * 12, true) + 2 + 3 * 12;
  view.setUint32(entry + 8, 0, true);
  view.setUint32(entry + 12 + 8, exif.length, true);
  const clean = dropThumbnail(greedy);
  assert.deepEqual(clean.subarray(0, 94), exif.subarray(0, 94));
  assert.ok(!/what was there/.test(latin1Text(clean)));
});

Deno.test("hasThumbnail() is false for what is no block", () => {
  assert.equal(hasThumbnail(new Uint8Array(4)), false);
  assert.deepEqual(dropThumbnail(Uint8Array.of(5, 6)), Uint8Array.of(5, 6));
});
