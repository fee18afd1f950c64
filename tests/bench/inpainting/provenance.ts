/**
 * What a reader must know to make the table again.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { cpus } from "node:os";
import { sourceCommit } from "../../../src/checkpoint/source_version.ts";

/** Facts that stand under the table. */
export interface Provenance {
  readonly command: string;
  /** UTC, to the minute. */
  readonly date: string;
  readonly machine: string;
  /** Load averages over 1, 5 and 15 minutes at the end: other work on the machine spoils times. */
  readonly load: readonly number[];
  readonly device: string;
  readonly versions: Readonly<Record<"deno" | "tfjs" | "opencv", string>>;
  readonly commit: string;
  readonly weights: { readonly name: string; readonly sha256: string };
}

/** Collects the facts of this process and machine. */
export async function collectProvenance(
  { device, opencv, weights }: {
    device: string;
    opencv: string;
    weights: Provenance["weights"];
  },
): Promise<Provenance> {
  const models = new Set(cpus().map(({ model }) => model));
  return {
    command: `deno run -A tests/bench/inpainting_table.ts ${Deno.args.map(quoted).join(" ")}`,
    date: new Date().toISOString().slice(0, 16) + "Z",
    machine: `${cpus().length} cores, ${[...models].join(", ")}, ${Deno.build.target}`,
    load: Deno.loadavg().map((value) => Math.round(value * 100) / 100),
    device,
    versions: { deno: Deno.version.deno, tfjs: tf.version["tfjs-core"], opencv },
    commit: await sourceCommit() + await uncommitted(),
    weights: { name: weights.name, sha256: weights.sha256 },
  };
}

/** Says so if the code that ran is not that of the commit. */
async function uncommitted(): Promise<string> {
  const root = new URL("../../../", import.meta.url).pathname;
  const { stdout } = await new Deno.Command("git", {
    args: ["-C", root, "status", "--porcelain", "--", "src", "tests/bench"],
    stderr: "null",
  }).output();
  return stdout.length > 0 ? " with uncommitted changes in src or tests/bench" : "";
}

function quoted(argument: string): string {
  return /^[\w./=:,-]+$/.test(argument) ? argument : `'${argument}'`;
}
