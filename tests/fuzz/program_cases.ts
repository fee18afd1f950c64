/**
 * Spoilt pictures through the program itself.
 * @module
 */
import { join } from "node:path";
import { listFiles, runCli } from "../support/run_cli.ts";
import { writeTinyWeights } from "../support/tiny_weights.ts";
import type { Kind, Seed } from "./kinds/kind.ts";
import { KINDS } from "./kinds/mod.ts";
import { type CaseId, makeCase } from "./make_case.ts";
import type { KindResult } from "./run_cases.ts";

/** Which pictures. */
export interface ProgramRange {
  readonly seed: number;
  readonly from: number;
  readonly to: number;
}

/** One start of the program. */
interface ProgramRun {
  readonly code: number;
  readonly stderr: string;
  readonly files: readonly string[];
}

/**
 * `pconv inpaint` on spoilt pictures, and on whole pictures with spoilt masks: case `i` is case `i` of the kind of
 * pictures whose turn it is.
 */
export async function runProgramCases(
  { seed, from, to }: ProgramRange,
  folder: string,
): Promise<KindResult> {
  const result: KindResult = {
    ...{
      kind: "program",
      accepted: 0,
      refused: 0,
      worstMs: 0,
      worstMb: 0,
      findings: [],
      seeds: {},
    },
  };
  const pictures: { kind: Kind; seeds: readonly Seed[] }[] = [];
  for (const kind of KINDS.filter(({ isPicture }) => isPicture)) {
    const seeds = await kind.seeds();
    if (seeds.length > 0) pictures.push({ kind, seeds });
  }
  const whole = pictures[0]!.seeds.find(({ name }) => name === "rgb")!.bytes;
  await writeTinyWeights(folder);
  for (let index = from; index < to; index++) {
    const { kind, seeds } = pictures[index % pictures.length]!;
    const made = await makeCase(kind, seeds, { seed, index });
    const startMs = performance.now();
    const isMask = Math.floor(index / pictures.length) % 3 === 2;
    const run = await runOne({ bytes: made.bytes, whole, isMask, ending: kind.ending }, folder);
    result.worstMs = Math.max(result.worstMs, performance.now() - startMs);
    const fault = faultOf(run);
    if (fault !== undefined) {
      const recipe = `"${made.origin}", ${made.mutations.join(", then ")}`;
      const message = `${isMask ? "as a mask, " : ""}${fault}: ${JSON.stringify(run)}`;
      result.findings.push({ kind: kind.name, ...idOf({ seed, index }), message, recipe });
    } else result[run.code === 0 ? "accepted" : "refused"]++;
  }
  return result;
}

function idOf({ seed, index }: CaseId): CaseId {
  return { seed, index };
}

async function runOne(
  { bytes, whole, isMask, ending }: {
    readonly bytes: Uint8Array;
    readonly whole: Uint8Array;
    readonly isMask: boolean;
    readonly ending: string;
  },
  folder: string,
): Promise<ProgramRun> {
  const place = await Deno.makeTempDir({ dir: folder, prefix: "program-" });
  const bad = `bad.${ending}`;
  await Deno.writeFile(join(place, bad), bytes);
  await Deno.writeFile(join(place, "whole.png"), whole);
  const [picture, mask] = isMask ? ["whole.png", bad] : [bad, "whole.png"];
  const weights = join(folder, "tiny.safetensors");
  const words = ["inpaint", "-q", "--device", "cpu", "-w", weights, picture, "-m", mask];
  const { code, stderr, stdout } = await runCli([...words, "-o", "out.png"], {
    cwd: place,
    timeoutMs: 60_000,
  });
  const files = (await listFiles(place)).filter((name) => name !== bad && name !== "whole.png");
  await Deno.remove(place, { recursive: true });
  return { code, stderr: stderr + (stdout.length > 0 ? "(bytes on standard output)" : ""), files };
}

/** What is wrong with how the program ended. */
function faultOf({ code, stderr, files }: ProgramRun): string | undefined {
  if (code === 0) {
    if (files.join() !== "out.png") return "says that it is done and wrote something else";
    return /^error/m.test(stderr) ? "says that it is done, with an error" : undefined;
  }
  if (code !== 1 && code !== 2 && code !== 3) return `ends with ${code}`;
  if (files.length > 0) return "fails and leaves files";
  if (!/^error: [^\n]+\n(hint: [^\n]+\n)?$/.test(stderr)) return "says more or less than one line";
  return /This is a bug/.test(stderr) ? "calls itself a bug" : undefined;
}
