/**
 * A folder with tiny weights, in which `pconv inpaint` runs.
 * @module
 */
import { join } from "node:path";
import { type CliResult, runCli, type RunCliOptions } from "../support/run_cli.ts";
import { withTempDir } from "../support/temp_dir.ts";
import { writeTinyWeights } from "../support/tiny_weights.ts";

/** Where a test of `inpaint` takes place. */
export interface InpaintSetting {
  /** The folder; the program runs in it, so that messages show relative paths. */
  readonly folder: string;
  /** A path in the folder. */
  at(...parts: string[]): string;
  /** Runs `pconv inpaint` quietly on the CPU with the tiny weights. */
  inpaint(args: readonly string[], options?: Omit<RunCliOptions, "cwd">): Promise<CliResult>;
}

/** Flags that every run of {@linkcode InpaintSetting.inpaint} has. */
export const INPAINT_FLAGS = ["--device", "cpu", "--weights", "tiny.safetensors"] as const;

/** Runs a test in a fresh folder. */
export async function withInpaint(
  body: (setting: InpaintSetting) => Promise<void>,
): Promise<void> {
  await withTempDir(async (folder) => {
    await writeTinyWeights(folder);
    await body({
      folder,
      at: (...parts) => join(folder, ...parts),
      inpaint: (args, options = {}) =>
        runCli(["inpaint", ...INPAINT_FLAGS, "--quiet", ...args], { ...options, cwd: folder }),
    });
  });
}
