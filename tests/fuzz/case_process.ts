/**
 * Runs cases of one kind, one after the other, in a process that may be killed.
 *
 *   deno run -A tests/fuzz/case_process.ts png 1 0 100 /tmp/folder '{"cpuMs": 2000, "mb": 300}'
 *
 * Writes a line when a case begins, `{"begin": 3}`, and one when it is done; see {@linkcode CaseLine}.
 * @module
 */
import process from "node:process";
import { join } from "node:path";
import type { Kind, Seed } from "./kinds/kind.ts";
import type { Outcome } from "./judge.ts";

/** What is told of a case that has ended. */
export interface CaseLine {
  readonly index: number;
  readonly outcome: Outcome;
  readonly message: string;
  /** Processor time of all threads. */
  readonly cpuMs: number;
  /** Highest use of memory during the case, above that at its beginning. */
  readonly grownMb: number;
  /** The whole file and the mutations that are needed for a finding. */
  readonly recipe?: string;
}

/** What a case may take; more is a finding. */
export interface CaseLimits {
  /** Processor time of all threads. */
  readonly cpuMs: number;
  /** Growth of memory at its peak. */
  readonly mb: number;
}

function write(value: unknown): void {
  const bytes = new TextEncoder().encode(`${JSON.stringify(value)}\n`);
  for (let at = 0; at < bytes.length;) at += Deno.stdout.writeSync(bytes.subarray(at));
}

// Standard output belongs to pictures and JSON: what a library writes to it by the console is a fault.
const spoken: string[] = [];
for (const name of ["log", "info", "debug", "warn", "error"] as const) {
  console[name] = (...words: unknown[]) => void spoken.push(`console.${name}: ${words.join(" ")}`);
}

/** Peak of the memory since the last call, where the system tells; else the present use. */
function peakMb(): number {
  try {
    const status = Deno.readTextFileSync("/proc/self/status");
    Deno.writeTextFileSync("/proc/self/clear_refs", "5");
    return Number(/VmHWM:\s+(\d+)/.exec(status)![1]) / 1024;
  } catch {
    return Deno.memoryUsage().rss / 2 ** 20;
  }
}

async function attempt(
  kind: Kind,
  bytes: Uint8Array,
  { path, index }: { readonly path: string; readonly index: number },
): Promise<unknown> {
  await Deno.writeFile(path, bytes);
  try {
    await kind.read(bytes, path, index);
    return undefined;
  } catch (error) {
    return error ?? new Error("nothing was thrown");
  }
}

async function main([name, seedText, from, to, folder, limits]: readonly string[]): Promise<void> {
  // Libraries are loaded after the console is watched.
  const { loadKind } = await import("./kinds/load_kind.ts");
  const { makeCase } = await import("./make_case.ts");
  const { judge } = await import("./judge.ts");
  const most: CaseLimits = JSON.parse(limits!);
  const kind = await loadKind(name!);
  const seeds = await kind.seeds();
  const path = join(folder!, `case.${kind.ending}`);
  await warmUp(kind, seeds, path);
  const run = async (index: number, only?: readonly number[]) => {
    const id = { seed: Number(seedText), index, ...(only === undefined ? {} : { only }) };
    write({ begin: index });
    const made = await makeCase(kind, seeds, id);
    peakMb();
    const startMb = Deno.memoryUsage().rss / 2 ** 20;
    const start = process.cpuUsage();
    spoken.length = 0;
    const error = await attempt(kind, made.bytes, { path, index });
    const { user, system } = process.cpuUsage(start);
    const cpuMs = (user + system) / 1000;
    const grownMb = Math.max(0, peakMb() - startMb);
    let judgement = judge(error, kind.tellsAllFaults);
    const fault = spoken.length > 0
      ? `writes to the console: ${spoken[0]}`
      : grownMb > most.mb
      ? `takes ${Math.round(grownMb)} MB`
      : cpuMs > most.cpuMs
      ? `takes ${Math.round(cpuMs)} ms of processor time`
      : undefined;
    if (fault !== undefined && judgement.outcome !== "finding") {
      judgement = { outcome: "finding", message: fault };
    }
    return { made, judgement, cpuMs, grownMb };
  };
  for (let index = Number(from); index < Number(to); index++) {
    const { made, judgement, cpuMs, grownMb } = await run(index);
    const line: CaseLine = { index, ...judgement, cpuMs, grownMb };
    if (judgement.outcome !== "finding") write(line);
    else write({ ...line, recipe: await shortest(made.origin, made.mutations, index, run) });
  }
}

/** Looks for one mutation, or two, that do it alone. */
async function shortest(
  origin: string,
  mutations: readonly string[],
  index: number,
  run: (index: number, only: readonly number[]) => Promise<{ judgement: { outcome: Outcome } }>,
): Promise<string> {
  const all = mutations.map((_, i) => i);
  const sets = [...all.map((i) => [i]), ...all.flatMap((i) => all.slice(i + 1).map((j) => [i, j]))];
  for (const only of sets.filter(({ length }) => length < all.length)) {
    if ((await run(index, only)).judgement.outcome !== "finding") continue;
    return `"${origin}", of ${all.length} mutations ${
      only.map((i) => `${i} (${mutations[i]})`).join(" and ")
    } do it`;
  }
  return `"${origin}", ${mutations.join(", then ")}`;
}

/** Loads decoders before anything is measured, and looks that whole files are read. */
async function warmUp(kind: Kind, seeds: readonly Seed[], path: string): Promise<void> {
  const states: Record<string, string> = {};
  for (const { name, bytes } of seeds) {
    const error = await attempt(kind, bytes, { path, index: -1 });
    states[name] = error === undefined ? "accepted" : String((error as Error).message ?? error);
  }
  write({ seeds: states, spoken: spoken.slice(0, 3) });
}

await main(Deno.args);
