/**
 * Files that stand for photographs where none may be shipped.
 * @module
 */
import { join } from "node:path";
import { encodeImage } from "../../../src/data/encode_image.ts";
import { createRandom } from "../../../src/random.ts";

/** Options of {@linkcode makePhotos}. */
export interface MakePhotosOptions {
  readonly count: number;
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
}

/** Writes JPEGs of waves and noise, `0000.jpg` and so on; every one differs. */
export async function makePhotos(folder: string, options: MakePhotosOptions): Promise<void> {
  const { count, width, height } = options;
  await Deno.mkdir(folder, { recursive: true });
  for (let index = 0; index < count; index++) {
    const random = createRandom(index);
    const waves = Array.from({ length: 9 }, () => 0.002 + 0.08 * random.uniform());
    const rgba = new Uint8ClampedArray(width * height * 4);
    for (let y = 0, i = 0; y < height; y++) {
      for (let x = 0; x < width; x++, i += 4) {
        const noise = 16 * (random.uniform() - 0.5);
        for (let c = 0; c < 3; c++) {
          const wave = Math.sin(x * waves[c]! + y * waves[c + 3]!) * Math.cos(y * waves[c + 6]!);
          rgba[i + c] = 128 + 90 * wave + noise;
        }
        rgba[i + 3] = 255;
      }
    }
    const name = `${String(index).padStart(4, "0")}.jpg`;
    const picture = { width, height, rgba };
    await Deno.writeFile(
      join(folder, name),
      await encodeImage(picture, { format: "jpeg", keepAlpha: false }),
    );
  }
}
