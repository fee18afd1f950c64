/**
 * A folder with small photographs, in which `pconv train` runs.
 * @module
 */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
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
  /** SHA-256 of a file of a run. */
  hash(run: string, name: string): Promise<string>;
}

/** Flags of a small run on the CPU. */
export const CPU = ["--device", "cpu"] as const;

/** Runs a test in a fresh folder with `images/` of four photographs, as many as the tiny preset's batch. */
export async function withTraining(body: (setting: TrainSetting) => Promise<void>): Promise<void> {
  await withTempDir(async (folder) => {
    const at = (...parts: string[]) => join(folder, ...parts);
    await writePicture(at("images/a.png"), photo(64, 48));
    await writePicture(at("images/b.jpg"), photo(40, 60));
    await writePicture(at("images/more/c.webp"), photo(33, 90));
    await writePicture(at("images/more/d.png"), photo(50, 50));
    const hash = async (run: string, name: string) =>
      await sha256(await Deno.readFile(at(run, name)));
    await body({
      folder,
      at,
      pconv: (...args) => runCli(args, { cwd: folder }),
      hash,
      weightsHash: (run) => hash(run, "weights.safetensors"),
    });
  });
}

/** Waits until a file is there. @throws {Error} After 120 s. */
export async function untilFile(path: string): Promise<void> {
  await until(() => existsSync(path), `"${path}" did not appear`);
}

/** Waits until something is so, looking often. @throws {Error} After 120 s. */
export async function until(isSo: () => boolean, otherwise: string): Promise<void> {
  const endMs = performance.now() + 120_000;
  while (!isSo()) {
    if (performance.now() > endMs) throw new Error(otherwise);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** The lines of a JSON lines file of a run as values, without what no two runs share: times. */
// deno-lint-ignore no-explicit-any -- each test knows the shape that it checks
export async function readTimeless(path: string): Promise<Record<string, any>[]> {
  const text = await Deno.readTextFile(path);
  assert.ok(text === "" || text.endsWith("\n"), `"${path}" ends within a line`);
  return text.split("\n").filter((line) => line !== "").map((line) => {
    const { stepMs: _, waitShare: __, elapsedMs: ___, ...rest } = JSON.parse(line);
    return rest;
  });
}
