import assert from "node:assert/strict";
import { isAvif, readAvifHeader } from "../../../../src/data/avif/avif_header.ts";
import { decodeAvif } from "../../../../src/data/avif/decode_avif.ts";
import { readImageHeader } from "../../../../src/data/image_header.ts";
import { createRandom } from "../../../../src/random.ts";

/** Files by avifenc of libavif 0.11. */
const { cases } = JSON.parse(
  await Deno.readTextFile(new URL("../../../oracle/fixtures/avif_files.json", import.meta.url)),
);
const fileOf = (name: string) =>
  Uint8Array.fromBase64(cases.avif.find((each: { name: string }) => each.name === name).file);
const [width, height] = cases.size;

Deno.test("readAvifHeader() reads size, depth, alpha and colour", () => {
  const plain = { width, height, bitDepth: 8, hasAlpha: false, orientation: 1, isGrey: false };
  assert.deepEqual(readAvifHeader(fileOf("lossless")), plain);
  assert.deepEqual(readAvifHeader(fileOf("lossless with alpha")), { ...plain, hasAlpha: true });
  assert.deepEqual(readAvifHeader(fileOf("10 bits")), { ...plain, bitDepth: 10 });
  assert.deepEqual(readAvifHeader(fileOf("12 bits with alpha")), {
    ...plain,
    bitDepth: 12,
    hasAlpha: true,
  });
  assert.deepEqual(readAvifHeader(fileOf("grey")), { ...plain, isGrey: true });
  const grid = readAvifHeader(Uint8Array.fromBase64(cases.grid.file));
  assert.deepEqual(grid, { ...plain, width: 128, height: 64 });
});

Deno.test("readAvifHeader() reads rotation and mirroring as the EXIF orientation", () => {
  for (const { orientation, file } of cases.turned) {
    assert.equal(readAvifHeader(Uint8Array.fromBase64(file)).orientation, orientation);
  }
});

Deno.test("readAvifHeader() refuses a sequence and a crop", () => {
  const sequence = Uint8Array.fromBase64(cases.sequence);
  assert.equal(isAvif(sequence), true);
  assert.throws(() => readAvifHeader(sequence), {
    message: "AVIF is animated, must be a still picture",
  });
  const cropped = renamed(fileOf("lossless"), "pixi", "clap");
  assert.throws(() => readAvifHeader(cropped), {
    message: "AVIF is cropped by its header, which is not read",
  });
});

Deno.test("readAvifHeader() refuses data that claims another size than the header", () => {
  const file = fileOf("lossless");
  const at = indexOf(file, "ispe");
  file[at + 11] = 99; // the last byte of the width
  assert.throws(() => readAvifHeader(file), {
    name: "SyntaxError",
    message: `AVIF states 99x${height}, its AV1 data ${width}x${height}`,
  });
});

Deno.test("isAvif() goes by all brands", () => {
  const start = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
  assert.equal(isAvif(start("\0\0\0\x18ftypmif1\0\0\0\0mif1avif")), true);
  assert.equal(isAvif(start("\0\0\0\x14ftypmif1\0\0\0\0mif1avif")), false); // behind the box
  assert.equal(isAvif(start("\0\0\0\x18ftypheic\0\0\0\0mif1heic")), false);
  assert.equal(isAvif(new Uint8Array(3)), false);
});

Deno.test("readImageHeader() says that an AVIF is cut short, at every length up to its pixels", () => {
  const file = fileOf("lossless with alpha");
  for (let length = 16; length < indexOf(file, "mdat"); length++) {
    assert.throws(() => readImageHeader(file.subarray(0, length)), {
      name: "InputError",
      message: /file is cut short|must be PNG/,
    });
  }
});

Deno.test("600 mutated AVIF files are read or refused with a reason, never anything else", async () => {
  const random = createRandom(31);
  const files = [fileOf("lossless with alpha"), Uint8Array.fromBase64(cases.described.file)];
  let [refused, damaged] = [0, 0];
  for (let i = 0; i < 600; i++) {
    const file = files[i % 2]!;
    const bad = file.slice(0, i % 5 === 0 ? random.integer(0, file.length) : file.length);
    for (let n = random.integer(0, 3); n >= 0 && bad.length > 0; n--) {
      const value = random.integer(0, 255);
      bad[random.integer(0, bad.length - 1)] = random.uniform() < 0.5 ? value : value & 0x81;
    }
    try {
      const { format, width, height } = readImageHeader(bad);
      if (format === "avif" && i % 4 === 0 && width * height < 1e6) await decodeAvif(bad);
    } catch (error) {
      const { name, stack } = error as Error;
      assert.match(name, /^(InputError|SyntaxError)$/, `case ${i}: ${stack}`);
      if (name === "InputError") refused++;
      else damaged++;
    }
  }
  assert.ok(refused > 60 && damaged > 5, `${refused} and ${damaged} were refused`);
});

function indexOf(bytes: Uint8Array, text: string): number {
  return new TextDecoder("latin1").decode(bytes).indexOf(text);
}

function renamed(bytes: Uint8Array, from: string, to: string): Uint8Array {
  const copy = bytes.slice();
  copy.set(new TextEncoder().encode(to), indexOf(bytes, from));
  return copy;
}
