/**
 * A folder with photographs, masks and tiny weights, in which `pconv eval` runs.
 * @module
 */
import { join } from "node:path";
import type { EvalRecord } from "../../src/evaluation/eval_record.ts";
import { type CliResult, runCli, type RunCliOptions } from "../support/run_cli.ts";
import { withTempDir } from "../support/temp_dir.ts";
import { writeTinyWeights } from "../support/tiny_weights.ts";
import { draw, maskPicture, middle, writePicture } from "./pictures.ts";

/** Where a test of `eval` takes place. */
export interface EvalSetting {
  /** A path in the folder. */
  at(...parts: string[]): string;
  /** Runs `pconv eval` quietly in the folder. */
  evaluate(line: string, options?: Omit<RunCliOptions, "cwd">): Promise<CliResult>;
  /** Lines of an evaluation, without their times, by pair and method. */
  lines(folder: string): Promise<Omit<EvalRecord, "elapsedMs">[]>;
}

/** Folders of the setting, and the one network that is small enough for tests. */
export const IMAGES_AND_MASKS = "--images photos --masks masks --size native --device cpu";

/** Runs a test in a fresh folder with four photographs `photos/a.png` to `d.png` and three masks. */
export async function withEval(body: (setting: EvalSetting) => Promise<void>): Promise<void> {
  await withTempDir(async (folder) => {
    await writeTinyWeights(folder);
    for (const [i, name] of ["a", "b", "c", "d"].entries()) {
      await writePicture(
        join(folder, `photos/${name}.png`),
        draw(48, 40, (x, y) => [(x * 5 + i * 40) % 256, (y * 6 + x) % 256, (x * y) % 256, 255]),
      );
    }
    await writePicture(join(folder, "masks/middle.png"), maskPicture(48, 40, middle(48, 40)));
    await writePicture(join(folder, "masks/left.png"), maskPicture(48, 40, (x) => x < 22));
    await writePicture(join(folder, "masks/dot.png"), maskPicture(48, 40, (x, y) => x + y < 8));
    await body({
      at: (...parts) => join(folder, ...parts),
      evaluate: (line, options = {}) =>
        runCli(["eval", "--quiet", ...line.split(" ").filter((word) => word !== "")], {
          ...options,
          cwd: folder,
        }),
      lines: async (name) => {
        const text = await Deno.readTextFile(join(folder, name, "pairs.jsonl"));
        const records: EvalRecord[] = text.trimEnd().split("\n").map((line) => JSON.parse(line));
        return records.map(({ elapsedMs: _elapsedMs, ...rest }) => rest)
          .toSorted((a, b) => a.pair - b.pair || a.method.localeCompare(b.method));
      },
    });
  });
}
