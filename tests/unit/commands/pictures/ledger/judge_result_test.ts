import assert from "node:assert/strict";
import { join } from "node:path";
import { sha256 } from "../../../../../src/checkpoint/sha256.ts";
import { judgeResult } from "../../../../../src/commands/pictures/ledger/judge_result.ts";
import type { DoneEntry } from "../../../../../src/commands/pictures/ledger/ledger_entry.ts";
import { withTempDir } from "../../../../support/temp_dir.ts";

const origin = {
  inputSha256: "1",
  mask: "m.png",
  maskRest: "no mask",
  maskFile: "m.png",
  maskSha256: "2" as string | null,
  settings: { quality: 90 as number | null, method: "pconv" },
};

Deno.test("judgeResult() tells by content what lies at a place", async () => {
  await withTempDir(async (folder) => {
    const path = join(folder, "a.png");
    const bytes = new TextEncoder().encode("result");
    const entry: DoneEntry = {
      ...{ kind: "done", input: "a.png", stem: "a", output: "a.png", ...origin, row: {} },
      outputSha256: await sha256(bytes),
    };
    const judge = (entries: DoneEntry[], change = {}) =>
      judgeResult(path, entries, { ...origin, ...change });

    assert.deepEqual(await judge([entry]), { kind: "missing" });
    await Deno.writeFile(path, bytes);
    assert.deepEqual(await judge([]), { kind: "foreign", isChanged: false });
    assert.deepEqual(await judge([entry]), { kind: "done", entry });
    // An entry of other bytes beside it, older or newer, changes nothing.
    const other = { ...entry, outputSha256: "0" };
    assert.deepEqual(await judge([other, entry, other]), { kind: "done", entry });
    assert.deepEqual(await judge([other]), { kind: "foreign", isChanged: true });

    assert.deepEqual(await judge([entry], { inputSha256: "3" }), {
      kind: "outdated",
      differences: ["another picture"],
    });
    assert.deepEqual(await judge([entry], { maskSha256: "3" }), {
      kind: "outdated",
      differences: ["another mask"],
    });
    // The same mask under another name is the same mask.
    assert.deepEqual(await judge([entry], { mask: "n.png" }), { kind: "done", entry });
    assert.deepEqual(await judge([entry], { maskRest: "box 0,0,5,5" }), {
      kind: "outdated",
      differences: ["another mask"],
    });
    assert.deepEqual(
      await judge([entry], { settings: { quality: null, method: "pconv", grow: 2 } }),
      { kind: "outdated", differences: ["quality 90, now not given", "grow not given, now 2"] },
    );
    await Deno.writeFile(path, bytes.subarray(1));
    assert.deepEqual(await judge([entry]), { kind: "foreign", isChanged: true });
  });
});
