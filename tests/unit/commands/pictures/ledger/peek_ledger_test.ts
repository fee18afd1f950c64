import assert from "node:assert/strict";
import { join } from "node:path";
import { openLedger } from "../../../../../src/commands/pictures/ledger/ledger.ts";
import { peekLedger } from "../../../../../src/commands/pictures/ledger/peek_ledger.ts";
import { listFiles } from "../../../../support/run_cli.ts";
import { withTempDir } from "../../../../support/temp_dir.ts";

Deno.test("peekLedger() knows what is done and writes nothing", async () => {
  await withTempDir(async (folder) => {
    const nothing = await peekLedger(join(folder, "none"));
    assert.deepEqual(nothing.find(join(folder, "none", "a.png")), []);
    const session = { startedAt: "", version: "", command: "", cwd: "/", shard: null, facts: [] };
    const ledger = await openLedger(folder, { ...session, part: undefined });
    await ledger.record({
      ...{
        kind: "done",
        input: "a",
        stem: "a",
        output: join(folder, "a.png"),
        outputSha256: "7",
        row: {},
      },
      ...{
        inputSha256: "",
        mask: "",
        maskRest: "no mask",
        maskFile: null,
        maskSha256: null,
        settings: {},
      },
    });
    // Also while a run has it open.
    const peeked = await peekLedger(folder);
    assert.equal(peeked.find(join(folder, "a.png"))[0]!.outputSha256, "7");
    const before = await Deno.readTextFile(join(folder, ".pconv", "ledger.jsonl"));
    await peeked.record({ kind: "failed", input: "a", stem: "a", error: "b" });
    assert.equal(await Deno.readTextFile(join(folder, ".pconv", "ledger.jsonl")), before);
    assert.deepEqual(await listFiles(folder), [".pconv/ledger.jsonl"]);
    await ledger.close(1);
  });
});
