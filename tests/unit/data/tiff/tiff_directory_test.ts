import assert from "node:assert/strict";
import {
  openTiff,
  readTiffDirectory,
  readTiffNumbers,
} from "../../../../src/data/tiff/tiff_directory.ts";

/** Little-endian: width 300 as SHORT, three SHORTs behind the directory, a tag of an unknown type, tag 256 again. */
const FILE = Uint8Array.of(
  ...[0x49, 0x49, 42, 0, 8, 0, 0, 0],
  ...[4, 0],
  ...[0, 1, 3, 0, 1, 0, 0, 0, 44, 1, 0, 0],
  ...[2, 1, 3, 0, 3, 0, 0, 0, 62, 0, 0, 0],
  ...[3, 1, 99, 0, 1, 0, 0, 0, 0, 0, 0, 0],
  ...[0, 1, 4, 0, 1, 0, 0, 0, 1, 0, 0, 0],
  ...[9, 0, 0, 0],
  ...[8, 0, 9, 0, 10, 0],
);

Deno.test("readTiffDirectory() reads values in place and behind, of a repeated tag the first", () => {
  const source = openTiff(FILE);
  const { fields, next } = readTiffDirectory(source, source.first);
  assert.deepEqual([...fields.keys()], [256, 258]);
  assert.equal(next, 9);
  const numbers = (tag: number) => readTiffNumbers(source, { field: fields.get(tag), most: 3 });
  assert.deepEqual([...numbers(256)!], [300]);
  assert.deepEqual([...numbers(258)!], [8, 9, 10]);
  assert.equal(numbers(1), undefined);
  const field = fields.get(258);
  assert.throws(() => readTiffNumbers(source, { field, most: 2 }), { name: "SyntaxError" });
});

Deno.test("readTiffDirectory() refuses what lies outside", () => {
  const source = openTiff(FILE.subarray(0, 64));
  assert.throws(() => readTiffDirectory(source, 8), /TIFF tag 258 ends behind the file/);
  assert.throws(() => readTiffDirectory(source, 63), RangeError);
  const many = FILE.slice();
  many[9] = 255;
  assert.throws(() => readTiffDirectory(openTiff(many), 8), /65284 tags in a directory/);
});

Deno.test("openTiff() refuses other files", () => {
  const start = (...bytes: number[]) => () => openTiff(Uint8Array.from(bytes));
  assert.throws(start(0x49, 0x4d, 42, 0, 8, 0, 0, 0), /no byte order mark/);
  assert.throws(start(0x49, 0x49, 43, 0, 8, 0, 0, 0), /BigTIFF/);
  assert.throws(start(0x4d, 0x4d, 0, 7, 8, 0, 0, 0), /has version 7, must be 42/);
  assert.throws(start(0x4d, 0x4d, 0, 42), RangeError);
});
