import assert from "node:assert/strict";
import {
  EVAL_FORMAT,
  type EvalPlan,
  openEvalFolder,
  planDifferences,
  readPlan,
  readRecords,
} from "../../../../src/commands/eval/eval_folder.ts";
import { withTempDir } from "../../../support/temp_dir.ts";
import { evalRecord } from "../../evaluation/records.ts";
import { parsedEval } from "./parsed_eval.ts";

const quiet = { warn: () => {} };

function planOf(changes: Partial<EvalPlan> = {}): EvalPlan {
  return {
    format: EVAL_FORMAT,
    shard: [1, 1],
    pairs: 3,
    settings: { size: 512, seed: 1 },
    methods: { mean: "no settings" },
    facts: [["images", "3"]],
    command: "pconv eval",
    request: parsedEval("").options,
    ...changes,
  };
}

Deno.test("openEvalFolder() keeps results, and goes on with more methods", async () => {
  await withTempDir(async (folder) => {
    {
      using first = await openEvalFolder(folder, planOf(), quiet);
      await first.add(evalRecord({ pair: 1 }));
      assert.equal(first.records.length, 1);
      await assert.rejects(openEvalFolder(folder, planOf(), quiet), {
        name: "UsageError",
        message: /another process/,
      });
    }
    const more = planOf({ methods: { telea: "no settings" }, facts: [["masks", "2"]] });
    using second = await openEvalFolder(folder, more, quiet);
    assert.deepEqual(second.records, [evalRecord({ pair: 1 })]);
    assert.deepEqual(second.plan.methods, { mean: "no settings", telea: "no settings" });
    assert.deepEqual(second.plan.facts, [["images", "3"], ["masks", "2"]]);
    assert.deepEqual(await readPlan(folder), JSON.parse(JSON.stringify(second.plan)));
  });
});

Deno.test("openEvalFolder() refuses another evaluation, naming every difference", async () => {
  await withTempDir(async (folder) => {
    (await openEvalFolder(folder, planOf(), quiet))[Symbol.dispose]();
    const other = planOf({
      shard: [2, 3],
      settings: { size: 256, seed: 1 },
      methods: { mean: "other" },
    });
    await assert.rejects(openEvalFolder(folder, other, quiet), {
      name: "UsageError",
      message: `Cannot go on with the evaluation in "${folder}": "size" was 512, is 256; ` +
        'method "mean" was no settings, is other; the shard was 1/1, is 2/3; must be the same',
    });
  });
});

Deno.test("openEvalFolder() leaves a half-written line out, and later lines begin on their own", async () => {
  await withTempDir(async (folder) => {
    const line = JSON.stringify(evalRecord({ pair: 4 }));
    await Deno.writeTextFile(`${folder}/pairs.jsonl`, `${line}\n${line.slice(0, 50)}`);
    {
      using opened = await openEvalFolder(folder, planOf(), quiet);
      await opened.add(evalRecord({ pair: 5 }));
    }
    assert.deepEqual((await readRecords(folder)).map(({ pair }) => pair), [4, 5]);
    assert.equal((await Deno.readTextFile(`${folder}/pairs.jsonl`)).split("\n").length, 3);
  });
});

Deno.test("files that are no evaluation are refused", async () => {
  await withTempDir(async (folder) => {
    assert.equal(await readPlan(folder), undefined);
    assert.deepEqual(await readRecords(folder), []);
    await Deno.writeTextFile(`${folder}/eval.json`, '{"format":"x"}');
    await assert.rejects(readPlan(folder), {
      name: "InputError",
      message: `Cannot read "${folder}/eval.json": its format is "x", must be "${EVAL_FORMAT}"`,
    });
    await Deno.writeTextFile(`${folder}/eval.json`, "no json");
    await assert.rejects(readPlan(folder), { name: "InputError" });
    await Deno.writeTextFile(`${folder}/pairs.jsonl`, '{"pair":1}\n');
    await assert.rejects(readRecords(folder), {
      name: "InputError",
      message: `Cannot read result 1 of "${folder}/pairs.jsonl": "width" must be a whole number`,
    });
  });
});

Deno.test("planDifferences() does not mind methods that only one of both has", () => {
  assert.deepEqual(planDifferences(planOf(), planOf({ methods: { telea: "x" } })), []);
  assert.deepEqual(planDifferences(planOf(), planOf({ settings: { size: 512 } })), [
    '"seed" was 1, is not given',
  ]);
});
