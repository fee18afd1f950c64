/**
 * The full run, by hand:
 *
 *   deno run -A tests/fuzz/main.ts --cases 20000 [--kind png] [--seed 1] [--from 0] [--program 200]
 *
 * `--cases` is shared out over the kinds, `--program` pictures go through the program itself. Ends with 1 if there is a
 * finding; what it was is printed with the way to see it again, and its bytes lie in a temporary folder.
 * @module
 */
import { parseArgs } from "node:util";
import { KINDS } from "./kinds/mod.ts";
import { runProgramCases } from "./program_cases.ts";
import { type Finding, type KindResult, reproduction, runCases, tableOf } from "./run_cases.ts";

const { values } = parseArgs({
  options: {
    cases: { type: "string", default: "20000" },
    kind: { type: "string", multiple: true },
    seed: { type: "string", default: "1" },
    from: { type: "string", default: "0" },
    program: { type: "string", default: "0" },
    lanes: { type: "string", default: String(Math.max(1, navigator.hardwareConcurrency)) },
  },
});
const started = performance.now();
const seed = Number(values.seed);
const from = Number(values.from);
const chosen: { readonly name: string }[] = [];
for (const kind of KINDS) {
  if (values.kind?.includes(kind.name) === false) continue;
  if ((await kind.seeds()).length > 0) chosen.push(kind);
}
const each = Math.ceil(Number(values.cases) / chosen.length);
const folder = await Deno.makeTempDir({ prefix: "pconv-fuzz-" });
const results: KindResult[] = [];
const waiting = [...chosen];
await Promise.all(
  Array.from({ length: Number(values.lanes) }, async () => {
    for (let kind = waiting.shift(); kind !== undefined; kind = waiting.shift()) {
      results.push(await runCases({ kind: kind.name, seed, from, to: from + each }, folder));
    }
  }),
);
const order = chosen.map(({ name }) => name);
results.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
if (Number(values.program) > 0) {
  results.push(await runProgramCases({ seed, from, to: from + Number(values.program) }, folder));
}
const findings = results.flatMap((result) => result.findings);
// One of each sort: the same fault comes up many times.
for (const [finding, ...more] of Map.groupBy(findings, sortOf).values()) {
  console.log(await reproduction(finding!, folder));
  if (more.length > 0) {
    console.log(`  and ${more.length} like it: ${more.map(({ index }) => index)}`);
  }
}
console.log(tableOf(results));
console.log(`${Math.round((performance.now() - started) / 1000)} s, seed ${seed}`);
if (findings.length === 0) await Deno.remove(folder, { recursive: true });
else console.log(`files in ${folder}`);

/** Findings of one sort say the same but for numbers and names. */
function sortOf({ kind, message }: Finding): string {
  return `${kind} ${message.slice(0, 300).replace(/\d+/g, "0").replace(/"[^"]*"/g, '""')}`;
}

Deno.exit(findings.length === 0 ? 0 : 1);
