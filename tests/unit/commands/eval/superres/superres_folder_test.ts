import assert from "node:assert/strict";
import type { EvalPlan } from "../../../../../src/commands/eval/eval_folder.ts";
import { openSuperresFolder } from "../../../../../src/commands/eval/superres/superres_folder.ts";
import { withTempDir } from "../../../../support/temp_dir.ts";
import { superresRecordOf } from "../../../evaluation/superres/superres_record_of.ts";
import { parsedEval } from "../parsed_eval.ts";

const plan: EvalPlan = {
  format: "pconv-eval-1",
  shard: [1, 1],
  pairs: 2,
  settings: { task: "superres", images: { count: 1, sha256: "a" } },
  methods: { bicubic: "no settings" },
  facts: [],
  command: "pconv eval",
  request: parsedEval("").options,
};
const io = { warn: (line: string) => assert.fail(line) };

Deno.test("openSuperresFolder() goes on where a killed run stopped, also within a line", async () => {
  await withTempDir(async (folder) => {
    const [first, second] = [superresRecordOf(), superresRecordOf({ scale: 3 })];
    {
      using open = await openSuperresFolder(folder, plan, io);
      await open.add(first);
    }
    const path = `${folder}/results.jsonl`;
    await Deno.writeTextFile(path, '{"image":"a.png","sca', { append: true });
    {
      using open = await openSuperresFolder(folder, plan, io);
      assert.deepEqual(open.records, [first]);
      await open.add(second);
      assert.deepEqual(open.records, [first, second]);
    }
    const lines = (await Deno.readTextFile(path)).trimEnd().split("\n");
    assert.deepEqual(lines.map((line) => JSON.parse(line)), [first, second]);
  });
});

Deno.test("openSuperresFolder() refuses the folder of fills, and a method that has changed", async () => {
  await withTempDir(async (folder) => {
    (await openSuperresFolder(folder, plan, io))[Symbol.dispose]();
    const changed = { ...plan, methods: { bicubic: "other" } };
    await assert.rejects(openSuperresFolder(folder, changed, io), {
      name: "UsageError",
      message: /method "bicubic" was no settings, is other; must be the same$/,
    });
    const fills = { ...plan, settings: { images: plan.settings["images"], seed: 1 } };
    await assert.rejects(openSuperresFolder(folder, fills, io), {
      message: /"task" was "superres", is not given; "seed" was not given, is 1/,
    });
    // The lock of a refused folder is gone.
    (await openSuperresFolder(folder, plan, io))[Symbol.dispose]();
    await Deno.writeTextFile(`${folder}/results.jsonl`, '{"image":5}\n');
    await assert.rejects(openSuperresFolder(folder, plan, io), {
      name: "InputError",
      message: `Cannot read result 1 of "${folder}/results.jsonl": "image" must be text`,
    });
  });
});
