import assert from "node:assert/strict";
import { packTar } from "modern-tar";
import type { PictureJob } from "../../../../src/commands/pictures/picture_plan.ts";
import { tarJobs, type TarJobsOptions } from "../../../../src/commands/pictures/tar_jobs.ts";
import type { TarMember } from "../../../../src/data/tar/tar_member.ts";
import { InputError } from "../../../../src/errors.ts";

const MODIFIED = new Date("2020-01-02T03:04:05Z");

const tarOf = (...names: readonly string[]) =>
  packTar(names.map((name) => ({
    header: { name, size: 3, mtime: MODIFIED, mode: 0o600 },
    body: Uint8Array.of(1, 2, 3),
  })));

async function jobsOf(
  names: readonly string[],
  change: Partial<TarJobsOptions> = {},
): Promise<PictureJob[]> {
  return await Array.fromAsync(tarJobs(ReadableStream.from([await tarOf(...names)]), {
    ...{ verb: "inpaint", suffix: "_f", archive: undefined },
    holesOf: (relative) => [{ stem: relative.replace(/\.\w+$/, ""), sources: [{ kind: "alpha" }] }],
    targetOf: (stem, relative) => ({ kind: "file", path: `${stem} of ${relative}` }),
    ...change,
  }));
}

Deno.test("tarJobs() gives the pictures of an archive with their bytes", async () => {
  const jobs = await jobsOf(["d/a.png", "note.txt", "b.JPG"]);
  assert.deepEqual(jobs.map(({ input, stem, output }) => [input, stem, output]), [
    ["d/a.png", "d/a", { kind: "file", path: "d/a of d/a.png" }],
    ["b.JPG", "b", { kind: "file", path: "b of b.JPG" }],
  ]);
  assert.deepEqual(jobs[0]!.bytes, Uint8Array.of(1, 2, 3));
  assert.deepEqual(jobs[0]!.mask, [{ kind: "alpha" }]);
});

Deno.test("tarJobs() names results in an archive, with time and mode of the picture", async () => {
  const added: TarMember[] = [];
  const archive = {
    add: (member: TarMember) => Promise.resolve(void added.push(member)),
    finish: () => Promise.resolve(),
  };
  const [job] = await jobsOf(["d/a.png"], { archive });
  const { output } = job!;
  assert.ok(output.kind === "member");
  assert.deepEqual([output.path, output.extension], ["d/a_f", ".png"]);
  await output.add("d/a_f.jpg", Uint8Array.of(9));
  assert.deepEqual(added, [
    { name: "d/a_f.jpg", bytes: Uint8Array.of(9), modified: MODIFIED, mode: 0o600 },
  ]);
});

Deno.test("tarJobs() gives a job for each mask of a picture, none sharing memory", async () => {
  const holesOf = () => ["a_mask0", "a_mask1"].map((stem) => ({ stem, sources: [] }));
  const jobs = await jobsOf(["a.png"], { holesOf });
  assert.deepEqual(jobs.map(({ stem }) => stem), ["a_mask0", "a_mask1"]);
  assert.notEqual(jobs[0]!.bytes!.buffer, jobs[1]!.bytes!.buffer);
  assert.deepEqual(jobs[0]!.bytes, jobs[1]!.bytes);
});

Deno.test("tarJobs() gives a failing job for a name that leads out of the archive", async () => {
  const jobs = await jobsOf(["../a.png", "b.png"]);
  assert.deepEqual(
    jobs[0]!.mask,
    new InputError(
      'Cannot inpaint "../a.png" of the archive: its name leads out of the archive by ".."',
    ),
  );
  assert.equal(jobs[1]!.input, "b.png");
});

Deno.test("tarJobs() adds no second result of one name to an archive", async () => {
  const added: string[] = [];
  const archive = {
    add: ({ name }: TarMember) => Promise.resolve(void added.push(name)),
    finish: () => Promise.resolve(),
  };
  const jobs = await jobsOf(["p.png", "p.jpg", "._p.png"], { archive });
  const [one, other, ...rest] = jobs.map(({ output }) => output);
  assert.deepEqual(rest, [], "macOS's files with a dot in front are no pictures");
  assert.ok(one?.kind === "member" && other?.kind === "member");
  await one.add("p_f.png", Uint8Array.of(1));
  await assert.rejects(other.add("p_f.png", Uint8Array.of(2)), {
    message: 'Cannot write "p_f.png": it is a result of this run already',
  });
  assert.deepEqual(added, ["p_f.png"]);
});
