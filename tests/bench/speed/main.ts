/**
 * How fast the program is, beside its peers in the same run: `deno task bench`.
 *
 * ```sh
 * deno task bench [--only op,forward,curve,train,folder,startup,memory] [--quick] [--images FOLDER] [--output FOLDER] [--before COMMIT|none]
 * ```
 * @module
 */
import { parseArgs } from "node:util";
import { collectFacts } from "../training/facts.ts";
import { BEFORE_COMMIT, unpackBefore } from "./before.ts";
import { folder } from "./parts/folder.ts";
import { memory } from "./parts/memory.ts";
import { curve, forward, op, training } from "./parts/networks.ts";
import type { Part, PartResult } from "./parts/part.ts";
import { startup } from "./parts/startup.ts";
import { machineFacts } from "./machine.ts";
import { writeReport } from "./report.ts";

const PARTS: readonly Part[] = [op, forward, curve, training, folder, startup, memory];

const { values: flags } = parseArgs({
  args: Deno.args,
  options: {
    only: { type: "string" },
    quick: { type: "boolean", default: false },
    images: { type: "string" },
    output: { type: "string", default: "out/bench" },
    before: { type: "string", default: BEFORE_COMMIT },
  },
});

const names = flags.only?.split(",") ?? PARTS.map(({ name }) => name);
const unknown = names.filter((name) => !PARTS.some((part) => part.name === name));
if (unknown.length > 0) {
  console.error(`Cannot run ${unknown}: must be of ${PARTS.map(({ name }) => name).join(", ")}`);
  Deno.exit(2);
}
const shared = new URL("../../../../shared/images/val", import.meta.url).pathname;
const hasShared = await Deno.stat(shared).then(() => true, () => false);
const temporary = await Deno.makeTempDir({ prefix: "pconv-speed-" });
const startMs = performance.now();
const results: { part: Part; result: PartResult; seconds: number }[] = [];
try {
  const log = (line: string) => console.error(`  ${line}`);
  const before = flags.before === "none"
    ? undefined
    : await unpackBefore(flags.before, temporary, log);
  for (const part of PARTS.filter(({ name }) => names.includes(name))) {
    const partMs = performance.now();
    console.error(`${part.title}`);
    const result = await part.run({
      folder: temporary,
      isQuick: flags.quick,
      images: flags.images ?? (hasShared ? shared : undefined),
      ...{ before, log },
    });
    results.push({ part, result, seconds: (performance.now() - partMs) / 1000 });
  }
} finally {
  await Deno.remove(temporary, { recursive: true });
}
const facts = await collectFacts("tests/bench/speed/main.ts");
const { text, path } = await writeReport(
  results,
  { ...facts, ...await machineFacts(), seconds: (performance.now() - startMs) / 1000 },
  { folder: flags.output, stem: `${facts.date.slice(0, 10)}-speed` },
);
console.log(text);
console.error(`written: ${path}`);
const isRight = results.every(({ result }) => result.isRight !== false);
if (!isRight) console.error("A contender computed something else than the reference.");
Deno.exit(isRight ? 0 : 1);
