import assert from "node:assert/strict";
import { openZip } from "../../../../src/checkpoint/import/zip_archive.ts";
import { WeightsError } from "../../../../src/errors.ts";
import { bytesOf, littleEndian, makeZip } from "../../../support/foreign_bytes.ts";

const options = { name: "a.pth" };
const content = Uint8Array.from({ length: 5000 }, (_, i) => i % 7);
const entries = new Map([["x/one", content], ["x/two", Uint8Array.of(1, 2)], [
  "x/none",
  new Uint8Array(),
]]);

function refused(pattern: RegExp) {
  return (error: unknown) => {
    assert.ok(error instanceof WeightsError, String(error));
    assert.match(error.message, pattern);
    return true;
  };
}

/** A changed copy. */
function patched(bytes: Uint8Array, at: number, ...values: readonly number[]): Uint8Array {
  const copy = bytes.slice();
  copy.set(values, at < 0 ? copy.length + at : at);
  return copy;
}

/** Where the directory begins, as the end record says. */
function directoryOf(bytes: Uint8Array): number {
  return new DataView(bytes.buffer).getUint32(bytes.length - 6, true);
}

for (const deflate of [false, true]) {
  Deno.test(`openZip() reads entries that are ${deflate ? "deflated" : "stored"}`, async () => {
    const archive = openZip(await makeZip(entries, { deflate }), options);
    assert.deepEqual([...archive.entries.keys()], [...entries.keys()]);
    assert.equal(archive.entries.get("x/one")!.sizeBytes, 5000);
    for (const [name, bytes] of entries) {
      assert.deepEqual(new Uint8Array(await archive.read(name)), bytes, name);
    }
  });
}

Deno.test("openZip() finds the directory before a comment, even one that looks like an end", async () => {
  const zip = await makeZip(entries);
  const comment = bytesOf("PK\x05\x06", new Uint8Array(30));
  const commented = bytesOf(patched(zip, -2, comment.length), comment);
  assert.equal(openZip(commented, options).entries.size, 3);
});

Deno.test("openZip() takes sizes and places of 64 bits", async () => {
  const zip = await makeZip(new Map([["a", Uint8Array.of(5, 6, 7)]]));
  const at = directoryOf(zip);
  // The same directory with all three fields moved to a zip64 field, and zip64 end records.
  const wide = bytesOf(
    littleEndian(1, 2),
    littleEndian(24, 2),
    ...[3, 3, 0].map((n) => littleEndian(n, 8)),
  );
  const full = [255, 255, 255, 255];
  const entry = bytesOf(zip.slice(at, at + 47), wide);
  entry.set([...full, ...full], 20);
  entry.set(littleEndian(wide.length, 2), 30);
  entry.set(full, 42);
  const end64 = at + entry.length;
  const bytes = bytesOf(
    zip.slice(0, at),
    entry,
    bytesOf(
      "PK\x06\x06",
      littleEndian(44, 8),
      new Uint8Array(12),
      littleEndian(1, 8),
      littleEndian(1, 8),
    ),
    bytesOf(littleEndian(entry.length, 8), littleEndian(at, 8)),
    bytesOf("PK\x06\x07", new Uint8Array(4), littleEndian(end64, 8), littleEndian(1, 4)),
    bytesOf("PK\x05\x06", new Uint8Array(4), 255, 255, 255, 255, ...full, ...full, 0, 0),
  );
  assert.deepEqual([...await openZip(bytes, options).read("a")], [5, 6, 7]);
});

Deno.test("openZip() refuses what is cut off at any byte", async () => {
  const zip = await makeZip(new Map([["a", Uint8Array.of(5, 6, 7)]]));
  for (let length = 0; length < zip.length; length++) {
    assert.throws(() => openZip(zip.slice(0, length), options), refused(/has no directory/));
  }
});

Deno.test("read() refuses a wrong checksum, a missing file and an encrypted one", async () => {
  const zip = await makeZip(entries);
  const flipped = openZip(patched(zip, 40, 99), options);
  await assert.rejects(
    flipped.read("x/one"),
    refused(/"x\/one" is damaged: its checksum is wrong/),
  );
  await assert.rejects(flipped.read("x/three"), refused(/archive has no file "x\/three"/));
  const locked = openZip(patched(zip, directoryOf(zip) + 8, 1), options);
  await assert.rejects(locked.read("x/one"), refused(/"x\/one" is encrypted/));
  const strange = openZip(patched(zip, directoryOf(zip) + 10, 12), options);
  await assert.rejects(strange.read("x/one"), refused(/compressed by method 12/));
});

Deno.test("read() never unpacks further than stated, nor allocates what cannot be", async () => {
  const zip = await makeZip(new Map([["a", content]]), { deflate: true });
  const sizeAt = directoryOf(zip) + 24;
  const short = openZip(patched(zip, sizeAt, 10, 0, 0, 0), options);
  await assert.rejects(short.read("a"), refused(/"a" cannot be unpacked/));
  const large = openZip(patched(zip, sizeAt, 0, 0, 0, 1), options);
  await assert.rejects(
    large.read("a"),
    refused(/said to unpack to 16777216 bytes, more than \d+ can/),
  );
  const huge = openZip(patched(zip, sizeAt, 0, 0, 0, 200), options);
  await assert.rejects(huge.read("a"), refused(/"a" alone to 3355443200 bytes of \d+$/));
  const long = openZip(patched(zip, sizeAt, 0x89, 0x13, 0, 0), options);
  await assert.rejects(long.read("a"), refused(/has 5000 bytes, must have 5001/));
});

Deno.test("read() unpacks all together no more than a file of this size is believed", async () => {
  // 40 MB of zeros in 40 kB; the limit is 64 MiB and four times the file.
  const zeros = new Uint8Array(40_000_000);
  const zip = await makeZip(new Map([["a", zeros], ["b", zeros]]), { deflate: true });
  const archive = openZip(zip, options);
  assert.equal((await archive.read("a")).length, zeros.length);
  await assert.rejects(archive.read("b"), refused(/"b" alone to 40000000 bytes of \d+$/));
});

Deno.test("an entry's name is a name, wherever it points", async () => {
  const names = ["../../outside", "/etc/passwd", "C:\\x"];
  const zip = await makeZip(new Map(names.map((name) => [name, content])));
  const archive = openZip(zip, options);
  assert.deepEqual([...archive.entries.keys()], names);
  // Nothing is ever written by it: the bytes come back, and that is all.
  for (const name of names) assert.deepEqual(await archive.read(name), content);
  await assert.rejects(archive.read("a\nb"), refused(/archive has no file "a\\nb"$/));
});

Deno.test("openZip() refuses a directory that lies", async () => {
  const zip = await makeZip(entries);
  assert.throws(
    () => openZip(patched(zip, -12, 255, 255), options),
    refused(/said to have 65535 files/),
  );
  assert.throws(
    () => openZip(patched(zip, directoryOf(zip), 0), options),
    refused(/directory is damaged/),
  );
  const twice = await makeZip(new Map([["a", content], ["b", content]]));
  twice.set([97], directoryOf(twice) + 47 + 46);
  assert.throws(() => openZip(twice, options), refused(/two files "a"/));
});
