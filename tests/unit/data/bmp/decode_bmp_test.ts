import assert from "node:assert/strict";
import { decodeBmp } from "../../../../src/data/bmp/decode_bmp.ts";

/** Files by ImageMagick and what it reads in them. */
const { cases } = JSON.parse(
  await Deno.readTextFile(new URL("../../../oracle/fixtures/bmp_files.json", import.meta.url)),
);

for (const { name, file, rgba } of cases.bmp) {
  Deno.test(`decodeBmp() reads what ImageMagick reads: ${name}`, () => {
    const picture = decodeBmp(Uint8Array.fromBase64(file));
    assert.deepEqual([picture.width, picture.height], cases.size);
    assert.deepEqual(new Uint8Array(picture.rgba), Uint8Array.fromBase64(cases.pictures[rgba]));
  });
}

Deno.test("decodeBmp() reads rows from the top where the height is negative", () => {
  const file = Uint8Array.fromBase64(cases.bmp[0].file);
  const lowestFirst = decodeBmp(file);
  const view = new DataView(file.buffer);
  view.setInt32(22, -view.getInt32(22, true), true);
  const { rgba, width, height } = decodeBmp(file);
  for (let y = 0; y < height; y++) {
    const row = (all: Uint8ClampedArray, i: number) =>
      all.subarray(i * width * 4, (i + 1) * width * 4);
    assert.deepEqual(row(rgba, y), row(lowestFirst.rgba, height - 1 - y));
  }
});

Deno.test("decodeBmp() refuses an index without a colour", () => {
  const name = "8 bits";
  const { file } = cases.bmp.find((each: { name: string }) => each.name === name);
  const bytes = Uint8Array.fromBase64(file);
  const view = new DataView(bytes.buffer);
  view.setUint32(46, 1, true); // number of colours
  assert.throws(() => decodeBmp(bytes), {
    name: "SyntaxError",
    message: "BMP has an index without a colour",
  });
});
