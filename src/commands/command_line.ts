/**
 * What was typed, and where it runs: for tables that say how they came about.
 * @module
 */
import { sourceCommit } from "../checkpoint/source_version.ts";

/** The command line as one would type it again. */
export function commandLine(args: readonly string[] = Deno.args): string {
  return ["pconv", ...args.map(quoted)].join(" ");
}

/** Quotes what a shell would split or expand. */
function quoted(word: string): string {
  return /^[\w./=:,+@%-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Source, machine and date, a name and a value each. The processor's model is told where Linux tells it. */
export async function machineFacts(
  now: Date = new Date(),
): Promise<readonly (readonly [name: string, value: string])[]> {
  const text = await Deno.readTextFile("/proc/cpuinfo").catch(() => "");
  const model = /^model name\s*:\s*(.+)$/m.exec(text)?.[1];
  const parts = [
    `${navigator.hardwareConcurrency} cores`,
    ...(model === undefined ? [] : [model]),
    Deno.build.target,
    `Deno ${Deno.version.deno}`,
  ];
  return [
    ["source", `commit ${await sourceCommit()}`],
    ["machine", parts.join(", ")],
    ["begun", `${now.toISOString().slice(0, 16)}Z`],
  ];
}
