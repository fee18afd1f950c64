import assert from "node:assert/strict";
import { join } from "node:path";
import { InputError } from "../../../../../src/errors.ts";
import { openLedger } from "../../../../../src/commands/pictures/ledger/ledger.ts";
import type { DoneEntry } from "../../../../../src/commands/pictures/ledger/ledger_entry.ts";
import { withTempDir } from "../../../../support/temp_dir.ts";

const session = { startedAt: "2026-01-02T03:04:05Z", version: "1.2.3", command: "pconv", cwd: "/" };
const options = (part?: { index: number; count: number }) => ({
  ...session,
  part,
  shard: part === undefined ? null : `${part.index}/${part.count}`,
  facts: [],
});

const done = (output: string, outputSha256: string): DoneEntry => ({
  ...{ kind: "done", input: "a.png", stem: "a", output, outputSha256 },
  ...{
    inputSha256: "1",
    maskRest: "no mask",
    mask: "m.png",
    maskFile: null,
    maskSha256: "2",
    settings: { quality: 90 },
    row: {},
  },
});

Deno.test("openLedger() remembers what an earlier run wrote, under the path below the folder", async () => {
  await withTempDir(async (folder) => {
    const first = await openLedger(folder, options());
    assert.deepEqual(first.find(join(folder, "x", "a.png")), []);
    await first.record(done(join(folder, "x", "a.png"), "3"));
    await first.record({ kind: "failed", input: "b.png", stem: "a", error: "Cannot read" });
    await first.close(12);
    const second = await openLedger(folder, options());
    assert.deepEqual(second.find(join(folder, "x", "a.png")), [done("x/a.png", "3")]);
    assert.deepEqual(second.formerTags, [first.tag]);
    await second.record(done(join(folder, "x", "a.png"), "4"));
    assert.equal(second.find(join(folder, "x", "a.png")).length, 2);
    await second.close(1);
  });
});

Deno.test("openLedger() gives each shard a ledger, which knows those of the others", async () => {
  await withTempDir(async (folder) => {
    const [one, two] = [1, 2].map((index) => openLedger(folder, options({ index, count: 2 })));
    await (await one!).record(done(join(folder, "a.png"), "3"));
    await (await one!).close(1);
    await (await two!).close(1);
    const names = await Array.fromAsync(Deno.readDir(join(folder, ".pconv")));
    assert.deepEqual(names.map(({ name }) => name).sort(), [
      "ledger-1-of-2.jsonl",
      "ledger-2-of-2.jsonl",
    ]);
    const whole = await openLedger(folder, options());
    assert.equal(whole.find(join(folder, "a.png")).length, 1);
    // The others' temporaries are not its own to remove: they may be alive.
    assert.deepEqual(whole.formerTags, []);
    await whole.close(1);
  });
});

Deno.test("openLedger() passes over a half line of a killed run, and writes on behind it", async () => {
  await withTempDir(async (folder) => {
    const first = await openLedger(folder, options());
    await first.close(1);
    const path = join(folder, ".pconv", "ledger.jsonl");
    await Deno.writeTextFile(path, '\n{"kind":"done","input":"a.p', { append: true });
    const second = await openLedger(folder, options());
    await second.record(done(join(folder, "a.png"), "3"));
    await second.close(1);
    const third = await openLedger(folder, options());
    assert.equal(third.find(join(folder, "a.png")).length, 1);
    assert.equal(third.formerTags.length, 2);
    await third.close(1);
  });
});

Deno.test("openLedger() refuses a folder that another run writes to, and one that it may not write", async () => {
  await withTempDir(async (folder) => {
    const first = await openLedger(folder, options());
    const path = join(folder, ".pconv", "ledger.jsonl");
    await assert.rejects(
      openLedger(folder, options()),
      new InputError(`Cannot write the ledger "${path}": another run has it open`, {
        hint: "Wait for it, or give each run its own --output or --shard",
      }),
    );
    await first.close(1);
    await (await openLedger(folder, options())).close(1);
    await Deno.writeTextFile(join(folder, "file"), "");
    await assert.rejects(openLedger(join(folder, "file"), options()), InputError);
  });
});

Deno.test({
  name: "openLedger() writes no result down in a folder that was moved or removed meanwhile",
  ignore: Deno.build.os === "windows",
  async fn() {
    await withTempDir(async (folder) => {
      const [here, there] = [join(folder, "out"), join(folder, "moved")];
      const ledger = await openLedger(here, options());
      await ledger.record(done(join(here, "a.png"), "3"));
      await Deno.rename(here, there);
      const path = join(here, ".pconv", "ledger.jsonl");
      const gone = {
        name: "InputError",
        message: `Cannot write the ledger "${path}": it was moved or removed while the run was on`,
      };
      await assert.rejects(ledger.record(done(join(here, "b.png"), "4")), gone);
      // Another run's ledger at its place is not its own.
      const other = await openLedger(here, options());
      await assert.rejects(ledger.record(done(join(here, "b.png"), "4")), gone);
      await other.close(1);
      await ledger.close(1);
      const moved = await openLedger(there, options());
      assert.equal(moved.find(join(there, "a.png")).length, 1);
      assert.equal(moved.find(join(there, "b.png")).length, 0);
      await moved.close(1);
    });
  },
});
