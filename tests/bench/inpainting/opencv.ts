/**
 * OpenCV's fills, by Debian's python3-opencv in a child process.
 * @module
 */
import { join } from "node:path";
import { loadPair, type Pair } from "./load_pair.ts";
import { readRgb, writeRgb } from "./png.ts";

/** OpenCV's two methods. */
export type OpencvMethod = "telea" | "ns";

/** What OpenCV made of a list of pairs. */
export interface OpencvRun {
  /** Version of OpenCV. */
  readonly version: string;
  /** Result of pair `index` as rgb255, with the time of `cv2.inpaint` alone. */
  read(index: number, method: OpencvMethod): Promise<{ rgb255: Uint8Array; elapsedMs: number }>;
}

/** What `opencv_inpaint.py` writes as `opencv.json`. */
interface OpencvReport {
  readonly version: string;
  readonly ms: Readonly<Record<string, Readonly<Record<OpencvMethod, number>>>>;
}

const SCRIPT = new URL("../peers/opencv_inpaint.py", import.meta.url).pathname;

/**
 * Fills all pairs with both methods, radius 3, one thread.
 *
 * @param folder Empty folder for what goes in and out.
 * @throws {Error} If python3-opencv is missing or fails.
 */
export async function runOpencv(pairs: readonly Pair[], folder: string): Promise<OpencvRun> {
  for (const [index, pair] of pairs.entries()) {
    const { damaged } = await loadPair(pair);
    const mask = Uint8Array.from(
      { length: damaged.rgb255.length },
      (_, i) => 255 * damaged.holeMask[Math.floor(i / 3)]!,
    );
    await writeRgb(join(folder, `${index}.image.png`), damaged);
    await writeRgb(join(folder, `${index}.mask.png`), { ...damaged, rgb255: mask });
  }
  const { success } = await new Deno.Command("/usr/bin/python3", {
    args: [SCRIPT, folder],
    stdout: "inherit",
    stderr: "inherit",
  }).output();
  if (!success) throw new Error(`Cannot run OpenCV: "${SCRIPT}" failed; it needs python3-opencv`);
  const report: OpencvReport = JSON.parse(await Deno.readTextFile(join(folder, "opencv.json")));
  return {
    version: report.version,
    read: async (index, method) => ({
      rgb255: await readRgb(join(folder, `${index}.${method}.png`)),
      elapsedMs: report.ms[index]![method],
    }),
  };
}
