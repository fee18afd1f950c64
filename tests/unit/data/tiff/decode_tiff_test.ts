import assert from "node:assert/strict";
import { decodeTiff } from "../../../../src/data/tiff/decode_tiff.ts";

/** Files by ImageMagick and libtiff, and the pixels that ImageMagick reads in them. */
interface TiffCase {
  readonly name: string;
  readonly file: string;
  readonly depth: number;
  readonly rgba: number | null;
}
const { cases } = JSON.parse(
  await Deno.readTextFile(
    new URL("../../../oracle/fixtures/tiff_files.json", import.meta.url),
  ),
);
const CASES: readonly TiffCase[] = cases.tiff;
const [WIDTH, HEIGHT] = cases.size;
const fileOf = (name: string) => Uint8Array.fromBase64(CASES.find((c) => c.name === name)!.file);

/** The differences are those of rounding: ImageMagick divides by alpha in 16 bits. */
const TOLERANCE: Readonly<Record<string, number>> = { "rgba, multiplied": 1 };

for (const { name, file, depth, rgba } of CASES) {
  if (rgba === null) continue;
  Deno.test(`decodeTiff() reads what ImageMagick reads: ${name}`, async () => {
    const picture = await decodeTiff(Uint8Array.fromBase64(file));
    assert.deepEqual([picture.width, picture.height], [WIDTH, HEIGHT]);
    const bytes = Uint8Array.fromBase64(cases.pictures[rgba]);
    const expected = depth === 16 ? new Uint16Array(bytes.buffer) : bytes;
    assert.equal(picture.rgba16 === undefined, depth === 8);
    const actual = picture.rgba16 ?? picture.rgba;
    assert.equal(actual.length, expected.length);
    let worst = 0;
    for (const [i, value] of expected.entries()) {
      worst = Math.max(worst, Math.abs(value - actual[i]!));
    }
    assert.ok(worst <= (TOLERANCE[name] ?? 0), `differs by ${worst}`);
    assert.equal(picture.isGrey, name.startsWith("grey") || name.startsWith("black"));
    assert.deepEqual(
      picture.warnings,
      name === "two pages" ? ["file has 2 pages, only the first is read"] : [],
    );
  });
}

Deno.test("decodeTiff() gives the upper 8 of 16 bits", async () => {
  const { rgba, rgba16 } = await decodeTiff(fileOf("rgb of 16 bits"));
  assert.deepEqual([...rgba], [...rgba16!].map((value) => value >> 8));
});

const REFUSED: Readonly<Record<string, RegExp>> = {
  CMYK: /^TIFF holds CMYK, must be grey, RGB or a palette$/,
  JPEG: /^TIFF is compressed with JPEG \(7\), must be none, LZW, Deflate or PackBits$/,
  fax: /^TIFF is compressed with CCITT fax \(4\)/,
  BigTIFF: /^TIFF is a BigTIFF, must be a classic one below 4 GiB$/,
  "thumbnail first": /^file looks like a camera raw file/,
};

for (const [name, message] of Object.entries(REFUSED)) {
  Deno.test(`decodeTiff() refuses ${name}`, async () => {
    await assert.rejects(decodeTiff(fileOf(name)), { name: "SyntaxError", message });
  });
}

Deno.test("decodeTiff() refuses files that are cut short, at every length", async () => {
  // ImageMagick puts the directory behind the pixels, tiffcp too; only padding may be missing.
  for (const name of ["rgb, LZW", "rgb, Deflate", "rgb, PackBits", "rgb, none"]) {
    const file = fileOf(name);
    for (let length = 0; length < file.length - 64; length += 7) {
      await assert.rejects(
        decodeTiff(file.subarray(0, length)),
        /cut short|ends behind|Offset|order|magic/i,
      );
    }
  }
});

Deno.test("decodeTiff() gives up on a directory that leads to itself", async () => {
  const file = fileOf("rgb, none");
  const view = new DataView(file.buffer);
  const first = view.getUint32(4, true);
  view.setUint32(first + 2 + 12 * view.getUint16(first, true), first, true);
  assert.deepEqual((await decodeTiff(file)).warnings, []);
});
