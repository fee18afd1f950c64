import assert from "node:assert/strict";
import { join } from "node:path";
import { readLedgers } from "../../../../../src/commands/pictures/ledger/read_ledgers.ts";
import { InputError } from "../../../../../src/errors.ts";
import { withTempDir } from "../../../../support/temp_dir.ts";

Deno.test("readLedgers() gives nothing where there is none", async () => {
  await withTempDir(async (folder) => {
    assert.deepEqual(await readLedgers(folder), []);
    assert.deepEqual(await readLedgers(join(folder, "missing")), []);
  });
});

Deno.test("readLedgers() leaves out lines that are no entries", async () => {
  await withTempDir(async (folder) => {
    await Deno.mkdir(join(folder, ".pconv"));
    const failed = { kind: "failed", input: "a", stem: "a", error: "b" };
    const lines = [
      "",
      "nonsense",
      "null",
      "[]",
      '"failed"',
      '{"kind":"constructor"}',
      '{"kind":"failed","input":1,"stem":"a","error":"b"}',
      '{"kind":"done","input":"a","stem":"a","output":"b","inputSha256":"","mask":"","outputSha256":"","settings":null,"row":{}}',
      '{"kind":"session","tag":"t","startedAt":"","version":"","command":""}',
      JSON.stringify(failed),
      JSON.stringify(failed).slice(0, 20),
    ];
    await Deno.writeTextFile(join(folder, ".pconv", "ledger.jsonl"), lines.join("\n"));
    await Deno.writeTextFile(join(folder, ".pconv", "ledger-1-of-2.jsonl"), "");
    await Deno.writeTextFile(join(folder, ".pconv", "other.jsonl"), JSON.stringify(failed));
    assert.deepEqual(await readLedgers(folder), [
      { name: "ledger-1-of-2.jsonl", entries: [] },
      { name: "ledger.jsonl", entries: [failed] },
    ]);
  });
});

Deno.test("readLedgers() says what cannot be read", async () => {
  await withTempDir(async (folder) => {
    await Deno.writeTextFile(join(folder, ".pconv"), "a file");
    await assert.rejects(readLedgers(folder), (error) => {
      assert.ok(error instanceof InputError);
      assert.match(error.message, /^Cannot read the ledger in ".*\.pconv": /);
      return true;
    });
  });
});
