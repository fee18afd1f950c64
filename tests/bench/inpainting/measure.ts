/**
 * Runs all methods over a list of pairs.
 * @module
 */
import { basename, join } from "node:path";
import type { DamagedImage, FillMethod } from "../../../src/methods/types.ts";
import { holeBin } from "../../../src/metrics/hole_bin.ts";
import { loadPair, type Pair } from "./load_pair.ts";
import { type OpencvMethod, runOpencv } from "./opencv.ts";
import { type MethodName, type PairScores, scoreResult } from "./scores.ts";
import { writeSheet } from "./sheet.ts";

/** Options of {@linkcode measure}. */
export interface MeasureOptions {
  /** All methods but OpenCV's. */
  readonly fills: Readonly<Record<Exclude<MethodName, OpencvMethod>, FillMethod>>;
  /** Start of the names of contact sheets. */
  readonly label: string;
  /** Contact sheets of the first `count` pairs go to `folder`. */
  readonly sheets: { readonly folder: string; readonly count: number } | undefined;
  /** Takes a line of progress. */
  readonly log: (line: string) => void;
}

/**
 * Scores every method on every pair.
 *
 * @returns Scores in the order of the pairs, and the version of OpenCV.
 */
export async function measure(
  pairs: readonly Pair[],
  { fills, label, sheets, log }: MeasureOptions,
): Promise<{ scores: PairScores[]; opencv: string }> {
  const folder = await Deno.makeTempDir({ prefix: "pconv-bench-" });
  if (sheets !== undefined) await Deno.mkdir(sheets.folder, { recursive: true });
  try {
    log(`${label}: OpenCV on ${pairs.length} pairs`);
    const opencv = await runOpencv(pairs, folder);
    const scores: PairScores[] = [];
    for (const [index, pair] of pairs.entries()) {
      const loaded = await loadPair(pair);
      const results = {
        pconv: await timed(fills.pconv, loaded.damaged),
        base: await timed(fills.base, loaded.damaged),
        telea: await opencv.read(index, "telea"),
        ns: await opencv.read(index, "ns"),
        mean: await timed(fills.mean, loaded.damaged),
      };
      const image = basename(pair.imagePath);
      const entries = Object.entries(results).map(([method, { rgb255, elapsedMs }]) => [
        method,
        scoreResult(rgb255, {
          ...loaded,
          label: `${method} on "${image}" with mask "${pair.maskName}"`,
          elapsedMs,
        }),
      ]);
      scores.push({
        image,
        mask: pair.maskName,
        ...holeBin(loaded.damaged.holeMask, loaded.damaged),
        scores: Object.fromEntries(entries),
      });
      if (sheets !== undefined && index < sheets.count) {
        const path = join(sheets.folder, `${label}-${index}.png`);
        const { telea, ns, pconv } = results;
        await writeSheet(path, loaded, [telea.rgb255, ns.rgb255, pconv.rgb255]);
      }
      if ((index + 1) % 10 === 0) log(`${label}: ${index + 1} of ${pairs.length} pairs`);
    }
    return { scores, opencv: opencv.version };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function timed(
  method: FillMethod,
  damaged: DamagedImage,
): Promise<{ rgb255: Uint8Array; elapsedMs: number }> {
  const startMs = performance.now();
  const rgb255 = await method.fill(damaged);
  return { rgb255, elapsedMs: performance.now() - startMs };
}
