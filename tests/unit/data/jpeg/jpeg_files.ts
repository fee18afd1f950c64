/**
 * Small JPEGs of many kinds, made by libjpeg.
 * @module
 */
import type {
  JpegCoefficients,
  JpegComponent,
} from "../../../../src/data/jpeg/jpeg_coefficients.ts";
import { createRandom } from "../../../../src/random.ts";
import fixture from "../../../oracle/fixtures/jpeg_files.json" with { type: "json" };

/** A file and the quality it was asked for. */
export interface JpegFile {
  readonly name: string;
  readonly quality: number;
  readonly bytes: Uint8Array;
}

/** All files of the fixture. */
export const FILES: readonly JpegFile[] = fixture.cases.map(({ name, quality, file }) => ({
  name,
  quality,
  bytes: Uint8Array.fromBase64(file),
}));

/** The file of a name. */
export function fileOf(name: string): Uint8Array {
  return FILES.find((file) => file.name === name)!.bytes;
}

/** Coefficients that no encoder would make, of all magnitudes and with long runs of zeros. */
export function randomJpeg(
  seed: number,
  layout: { width: number; height: number; factors: readonly (readonly [number, number])[] },
): JpegCoefficients {
  const random = createRandom(seed);
  const { width, height, factors } = layout;
  const largestH = Math.max(...factors.map(([h]) => h));
  const largestV = Math.max(...factors.map(([, v]) => v));
  const components = factors.map(([h, v], id): JpegComponent => {
    const isAlone = factors.length === 1;
    const blocksWide = isAlone ? Math.ceil(width / 8) : Math.ceil(width / (8 * largestH)) * h;
    const blocksHigh = isAlone ? Math.ceil(height / 8) : Math.ceil(height / (8 * largestV)) * v;
    const coefficients = new Int16Array(blocksWide * blocksHigh * 64);
    for (let block = 0; block < blocksWide * blocksHigh; block++) {
      // Blocks that are empty, that are full, and everything between.
      const share = random.uniform() ** 3;
      coefficients[64 * block] = random.integer(-1024, 1023);
      for (let k = 1; k < 64; k++) {
        if (random.uniform() > share) continue;
        const bits = random.integer(1, 10);
        coefficients[64 * block + k] = random.integer(-(2 ** bits) + 1, 2 ** bits - 1);
      }
    }
    const quantTable = Uint16Array.from({ length: 64 }, () => random.integer(1, 255));
    return { id: id + 1, h, v, quantTable, blocksWide, blocksHigh, coefficients };
  });
  return {
    ...{ width, height, components, segments: [], adobeTransform: undefined },
    ...{ isProgressive: false, restartInterval: 0, trailer: new Uint8Array() },
  };
}
