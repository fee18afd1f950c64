import assert from "node:assert/strict";
import { join } from "node:path";
import { belowFolder, indexDone } from "../../../../../src/commands/pictures/ledger/index_done.ts";
import type { DoneEntry } from "../../../../../src/commands/pictures/ledger/ledger_entry.ts";

const done = (output: string, outputSha256: string): DoneEntry => ({
  ...{ kind: "done", input: "a", stem: "a", output, outputSha256, row: {} },
  ...{
    inputSha256: "",
    mask: "",
    maskRest: "no mask",
    maskFile: null,
    maskSha256: null,
    settings: {},
  },
});

Deno.test("indexDone() finds all entries of a path, in the order of the ledgers", () => {
  const failed = { kind: "failed", input: "a", stem: "a", error: "b" } as const;
  const index = indexDone("out", [
    { name: "1", entries: [done("x/a.png", "1"), failed, done("b.png", "2")] },
    { name: "2", entries: [done("x/a.png", "3")] },
  ]);
  const hashes = (output: string) => index.find(output).map(({ outputSha256 }) => outputSha256);
  assert.deepEqual(hashes(join("out", "x", "a.png")), ["1", "3"]);
  index.add(done("x/a.png", "4"));
  assert.deepEqual(hashes("out/x/a.png"), ["1", "3", "4"]);
  // An entry of the name of something that objects have is no entry.
  assert.deepEqual(hashes("out/constructor"), []);
});

Deno.test("belowFolder() gives the path below a folder, however it is written", () => {
  assert.equal(belowFolder("out/", "out/x/../y/a.png"), "y/a.png");
  assert.equal(belowFolder(".", "./a.png"), "a.png");
});
