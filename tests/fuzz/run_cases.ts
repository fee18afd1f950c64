/**
 * Runs cases in processes that are watched, and killed when they hang.
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { TextLineStream } from "./text_lines.ts";
import type { CaseLimits, CaseLine } from "./case_process.ts";

/** Cases of one kind. */
export interface CaseRange {
  readonly kind: string;
  readonly seed: number;
  /** First case. */
  readonly from: number;
  /** Behind the last. */
  readonly to: number;
}

/** What came of a kind's cases. */
export interface KindResult {
  readonly kind: string;
  accepted: number;
  refused: number;
  /** Longest processor time of a case. */
  worstMs: number;
  /** Largest growth of memory in a case. */
  worstMb: number;
  readonly findings: Finding[];
  /** Whole files, and "accepted" or why they were refused. */
  readonly seeds: Record<string, string>;
}

/** Something that must not be. */
export interface Finding {
  readonly kind: string;
  readonly seed: number;
  readonly index: number;
  readonly message: string;
  /** The whole file and the mutations that do it. */
  readonly recipe: string;
}

/** What is watched over. */
export interface WatchLimits extends CaseLimits {
  /** A process that says nothing for so long hangs; processor time, or ten times as much by the clock. */
  readonly hangMs: number;
}

/** The limits of the corpus. */
export const LIMITS: WatchLimits = { cpuMs: 2000, mb: 300, hangMs: 8000 };

/** Until a process has loaded everything. */
const START_MS = 60_000;

/** So many times the limit a process may wait for its turn on the machine, or sleep. */
const MOST_WAITS = 10;

/** Processor time that a process has used, of ticks of 10 ms; undefined where the system does not tell. */
function processorMs(pid: number): number | undefined {
  try {
    const fields = Deno.readTextFileSync(`/proc/${pid}/stat`).split(") ")[1]!.split(" ");
    return 10 * (Number(fields[11]) + Number(fields[12]));
  } catch {
    return undefined;
  }
}
/** A process is renewed after so many cases, so that what one leaves behind does not weigh on all others. */
const CASES_PER_PROCESS = 400;

const CASE_PROCESS = fileURLToPath(new URL("./case_process.ts", import.meta.url));

/**
 * Runs a range of cases, one after the other.
 *
 * @param folder For the files; the caller removes it.
 */
export async function runCases(
  range: CaseRange,
  folder: string,
  limits: WatchLimits = LIMITS,
): Promise<KindResult> {
  const { kind, seed, to } = range;
  const result: KindResult = {
    ...{ kind, accepted: 0, refused: 0, worstMs: 0, worstMb: 0, findings: [], seeds: {} },
  };
  const place = await Deno.makeTempDir({ dir: folder, prefix: `${kind}-` });
  let at = range.from;
  while (at < to) {
    const end = Math.min(to, at + CASES_PER_PROCESS);
    const { begun, done, fault } = await runProcess(
      { ...range, from: at, to: end, limits },
      place,
      result,
    );
    if (fault === undefined) {
      at = end;
      continue;
    }
    if (begun === undefined) throw new Error(`Cannot run cases of "${kind}": ${fault}`);
    if (begun !== done) {
      result.findings.push({ kind, seed, index: begun, message: fault, recipe: "not looked for" });
    }
    at = begun + 1;
  }
  return result;
}

/** One process; `fault` says how it ended if not well. */
async function runProcess(
  { kind, seed, from, to, limits }: CaseRange & { readonly limits: WatchLimits },
  folder: string,
  result: KindResult,
): Promise<{ begun?: number; done?: number; fault?: string }> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--no-check", CASE_PROCESS],
      ...[kind, String(seed), String(from), String(to), folder, JSON.stringify(limits)],
    ],
    env: { NO_COLOR: "1" },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const said = new Response(child.stderr).text();
  let [begun, done]: (number | undefined)[] = [];
  let isHung = false;
  const hang = () => {
    isHung = true;
    child.kill("SIGKILL");
  };
  let startCpuMs = 0;
  let waits = 0;
  // On a busy machine little may happen in a long time, so it is the processor time that counts, where it is known.
  const look = (limitMs: number) => {
    const usedMs = (processorMs(child.pid) ?? Infinity) - startCpuMs;
    if (usedMs >= limitMs || ++waits > MOST_WAITS) hang();
    else timer = setTimeout(look, limitMs, limitMs);
  };
  let timer = setTimeout(look, START_MS, START_MS);
  const lines = child.stdout.pipeThrough(new TextDecoderStream())
    .pipeThrough(new TextLineStream());
  for await (const text of lines) {
    clearTimeout(timer);
    waits = 0;
    startCpuMs = processorMs(child.pid) ?? 0;
    timer = setTimeout(look, limits.hangMs, limits.hangMs);
    const line = JSON.parse(text);
    if (line.seeds !== undefined) Object.assign(result.seeds, line.seeds);
    else if (line.begin !== undefined) begun = line.begin;
    else {
      done = line.index;
      take(line, { kind, seed, result });
    }
  }
  clearTimeout(timer);
  const { code, signal } = await child.status;
  const words = (await said).split("\n").filter((line) => line !== "").slice(0, 6).join(" / ");
  const facts = { ...begun === undefined ? {} : { begun }, ...done === undefined ? {} : { done } };
  if (isHung) return { ...facts, fault: `hangs: silent for ${limits.hangMs} ms` };
  if (code === 0) return facts;
  return { ...facts, fault: `process ends with ${signal ?? `code ${code}`}: ${words}` };
}

function take(
  line: CaseLine,
  { kind, seed, result }: { kind: string; seed: number; result: KindResult },
): void {
  const { index, outcome, message, cpuMs, grownMb, recipe = "" } = line;
  result.worstMs = Math.max(result.worstMs, cpuMs);
  result.worstMb = Math.max(result.worstMb, grownMb);
  if (outcome === "finding") result.findings.push({ kind, seed, index, message, recipe });
  else result[outcome]++;
}

/** Writes the bytes of a finding to a file and tells how to see it again. */
export async function reproduction(finding: Finding, folder: string): Promise<string> {
  const { loadKind } = await import("./kinds/load_kind.ts");
  const { makeCase } = await import("./make_case.ts");
  const kind = await loadKind(finding.kind);
  const { bytes } = await makeCase(kind, await kind.seeds(), finding);
  const path = join(folder, `${kind.name}-${finding.seed}-${finding.index}.${kind.ending}`);
  await Deno.writeFile(path, bytes);
  return [
    `${finding.kind}, seed ${finding.seed}, case ${finding.index}: ${finding.message}`,
    `  made of ${finding.recipe}`,
    `  file ${path}`,
    `  again: deno run -A tests/fuzz/main.ts --kind ${finding.kind} --seed ${finding.seed} ` +
    `--from ${finding.index} --cases 1`,
  ].join("\n");
}

/** The table that a run ends with. */
export function tableOf(results: readonly KindResult[]): string {
  const rows = results.map((result) => [
    result.kind,
    result.accepted + result.refused + result.findings.length,
    result.accepted,
    result.refused,
    result.findings.length,
    Math.round(result.worstMs),
    Math.round(result.worstMb),
  ]);
  const sum = (column: number) => rows.reduce((total, row) => total + Number(row[column]), 0);
  const most = (column: number) => Math.max(0, ...rows.map((row) => Number(row[column])));
  const total = ["all", sum(1), sum(2), sum(3), sum(4), most(5), most(6)];
  const head = ["kind", "cases", "accepted", "refused", "findings", "worst ms", "worst MB"];
  return [head, ...rows, total]
    .map(([kind, ...numbers]) =>
      [String(kind).padEnd(10), ...numbers.map((number) => String(number).padStart(9))].join("")
    ).join("\n");
}
