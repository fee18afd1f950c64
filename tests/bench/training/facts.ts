/**
 * What a reader must know to measure again.
 * @module
 */
import { cpus } from "node:os";
import * as tf from "@tensorflow/tfjs";
import { sourceCommit } from "../../../src/checkpoint/source_version.ts";

/** Facts that stand in a result file. */
export interface Facts {
  readonly command: string;
  /** UTC, to the minute. */
  readonly date: string;
  readonly machine: string;
  /** Load averages over 1, 5 and 15 minutes at the end: other work on the machine spoils times. */
  readonly load: readonly number[];
  readonly versions: { readonly deno: string; readonly tfjs: string };
  readonly commit: string;
}

/** Collects the facts of this process and machine. */
export async function collectFacts(script: string): Promise<Facts> {
  const models = new Set(cpus().map(({ model }) => model));
  const root = new URL("../../../", import.meta.url).pathname;
  const { stdout } = await new Deno.Command("git", {
    args: ["-C", root, "status", "--porcelain", "--", "src", "tasks", "main.ts"],
    stderr: "null",
  }).output();
  const isChanged = stdout.length > 0;
  return {
    command: ["deno run -A", script, ...Deno.args].join(" "),
    date: new Date().toISOString().slice(0, 16) + "Z",
    machine: `${cpus().length} cores, ${[...models].join(", ")}, ${Deno.build.target}`,
    load: Deno.loadavg().map((value) => Math.round(value * 100) / 100),
    versions: { deno: Deno.version.deno, tfjs: tf.version["tfjs-core"] },
    commit: await sourceCommit() + (isChanged ? " with uncommitted changes in src or tasks" : ""),
  };
}

/** The facts as a list in Markdown. */
export function describeFacts(facts: Facts): string {
  return [
    `- command: \`${facts.command}\``,
    `- machine: ${facts.machine}; load at the end ${facts.load.join(", ")}`,
    `- Deno ${facts.versions.deno}, tfjs ${facts.versions.tfjs}, commit ${facts.commit}`,
    `- ${facts.date}`,
  ].join("\n");
}
