import assert from "node:assert/strict";
import { decodeImage } from "../../../../src/data/decode_image.ts";
import { colourModel } from "../../../../src/data/jpeg/colour_model.ts";
import type { JpegSegment } from "../../../../src/data/jpeg/jpeg_coefficients.ts";
import { writeJpegCoefficients } from "../../../../src/data/jpeg/write_jpeg_coefficients.ts";
import { randomJpeg } from "./jpeg_files.ts";

const text = (letters: string) => [...new TextEncoder().encode(letters)];
const JFIF = { marker: 0xe0, content: Uint8Array.of(...text("JFIF\0"), 1, 1, 0, 0, 1, 0, 1, 0, 0) };
const adobe = (transform: number): JpegSegment => ({
  marker: 0xee,
  content: Uint8Array.of(...text("Adobe"), 0, 100, 0, 0, 0, 0, transform),
});

const CASES = {
  grey: { ids: [1], segments: [JFIF] },
  "JFIF": { ids: [1, 2, 3], segments: [JFIF] },
  "Adobe YCbCr": { ids: [1, 2, 3], segments: [adobe(1)] },
  "Adobe RGB": { ids: [1, 2, 3], segments: [adobe(0)] },
  "JFIF and Adobe RGB": { ids: [1, 2, 3], segments: [JFIF, adobe(0)] },
  "letters": { ids: text("RGB"), segments: [] },
  "nothing said": { ids: [1, 2, 3], segments: [] },
};

for (const [name, { ids, segments }] of Object.entries(CASES)) {
  Deno.test(`colourModel() says what a decoder does: ${name}`, async () => {
    const [red, green, blue] = ids.length === 1 ? [90, 90, 90] : [200, 90, 30];
    const transform = segments.find(({ marker }) => marker === 0xee)?.content[11];
    const layout = { width: 8, height: 8, factors: ids.map(() => [1, 1] as const) };
    const random = randomJpeg(1, layout);
    const components = random.components.map((component, i) => ({ ...component, id: ids[i]! }));
    const jpeg = { ...random, components, segments, adobeTransform: transform };
    // One even colour: the mean times 8, in steps of 1.
    colourModel(jpeg)!.forEach((weights, i) => {
      const { coefficients, quantTable } = components[i]!;
      const value = weights.red * red! + weights.green * green! + weights.blue * blue! +
        weights.offset;
      quantTable.fill(1);
      coefficients.fill(0);
      coefficients[0] = Math.round(8 * value);
    });
    const { rgba } = await decodeImage(writeJpegCoefficients(jpeg), { name });
    // Measured exact or 1 off: samples are rounded before they are mixed.
    [red, green, blue].forEach((value, c) => assert.ok(Math.abs(rgba[c]! - value!) <= 1));
  });
}

Deno.test("colourModel() knows no four components", () => {
  assert.equal(colourModel({ components: { length: 4 }, adobeTransform: 2 }), undefined);
});
