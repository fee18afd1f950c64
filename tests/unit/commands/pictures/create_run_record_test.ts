import assert from "node:assert/strict";
import { join } from "node:path";
import { createRunRecord } from "../../../../src/commands/pictures/create_run_record.ts";
import type { PictureReport } from "../../../../src/commands/pictures/picture_work.ts";
import { localCodec } from "../../../../src/data/picture_codec.ts";
import { InputError } from "../../../../src/errors.ts";
import { withTempDir } from "../../../support/temp_dir.ts";

const SESSION: Parameters<typeof createRunRecord>[0] = {
  ...{
    startedAt: "2026-01-02T03:04:05.000Z",
    version: "1.2.3",
    command: "pconv inpaint <b>",
    cwd: "/",
  },
  ...{ shard: "2/3", facts: [["method", "pconv"]] },
};

const job = (input: string) =>
  ({ input, stem: input, mask: [], output: { kind: "stdout" } }) as const;

Deno.test("createRunRecord() makes rows of results and of failures", () => {
  const record = createRunRecord(SESSION);
  const done: PictureReport = {
    ...{ input: "a.png", output: "out/a.png", mask: "m", status: "filled", warnings: [] },
    deliver: () => Promise.resolve(),
  };
  assert.deepEqual(record.add(job("a.png"), { result: done }), {
    ...{ input: "a.png", output: "out/a.png", mask: "m", status: "filled", warnings: [] },
    shard: "2/3",
  });
  assert.deepEqual(record.add(job("b.png"), { error: new InputError("Cannot") }), {
    ...{ input: "b.png", status: "failed", error: "Cannot", warnings: [], shard: "2/3" },
  });
  const whole = createRunRecord({ ...SESSION, shard: null }, { isKept: false });
  assert.equal(whole.add(job("a.png"), { result: done }).shard, undefined);
});

Deno.test("createRunRecord() writes a page that escapes what it names", async () => {
  await withTempDir(async (folder) => {
    const record = createRunRecord(SESSION);
    record.add(job("<script>.png"), { error: new InputError("Cannot read <i>") });
    const path = join(folder, "run.html");
    await record.writePage(path, {
      codec: localCodec,
      readHole: () => Promise.resolve(new Uint8Array()),
    });
    const page = await Deno.readTextFile(path);
    assert.match(page, /&lt;script>?(&gt;)?\.png/);
    assert.ok(!page.includes("<script>.png") && !page.includes("<i>"));
    assert.match(page, /Written by pconv 1\.2\.3/);
  });
});
