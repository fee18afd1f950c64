/**
 * Contact sheets, for looking at.
 * @module
 */
import type { LoadedPair } from "./load_pair.ts";
import { writeRgb } from "./png.ts";

/** White pixels between panels. */
const GAP = 4;

/**
 * Writes one row of panels: damaged with the hole in magenta, the given results in their order, truth.
 *
 * @param results rgb255, each of the size of the pair.
 */
export async function writeSheet(
  path: string,
  { damaged, truth }: LoadedPair,
  results: readonly Uint8Array[],
): Promise<void> {
  const { width, height, rgb255, holeMask } = damaged;
  const magenta = rgb255.map((value, i) =>
    holeMask[Math.floor(i / 3)] === 0 ? value : i % 3 === 1 ? 0 : 255
  );
  const panels = [magenta, ...results, truth];
  const total = panels.length * (width + GAP) - GAP;
  const sheet = new Uint8Array(total * height * 3).fill(255);
  for (const [index, panel] of panels.entries()) {
    for (let y = 0; y < height; y++) {
      const row = panel.subarray(y * width * 3, (y + 1) * width * 3);
      sheet.set(row, (y * total + index * (width + GAP)) * 3);
    }
  }
  await writeRgb(path, { width: total, height, rgb255: sheet });
}
