import assert from "node:assert/strict";
import { decodeImage } from "../../../../src/data/decode_image.ts";
import type { JpegCoefficients } from "../../../../src/data/jpeg/jpeg_coefficients.ts";
import { readJpegCoefficients } from "../../../../src/data/jpeg/read_jpeg_coefficients.ts";
import { writeJpegCoefficients } from "../../../../src/data/jpeg/write_jpeg_coefficients.ts";
import { FILES, randomJpeg } from "./jpeg_files.ts";

/** All that must survive; restart markers are left out by the writer. */
function kept({ restartInterval: _, ...rest }: JpegCoefficients): unknown {
  const segments = rest.segments.map(({ marker, content }) => [marker, [...content]]);
  return { ...rest, segments, trailer: [...rest.trailer] };
}

for (const { name, bytes } of FILES) {
  Deno.test(`writeJpegCoefficients() keeps everything: ${name}`, async () => {
    const trailed = new Uint8Array([...bytes, 0xff, 0xd8, 7]);
    const jpeg = readJpegCoefficients(trailed);
    const written = writeJpegCoefficients(jpeg);
    assert.deepEqual(kept(readJpegCoefficients(written)), kept(jpeg));
    // Codes are made to measure; libjpeg's own default ones serve small pictures badly.
    assert.ok(written.length <= trailed.length, `${written.length} of ${trailed.length} bytes`);
    const [before, after] = [
      await decodeImage(bytes, { name }),
      await decodeImage(written, { name }),
    ];
    assert.deepEqual(after, before);
  });
}

const LAYOUTS = {
  grey: [[1, 1]],
  "grey with factors": [[2, 2]],
  "4:4:0": [[1, 2], [1, 1], [1, 1]],
  "4:1:1": [[4, 1], [1, 1], [1, 1]],
  "more colour than light": [[1, 1], [2, 2], [1, 2]],
  // Twelve blocks are too many for a unit. Alone, components have no blocks that only fill up; nor has 45x61 here.
  "one scan per component": [[2, 2], [2, 2], [2, 2]],
  "four components": [[2, 2], [1, 1], [1, 1], [2, 2]],
} as const;

for (const [name, factors] of Object.entries(LAYOUTS)) {
  Deno.test(`writeJpegCoefficients() keeps coefficients of any size and layout: ${name}`, () => {
    // 45 and 61 leave blocks that only fill up units.
    const jpeg = randomJpeg(factors.length, { width: 45, height: 61, factors });
    assert.deepEqual(kept(readJpegCoefficients(writeJpegCoefficients(jpeg))), kept(jpeg));
    // Progressive scans of one component leave out what only fills up units; 64x64 has no such blocks.
    const whole = randomJpeg(factors.length + 9, { width: 64, height: 64, factors });
    const progressive = { ...whole, isProgressive: true };
    const written = writeJpegCoefficients(progressive);
    assert.deepEqual(kept(readJpegCoefficients(written)), kept(progressive));
  });
}

Deno.test("writeJpegCoefficients() writes steps of 16 bits as extended sequential", () => {
  const jpeg = randomJpeg(3, { width: 8, height: 8, factors: [[1, 1]] });
  jpeg.components[0]!.quantTable[5] = 999;
  const written = writeJpegCoefficients(jpeg);
  assert.ok(written.some((byte, i) => byte === 0xff && written[i + 1] === 0xc1));
  assert.deepEqual(kept(readJpegCoefficients(written)), kept(jpeg));
});

Deno.test("writeJpegCoefficients() tells equal tables once", () => {
  const jpeg = randomJpeg(4, { width: 16, height: 8, factors: [[1, 1], [1, 1], [1, 1]] });
  const quantTable = jpeg.components[0]!.quantTable;
  const components = jpeg.components.map((each) => ({ ...each, quantTable }));
  const [apart, together] = [jpeg, { ...jpeg, components }].map(writeJpegCoefficients);
  // Two segments of 69 bytes less.
  assert.equal(apart!.length - together!.length, 138);
});
