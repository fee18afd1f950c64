/**
 * Whole commands: wall time from start to end, and the most memory they held.
 * @module
 */
import { median } from "../../../src/evaluation/median.ts";
import type { Before } from "./before.ts";
import { PYTHON } from "./contender.ts";
import type { Entry, Measured } from "./measure.ts";

const ROOT = new URL("../../../", import.meta.url).pathname;

/** A command as a contender. */
export interface CommandContender {
  readonly name: string;
  readonly about: string;
  readonly command: readonly string[];
  /** Where it runs; @default The root of this project */
  readonly folder?: string;
  /** Done before each run. */
  readonly prepare?: () => Promise<void>;
}

/** What one run of a command took. */
export interface CommandRun {
  readonly ms: number;
  /** Highest resident memory of the process (VmHWM); 0 where there is no `/proc`. */
  readonly peakMiB: number;
}

/** The program as `deno task pconv` starts it, with some arguments. */
export async function pconvCommand(...args: readonly string[]): Promise<string[]> {
  return await commandAt(ROOT, args);
}

async function commandAt(root: string, args: readonly string[]): Promise<string[]> {
  const config = JSON.parse(await Deno.readTextFile(`${root}deno.json`));
  const [, ...words] = (config.tasks.pconv.command as string).split(" ");
  return [Deno.execPath(), ...words, ...args];
}

/** Options of {@linkcode pconvContenders}. */
export interface PconvContender {
  readonly about: string;
  readonly args: readonly string[];
  readonly before: Before | undefined;
  readonly prepare?: () => Promise<void>;
}

/** The program with some arguments, and as it was with the same; paths must be absolute. */
export async function pconvContenders(
  name: string,
  { about, args, before, prepare }: PconvContender,
): Promise<CommandContender[]> {
  const more = { about, ...(prepare === undefined ? {} : { prepare }) };
  const now = { name, ...more, command: await pconvCommand(...args) };
  if (before === undefined) return [now];
  const { root: folder, commit } = before;
  const command = await commandAt(folder, args);
  return [now, { name: `before (${commit}): ${name}`, ...more, command, folder }];
}

/** A script of `peers/`. */
export function pythonCommand(script: string, ...args: readonly string[]): string[] {
  return [PYTHON, "-B", new URL(`./peers/${script}`, import.meta.url).pathname, ...args];
}

/** Runs a command, by default from the root of the project. @throws {Error} With its last words, if it fails. */
export async function runCommand(
  command: readonly string[],
  folder = ROOT,
): Promise<CommandRun> {
  const [program, ...args] = command;
  const startMs = performance.now();
  const child = new Deno.Command(program!, { args, cwd: folder, stdout: "null", stderr: "piped" })
    .spawn();
  let peakKiB = 0;
  let isRunning = true;
  const polling = (async () => {
    while (isRunning) {
      const text = await Deno.readTextFile(`/proc/${child.pid}/status`).catch(() => "");
      // The highest value so far, so only what is reached in the last few milliseconds can be missed.
      peakKiB = Math.max(peakKiB, Number(/^VmHWM:\s+(\d+) kB/m.exec(text)?.[1] ?? 0));
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  })();
  const { success, stderr } = await child.output();
  const ms = performance.now() - startMs;
  isRunning = false;
  await polling;
  if (!success) throw new Error(new TextDecoder().decode(stderr).trim().split("\n").at(-1));
  return { ms, peakMiB: peakKiB / 1024 };
}

/** Runs all commands in turn, so many times after one that is not counted. */
export async function measureCommands(
  title: string,
  contenders: readonly CommandContender[],
  { repeats, log }: { readonly repeats: number; readonly log: (line: string) => void },
): Promise<Measured> {
  log(title);
  const times = contenders.map((): number[] => []);
  const problems = contenders.map((): string | undefined => undefined);
  for (let round = -1; round < repeats; round++) {
    for (const [index, { command, folder, prepare }] of contenders.entries()) {
      if (problems[index] !== undefined) continue;
      try {
        await prepare?.();
        const { ms } = await runCommand(command, folder);
        if (round >= 0) times[index]!.push(ms);
      } catch (error) {
        problems[index] = (error as Error).message;
      }
    }
  }
  const entries = contenders.map(({ name, about }, index): Entry => {
    const [ms, problem] = [times[index]!, problems[index]];
    if (problem !== undefined) return { name, about, ms, problem };
    return { name, about, ms, medianMs: median(ms), leastMs: Math.min(...ms) };
  });
  for (const { name, medianMs, problem } of entries) {
    log(`  ${name}: ${medianMs?.toFixed(0) ?? problem}`);
  }
  return { title, entries };
}
