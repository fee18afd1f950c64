/**
 * The program as a user starts it: a process of its own.
 * @module
 */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import config from "../../deno.json" with { type: "json" };

/** Options of {@linkcode runCli}. */
export interface RunCliOptions {
  /** Bytes or text for standard input. @default none, and it is no terminal */
  readonly stdin?: Uint8Array | string;
  /** @default the folder of the tests' process */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Host and port that it may also reach, for servers of the test. @default none */
  readonly mayReach?: string;
  /** The process is killed after that long, and the test fails. @default 300,000 */
  readonly timeoutMs?: number;
}

/** What a run of the program left behind. */
export interface CliResult {
  readonly code: number;
  readonly stdout: Uint8Array;
  readonly stderr: string;
  /** Command, code, both streams and the folder's files: the message of a failed test. */
  readonly story: string;
}

const MAIN = fileURLToPath(new URL("../../main.ts", import.meta.url));

/** The words between "deno run" and "main.ts" of the task "pconv", so that tests have the users' permissions. */
function permissions(): readonly string[] {
  const { tasks = {} } = config as { tasks?: Record<string, string | { command: string }> };
  const task = tasks["pconv"];
  const line = typeof task === "string" ? task : task?.command;
  const words = line?.split(/\s+/) ?? [];
  const main = words.indexOf("main.ts");
  return main < 0 ? ["-A"] : words.slice(words.indexOf("run") + 1, main);
}

/** Words by which a shell starts the program, as the task "pconv" does. */
export function programWords(): readonly string[] {
  return [Deno.execPath(), "run", ...permissions(), MAIN];
}

/** Starts the program with all three streams as pipes; the caller reads, closes and awaits them. */
export function startCli(
  args: readonly string[],
  { cwd, env, mayReach }: Pick<RunCliOptions, "cwd" | "env" | "mayReach"> = {},
): Deno.ChildProcess {
  const network = mayReach === undefined ? [] : [`--allow-net=${mayReach}`];
  return new Deno.Command(Deno.execPath(), {
    args: ["run", ...permissions(), ...network, MAIN, ...args],
    ...(cwd === undefined ? {} : { cwd }),
    env: { NO_COLOR: "1", ...env },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Runs the program to its end. */
export async function runCli(
  args: readonly string[],
  options: RunCliOptions = {},
): Promise<CliResult> {
  const { stdin = "", timeoutMs = 300_000 } = options;
  const child = startCli(args, options);
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    child.kill("SIGKILL");
  }, timeoutMs);
  const writer = child.stdin.getWriter();
  const input = typeof stdin === "string" ? new TextEncoder().encode(stdin) : stdin;
  // The program may end without reading its input; that is no fault of the test.
  const fed = writer.write(input).then(() => writer.close()).catch(() => {});
  const { code, stdout, stderr: stderrBytes } = await child.output();
  clearTimeout(timer);
  await fed;
  const stderr = new TextDecoder().decode(stderrBytes);
  const story = await tell(args, options, { code, stdout, stderr });
  assert.ok(!isLate, `the program did not end within ${timeoutMs} ms\n${story}`);
  return { code, stdout, stderr, story };
}

/** Fails with the whole story unless the run ended with `code`. */
export function assertExit(result: CliResult, code: number): void {
  assert.equal(result.code, code, `exit code is ${result.code}, must be ${code}\n${result.story}`);
}

/** Fails with the whole story unless standard error is exactly these lines. */
export function assertStderr(result: CliResult, lines: readonly string[]): void {
  const expected = lines.map((line) => `${line}\n`).join("");
  assert.equal(result.stderr, expected, `stderr differs\nmust be:\n${expected}\n${result.story}`);
}

/** Standard output as text. */
export function stdoutText({ stdout }: Pick<CliResult, "stdout">): string {
  return new TextDecoder().decode(stdout);
}

/** Standard output of a run with `--json`, one value a line. */
// deno-lint-ignore no-explicit-any -- each test knows the shape that it checks
export function jsonLines(result: CliResult): any[] {
  return stdoutText(result).split("\n").filter((line) => line !== "").map((line) => {
    try {
      return JSON.parse(line);
    } catch {
      assert.fail(`stdout has a line that is not JSON: ${line}\n${result.story}`);
    }
  });
}

async function tell(
  args: readonly string[],
  { cwd = "." }: RunCliOptions,
  { code, stdout, stderr }: Omit<CliResult, "story">,
): Promise<string> {
  const isText = !stdout.subarray(0, 4000).some((byte) => byte < 9);
  return [
    `command: pconv ${args.map((word) => JSON.stringify(word)).join(" ")}`,
    `folder: ${cwd}`,
    `code: ${code}`,
    `stdout: ${isText ? stdoutText({ stdout }).slice(0, 4000) : `${stdout.length} bytes`}`,
    `stderr: ${stderr}`,
    "files:",
    ...(cwd === "." ? [] : await listFiles(cwd)),
  ].join("\n");
}

/** Paths of all files below a folder, hidden ones too, with `/`, sorted. */
export async function listFiles(folder: string): Promise<string[]> {
  const found: string[] = [];
  const visit = async (below: string) => {
    try {
      for await (const { name, isDirectory } of Deno.readDir(`${folder}/${below}`)) {
        if (isDirectory) await visit(`${below}${name}/`);
        else found.push(below + name);
      }
    } catch (error) {
      found.push(`${below} (${error instanceof Error ? error.name : error})`);
    }
  };
  await visit("");
  return found.sort();
}
