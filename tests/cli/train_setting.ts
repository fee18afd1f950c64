/**
 * A folder with small photographs, in which `pconv train` runs.
 * @module
 */
import { join } from "node:path";
import { sha256 } from "../../src/checkpoint/sha256.ts";
import { type CliResult, runCli } from "../support/run_cli.ts";
import { withTempDir } from "../support/temp_dir.ts";
import { photo, writePicture } from "./pictures.ts";

/** Where a test of `train` takes place. */
export interface TrainSetting {
  /** The folder; the program runs in it, so that messages show relative paths. */
  readonly folder: string;
  /** A path in the folder. */
  at(...parts: string[]): string;
  /** Runs `pconv`; everything that trains needs {@linkcode CPU}. */
  pconv(...args: string[]): Promise<CliResult>;
  /** SHA-256 of the weights of a run. */
  weightsHash(run: string): Promise<string>;
}

/** Flags of a small run on the CPU. */
export const CPU = ["--device", "cpu"] as const;

/** Runs a test in a fresh folder with `images/` of three photographs. */
export async function withTraining(body: (setting: TrainSetting) => Promise<void>): Promise<void> {
  await withTempDir(async (folder) => {
    const at = (...parts: string[]) => join(folder, ...parts);
    await writePicture(at("images/a.png"), photo(64, 48));
    await writePicture(at("images/b.jpg"), photo(40, 60));
    await writePicture(at("images/more/c.webp"), photo(33, 90));
    await body({
      folder,
      at,
      pconv: (...args) => runCli(args, { cwd: folder }),
      weightsHash: async (run) => await sha256(await Deno.readFile(at(run, "weights.safetensors"))),
    });
  });
}

/** Waits until a file is there. @throws {Error} After 20 s. */
export async function untilFile(path: string): Promise<void> {
  for (let waited = 0; waited < 20_000; waited += 10) {
    if (await Deno.stat(path).then(() => true, () => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`"${path}" did not appear`);
}
