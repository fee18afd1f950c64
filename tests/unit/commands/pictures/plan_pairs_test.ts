import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { maskFileOf } from "../../../../src/commands/pictures/mask_source.ts";
import {
  type PictureRequest,
  planPictures,
} from "../../../../src/commands/pictures/picture_plan.ts";
import { InputError } from "../../../../src/errors.ts";
import { withTempDir } from "../../../support/temp_dir.ts";

/** Plans a list "set/list.tsv" beside empty files. */
async function withList(
  text: string,
  body: (
    plan: (request?: Partial<PictureRequest>) => ReturnType<typeof planPictures>,
    at: (name: string) => string,
  ) => Promise<void>,
): Promise<void> {
  await withTempDir(async (folder) => {
    const at = (name: string) => join(folder, name);
    const names = ["set/a.jpg", "set/s/b.png", "set/m.png", "other/a.png", "masks/a.png"];
    for (const name of names) {
      await Deno.mkdir(join(at(name), ".."), { recursive: true });
      await Deno.writeTextFile(at(name), "");
    }
    await Deno.writeTextFile(at("set/list.tsv"), text.replaceAll("ROOT", folder));
    const request: PictureRequest = {
      ...{ verb: "inpaint", inputs: [], mask: undefined, format: undefined },
      output: at("out"),
      pairs: at("set/list.tsv"),
    };
    await body((more) => planPictures({ ...request, ...more }), at);
  });
}

Deno.test("planPairs() takes paths from the list's folder and keeps names below it", async () => {
  const text =
    "a.jpg\tm.png\ns/b.png\talpha\tx/y.webp\n../other/a.png\tm.png\tz\nROOT/set/a.jpg\tm.png\tw";
  await withList(text, async (plan, at) => {
    const { jobs, problems, maskFiles } = await plan();
    assert.deepEqual(problems, []);
    assert.deepEqual(maskFiles, [at("set/m.png")]);
    const file = [{ kind: "file", path: at("set/m.png") }];
    const out = (name: string, extension: string) => ({
      ...{ kind: "stem", path: join(at("out"), name), extension },
    });
    assert.deepEqual(jobs, [
      { input: at("set/a.jpg"), stem: "a", mask: file, output: out("a", ".jpg") },
      {
        input: at("set/s/b.png"),
        stem: "s/b",
        mask: [{ kind: "alpha" }],
        output: { kind: "file", path: join(at("out"), "x/y.webp") },
      },
      { input: at("other/a.png"), stem: "a", mask: file, output: out("z", ".png") },
      { input: at("set/a.jpg"), stem: "a", mask: file, output: out("w", ".jpg") },
    ]);
  });
});

Deno.test("planPairs() takes masks of --mask for lines that have none, and what is hole everywhere", async () => {
  await withList("a.jpg\ns/b.png\tm.png", async (plan, at) => {
    const more = [{ kind: "boxes", boxes: [] }] as const;
    const { jobs, warnings } = await plan({ mask: at("masks"), more });
    assert.deepEqual(warnings, []);
    assert.deepEqual(
      jobs.map(({ mask }) => mask instanceof InputError ? mask.message : maskFileOf(mask)),
      [at("masks/a.png"), at("set/m.png")],
    );
    const boxed = await plan({ more });
    assert.deepEqual(boxed.jobs[0]!.mask, more);
    assert.equal(boxed.jobs[1]!.mask instanceof InputError, false);
  });
});

Deno.test("planPairs() fails the lines whose files are not there, with their numbers, before the others", async () => {
  const text =
    "a.jpg\tm.png\ngone.png\tm.png\na.jpg\tgone.png\tq\na.jpg\ta.jpg\tr\ns\tm.png\na.jpg  m.png\ts";
  await withList(text, async (plan, at) => {
    const { jobs } = await plan({ mask: at("masks") });
    const line = (image: string, number: number) =>
      `Cannot inpaint "${image}" in line ${number} of "${at("set/list.tsv")}"`;
    const errors = jobs.map(({ mask }) => mask instanceof InputError ? mask : undefined);
    assert.deepEqual(errors.map((error) => error?.message), [
      `${line("gone.png", 2)}: it does not exist`,
      `${line("a.jpg", 3)}: mask "gone.png": it does not exist`,
      `${line("a.jpg", 4)}: its mask is the picture itself`,
      `${line("s", 5)}: it is a folder`,
      `${line("a.jpg  m.png", 6)}: it does not exist`,
      undefined,
    ]);
  });
});

Deno.test("planPairs() hints at tabs where spaces were typed", async () => {
  await withList("a.jpg m.png\na.jpg", async (plan, at) => {
    const { jobs } = await plan({ mask: at("masks") });
    assert.ok(jobs[0]!.mask instanceof InputError);
    assert.equal(jobs[0]!.mask.hint, "Part image, mask and output by tabs");
  });
});

Deno.test("planPairs() refuses results of one name, and names of another format, before any work", async () => {
  await withList("a.jpg\tm.png\n../set/a.jpg\talpha", async (plan, at) => {
    await assert.rejects(plan(), {
      name: "UsageError",
      message: `Cannot inpaint both "${at("set/a.jpg")}" and "${at("set/a.jpg")}": ` +
        `both would be written to "${resolve(at("out/a.jpg"))}"`,
    });
  });
  await withList("a.jpg\tm.png\tb.png", async (plan, at) => {
    await assert.rejects(plan({ format: "webp" }), {
      name: "UsageError",
      message: `Cannot use line 1 of "${at("set/list.tsv")}": ` +
        `Cannot write webp to "${join(at("out"), "b.png")}": its name says png`,
    });
    await assert.rejects(plan({ output: at("set") }).then(() => plan({ output: at("x.png") })), {
      message: `Cannot write several images to "${at("x.png")}": it is a file, ` +
        "--output must be a folder",
    });
  });
  await withList("a.jpg\tm.png\tm.png", async (plan, at) => {
    await assert.rejects(plan({ output: at("set") }), {
      message: `Cannot write "${resolve(at("set/m.png"))}": it is a mask`,
    });
  });
});
