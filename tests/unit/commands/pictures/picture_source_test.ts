import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { packTar } from "modern-tar";
import type { PictureJob, PictureRequest } from "../../../../src/commands/pictures/picture_plan.ts";
import {
  openPictureSource,
  type OpenPictureSourceOptions,
} from "../../../../src/commands/pictures/picture_source.ts";
import { isInShard } from "../../../../src/commands/pictures/shard.ts";
import { UsageError } from "../../../../src/errors.ts";
import { withTempDir } from "../../../support/temp_dir.ts";
import { fakeCommandIo } from "../fake_command_io.ts";

const request = (change: Partial<PictureRequest>): PictureRequest => ({
  ...{ verb: "inpaint", inputs: [], mask: "alpha", output: undefined, format: undefined },
  ...change,
});

const open = (change: Partial<PictureRequest>, options: Partial<OpenPictureSourceOptions> = {}) =>
  openPictureSource(request(change), {
    ...{ io: fakeCommandIo(), shard: undefined, watch: false },
    openArchive: () => ({ add: () => Promise.resolve(), finish: () => Promise.resolve() }),
    ...options,
  });

/** A folder "in" of ten files, "in/0.png" on. */
async function withFolder(body: (at: (name: string) => string) => Promise<void>): Promise<void> {
  await withTempDir(async (folder) => {
    await Deno.mkdir(join(folder, "in"));
    for (let i = 0; i < 10; i++) await Deno.writeTextFile(join(folder, "in", `${i}.png`), "x");
    await body((name) => join(folder, name));
  });
}

const listed = async (jobs: AsyncIterable<PictureJob> | readonly PictureJob[]) =>
  (await Array.fromAsync(jobs)).map(({ stem }) => stem);

Deno.test("openPictureSource() plans a folder, and of it a part", async () => {
  await withFolder(async (at) => {
    const all = await open({ inputs: [at("in")], output: at("out") });
    assert.deepEqual([all.total, all.outputFolder], [10, at("out")]);
    assert.deepEqual(all.resultFolders, [resolve(at("out"))]);
    assert.ok(all.given.has(resolve(at("in/3.png"))));
    const parts: string[][] = [];
    for (const index of [1, 2, 3]) {
      const shard = { index, count: 3 };
      const part = await open({ inputs: [at("in")], output: at("out") }, { shard });
      const stems = await listed(part.jobs);
      assert.deepEqual(stems, "0123456789".split("").filter((stem) => isInShard(stem, shard)));
      assert.equal(part.total, stems.length);
      // What no part may write to, and the polarity, follow from all of them.
      assert.deepEqual(part.given, all.given);
      parts.push(stems);
    }
    assert.deepEqual(parts.flat().sort(), "0123456789".split(""));
  });
});

Deno.test("openPictureSource() reads an archive from standard input, into a folder or another one", async () => {
  const bytes = await packTar([{ header: { name: "d/a.png", size: 1 }, body: "x" }]);
  const io = { ...fakeCommandIo(), stdinStream: () => ReadableStream.from([bytes]) };
  const piped = await open({ inputs: ["-"] }, { io });
  assert.deepEqual([piped.total, piped.outputFolder], [undefined, undefined]);
  const [job] = await Array.fromAsync(piped.jobs);
  assert.deepEqual([job!.input, job!.output.kind], ["d/a.png", "member"]);
  const filed = await open({ inputs: ["-"], output: "out" }, { io });
  assert.equal(filed.outputFolder, "out");
  assert.deepEqual((await Array.fromAsync(filed.jobs))[0]!.output, {
    ...{ kind: "stem", path: join("out", "d/a"), extension: ".png" },
  });
  await assert.rejects(open({ inputs: ["-"], output: "out.png" }, { io }), {
    message: 'Cannot write the images of an archive to "out.png": it is a file, ' +
      "--output must be a folder",
  });
});

Deno.test("openPictureSource() hands on a picture from standard input", async () => {
  const io = { ...fakeCommandIo(), stdinStream: () => ReadableStream.from([Uint8Array.of(7)]) };
  const source = await open({ inputs: ["-"] }, { io });
  assert.deepEqual([source.total, await listed(source.jobs)], [1, ["stdin"]]);
  assert.deepEqual(await source.readStdin(), Uint8Array.of(7));
});

Deno.test("openPictureSource() watches a folder, and says which pictures wait for a mask", async () => {
  await withFolder(async (at) => {
    const stop = new AbortController();
    const io = fakeCommandIo(stop.signal);
    await Deno.mkdir(at("masks"));
    await Deno.writeTextFile(at("masks/4.png"), "x");
    const source = await open(
      { inputs: [at("in")], mask: at("masks"), output: at("out") },
      { io, watch: true },
    );
    assert.deepEqual([source.total, source.problems], [undefined, []]);
    const jobs = (source.jobs as AsyncIterable<PictureJob>)[Symbol.asyncIterator]();
    assert.equal((await jobs.next()).value!.stem, "4");
    assert.ok(io.said.includes(`"${at("in/3.png")}" waits for its mask`));
    stop.abort();
    assert.equal((await jobs.next()).done, true);
    const single = { inputs: [at("in/1.png")], output: at("out.png") };
    await assert.rejects(open(single, { watch: true }), UsageError);
  });
});
