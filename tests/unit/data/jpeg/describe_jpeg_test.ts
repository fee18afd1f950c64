import assert from "node:assert/strict";
import { describeJpeg } from "../../../../src/data/jpeg/describe_jpeg.ts";
import { writeJpegCoefficients } from "../../../../src/data/jpeg/write_jpeg_coefficients.ts";
import { InputError } from "../../../../src/errors.ts";
import { fileOf, FILES, randomJpeg } from "./jpeg_files.ts";

for (const { name, quality, bytes } of FILES) {
  Deno.test(`describeJpeg() finds the quality that libjpeg was given: ${name}`, () => {
    const found = describeJpeg(bytes);
    assert.deepEqual([found.quality, found.isQualityExact], [quality, true]);
  });
}

Deno.test("describeJpeg() names size, sampling and kind", () => {
  const facts = (name: string) => {
    const { width, height, subsampling, isProgressive, components } = describeJpeg(fileOf(name));
    return [width, height, subsampling, isProgressive, components];
  };
  assert.deepEqual(facts("4:4:4"), [37, 53, "4:4:4", false, 3]);
  assert.deepEqual(facts("4:2:2"), [37, 53, "4:2:2", false, 3]);
  assert.deepEqual(facts("progressive 4:2:0"), [37, 53, "4:2:0", true, 3]);
  assert.deepEqual(facts("progressive grey"), [37, 53, "grey", true, 1]);
  assert.deepEqual(facts("CMYK"), [37, 53, "4:4:4", false, 4]);
  assert.equal(describeJpeg(fileOf("CMYK")).adobeTransform, 0);
  assert.equal(describeJpeg(fileOf("4:4:4")).adobeTransform, undefined);
  const nameOf = (...factors: [number, number][]) =>
    describeJpeg(writeJpegCoefficients(randomJpeg(1, { width: 8, height: 8, factors })))
      .subsampling;
  assert.equal(nameOf([1, 2], [1, 1], [1, 1]), "4:4:0");
  assert.equal(nameOf([4, 1], [1, 1], [1, 1]), "other");
  assert.equal(nameOf([2, 1], [2, 1], [1, 1]), "other");
  assert.equal(nameOf([2, 1], [2, 1], [2, 1]), "4:4:4");
});

Deno.test("describeJpeg() does not need the picture itself, and refuses what has no frame", () => {
  const bytes = fileOf("grey");
  const scan = bytes.findIndex((byte, i) => byte === 0xff && bytes[i + 1] === 0xda);
  assert.equal(describeJpeg(bytes.subarray(0, scan + 12)).quality, 80);
  assert.throws(() => describeJpeg(bytes.subarray(0, scan)), InputError);
  assert.throws(() => describeJpeg(Uint8Array.of(0xff, 0xd8, 0xff, 0xd9)), /it has no scan/);
  assert.throws(() => describeJpeg(new Uint8Array(20)), /does not begin like one/);
});
