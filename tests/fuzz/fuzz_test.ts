/**
 * A bounded slice of the fuzz corpus, the same cases every time; `main.ts` runs as many as one likes.
 */
import assert from "node:assert/strict";
import { withTempDir } from "../support/temp_dir.ts";
import { KINDS } from "./kinds/mod.ts";
import { makeCase } from "./make_case.ts";
import { runProgramCases } from "./program_cases.ts";
import { type Finding, reproduction, runCases } from "./run_cases.ts";

/** Cases of a kind, where it is not the usual number. */
const CASES: Readonly<Record<string, number>> = { png: 80, jpeg: 80, vgg16: 20 };
const USUAL = 55;

/** Fails with the way to see each finding again; its bytes stay in a folder. */
async function assertNone(findings: readonly Finding[]): Promise<void> {
  if (findings.length === 0) return;
  const folder = await Deno.makeTempDir({ prefix: "pconv-fuzz-" });
  const stories = findings.slice(0, 5).map((finding) => reproduction(finding, folder));
  assert.fail(`${findings.length} findings\n${(await Promise.all(stories)).join("\n")}`);
}

for (const kind of KINDS) {
  const seeds = await kind.seeds();
  Deno.test({
    name: `spoilt files are read or refused in one clear line: ${kind.name}` +
      (seeds.length === 0 ? " (ignored: no file to spoil)" : ""),
    ignore: seeds.length === 0,
    fn: async () => {
      await withTempDir(async (folder) => {
        const to = CASES[kind.name] ?? USUAL;
        const result = await runCases({ kind: kind.name, seed: 1, from: 0, to }, folder);
        await assertNone(result.findings);
        assert.equal(result.accepted + result.refused, to);
        // Spoiling that hardly ever spoils, or always does, would prove little.
        const least = kind.isNeverRefused ? -1 : to / 20;
        assert.ok(result.refused > least, `${result.refused} of ${to} are refused`);
        for (const { name, isRefused = false } of seeds) {
          const said = result.seeds[name];
          assert.equal(said !== "accepted", isRefused, `whole file "${name}": ${said}`);
        }
        if (!seeds.every(({ isRefused }) => isRefused)) {
          assert.ok(result.accepted > to / 50, `${result.accepted} of ${to} are accepted`);
        }
      });
    },
  });
}

Deno.test("spoilt pictures and masks end the program in one line, with nothing half-written", async () => {
  await withTempDir(async (folder) => {
    const { findings } = await runProgramCases({ seed: 1, from: 0, to: 10 }, folder);
    await assertNone(findings);
  });
});

Deno.test("a case depends on its kind, seed and number alone", async () => {
  const seeds = [{ name: "a", bytes: Uint8Array.from({ length: 500 }, (_, i) => i) }];
  const make = async (name: string, seed: number, index: number) =>
    (await makeCase({ name, mutations: [] }, seeds, { seed, index })).bytes.toHex();
  assert.equal(await make("a", 1, 7), await make("a", 1, 7));
  const others = await Promise.all([
    make("a", 1, 7),
    make("b", 1, 7),
    make("a", 2, 7),
    make("a", 1, 8),
  ]);
  assert.equal(new Set(others).size, 4);
});
