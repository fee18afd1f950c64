import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import {
  givenPaths,
  type PictureRequest,
  planPictures,
} from "../../../../src/commands/pictures/picture_plan.ts";
import { maskFileOf } from "../../../../src/commands/pictures/mask_source.ts";
import { InputError, UsageError } from "../../../../src/errors.ts";
import { withTempDir } from "../../../support/temp_dir.ts";

/** A folder with empty files; planning looks at names only. */
async function withFiles(
  names: readonly string[],
  body: (
    at: (...parts: string[]) => string,
    plan: (request: Partial<PictureRequest>) => ReturnType<typeof planPictures>,
  ) => Promise<void>,
): Promise<void> {
  await withTempDir(async (folder) => {
    const at = (...parts: string[]) => join(folder, ...parts);
    for (const name of names) {
      await Deno.mkdir(join(at(name), ".."), { recursive: true });
      await Deno.writeTextFile(at(name), "");
    }
    const defaults: PictureRequest = {
      verb: "inpaint",
      inputs: [at("in")],
      mask: "alpha",
      output: at("out"),
      format: undefined,
    };
    await body(at, (request) => planPictures({ ...defaults, ...request }));
  });
}

/** Fails unless planning throws a UsageError with this message. */
async function assertUsage(plan: Promise<unknown>, message: string): Promise<void> {
  await assert.rejects(plan, (error) => {
    assert.ok(error instanceof UsageError, String(error));
    assert.equal(error.message, message);
    return true;
  });
}

Deno.test("planPictures() takes one file to the file that the user named", async () => {
  await withFiles(["a.png", "m.png"], async (at, plan) => {
    const request = { inputs: [at("a.png")], mask: at("m.png"), output: at("new/b.webp") };
    assert.deepEqual(await plan(request), {
      jobs: [{
        stem: "a",
        input: at("a.png"),
        mask: [{ kind: "file", path: at("m.png") }],
        output: { kind: "file", path: at("new/b.webp") },
      }],
      problems: [],
      warnings: [],
      notes: [],
      maskFiles: [at("m.png")],
    });
  });
});

Deno.test("planPictures() keeps a folder's tree and leaves the extension to the format", async () => {
  await withFiles(["in/a.JPG", "in/sub/b.gif", "in/c.txt"], async (at, plan) => {
    const { jobs } = await plan({});
    assert.deepEqual(jobs.map(({ stem }) => stem), ["a", "sub/b"]);
    assert.deepEqual(jobs.map(({ input, output }) => [input, output]), [
      [at("in/a.JPG"), { kind: "stem", path: at("out/a"), extension: ".JPG" }],
      [at("in/sub/b.gif"), { kind: "stem", path: at("out/sub/b"), extension: ".gif" }],
    ]);
  });
});

Deno.test("planPictures() writes one file into a folder that exists or ends in a slash", async () => {
  await withFiles(["in/a.png", "old/x.txt"], async (at, plan) => {
    for (const output of [at("old"), at("new") + "/"]) {
      const { jobs } = await plan({ inputs: [at("in/a.png")], output });
      const path = join(output, "a");
      assert.deepEqual(jobs[0]!.output, { kind: "stem", path, extension: ".png" });
    }
  });
});

Deno.test("planPictures() knows the standard streams", async () => {
  await withFiles(["a.png"], async (at, plan) => {
    const stdout = { kind: "stdout" };
    const piped = await plan({ inputs: ["-"], output: undefined });
    assert.deepEqual(piped.jobs, [
      { input: "-", stem: "stdin", mask: [{ kind: "alpha" }], output: stdout },
    ]);
    assert.deepEqual((await plan({ inputs: [at("a.png")], output: "-" })).jobs[0]!.output, stdout);
    const filed = await plan({ inputs: ["-"], output: at("out/") });
    assert.deepEqual(filed.jobs[0]!.output, {
      kind: "stem",
      path: at("out/stdin"),
      extension: "",
    });
  });
});

Deno.test("planPictures() finds masks by relative path and says what is missing", async () => {
  const inputs = ["in/a.png", "in/s/a.png", "in/s/b.jpg", "in/s/c.png", "in/d.png"];
  const masks = ["masks/a.png", "masks/s/a.webp", "masks/b.png", "masks/d.gif", "masks/d.png"];
  await withFiles([...inputs, ...masks], async (at, plan) => {
    const { jobs } = await plan({ mask: at("masks") });
    const found = jobs.map(({ input, mask }) => [
      input.slice(at("in/").length - 3),
      mask instanceof InputError ? mask.message : maskFileOf(mask),
    ]);
    const folder = JSON.stringify(at("masks"));
    // What fails is told first.
    assert.deepEqual(found, [
      [
        "in/d.png",
        `Cannot inpaint "${at("in/d.png")}": ${folder} holds 2 masks "d", must be one`,
      ],
      [
        "in/s/b.jpg",
        `Cannot inpaint "${at("in/s/b.jpg")}": ${folder} holds no mask "s/b" of any image format`,
      ],
      [
        "in/s/c.png",
        `Cannot inpaint "${at("in/s/c.png")}": ${folder} holds no mask "s/c" of any image format`,
      ],
      ["in/a.png", at("masks/a.png")],
      ["in/s/a.png", at("masks/s/a.webp")],
    ]);
    const paths = givenPaths(jobs);
    assert.equal(paths.size, 7);
    assert.equal(paths.get(resolve(at("masks/s/a.webp"))), "a mask");
  });
});

Deno.test("planPictures() refuses a picture as its own mask", async () => {
  await withFiles(["in/a.png"], async (at, plan) => {
    for (const mask of [at("in"), at("in/../in/a.png")]) {
      const { jobs } = await plan({ inputs: [at("in/a.png")], mask, output: "-" });
      assert.ok(jobs[0]!.mask instanceof InputError);
      const message = `Cannot inpaint "${at("in/a.png")}": its mask is the picture itself`;
      assert.equal(jobs[0]!.mask.message, message);
    }
  });
});

Deno.test("planPictures() leaves out results and masks below the input, but nothing else", async () => {
  const names = ["in/a.png", "in/out/a.png", "in/masks/a.png", "in/mask.png", "in/outer/b.png"];
  await withFiles(names, async (at, plan) => {
    const listed = async (request: Partial<PictureRequest>) =>
      (await plan(request)).jobs.map(({ input }) => input.slice(at("in/").length));
    // Those without a mask come first.
    assert.deepEqual(await listed({ mask: at("in/masks"), output: at("in/out") }), [
      "mask.png",
      "outer/b.png",
      "a.png",
    ]);
    assert.deepEqual(await listed({ mask: at("in/mask.png"), output: at("in/out") }), [
      "a.png",
      "masks/a.png",
      "outer/b.png",
    ]);
    // A folder around the input is no reason to leave out the input.
    assert.equal((await listed({ output: at("") })).length, names.length);
  });
});

Deno.test("planPictures() tells of folders without pictures and goes on", async () => {
  await withFiles(["in/a.png", "empty/x.txt"], async (at, plan) => {
    const { jobs, problems } = await plan({ inputs: [at("empty"), at("in")] });
    assert.equal(jobs.length, 1);
    assert.deepEqual(problems, [`Cannot find any image in "${at("empty")}"`]);
  });
});

Deno.test("planPictures() refuses inputs and masks that do not exist", async () => {
  await withFiles(["in/a.png"], async (at, plan) => {
    const message = (what: string) => ({
      name: "InputError",
      message: `Cannot read ${what} "${at("gone")}": it does not exist`,
    });
    await assert.rejects(plan({ inputs: [at("gone")] }), message("input"));
    await assert.rejects(plan({ mask: at("gone") }), message("mask"));
  });
});

Deno.test("planPictures() refuses to write over what was given or twice to one file", async () => {
  const names = ["in/a.png", "in/b.jpg", "in/c.gif", "s/in/a.png", "m/a.jpg"];
  await withFiles(names, async (at, plan) => {
    const taken = (path: string, what: string) => `Cannot write "${resolve(path)}": it is ${what}`;
    const a = at("in/a.png");
    await assertUsage(plan({ inputs: [a], output: a }), taken(a, "an input"));
    await assertUsage(
      plan({ inputs: [a], mask: at("m/a.jpg"), output: at("m/"), format: "jpeg" }),
      taken(at("m/a.jpg"), "a mask"),
    );
    // Written as a.jpg and c.png, so that the inputs stay.
    await plan({ inputs: [a], output: at("in"), format: "jpeg" });
    await plan({ inputs: [at("in/c.gif")], output: at("in") });
    await assertUsage(
      plan({ inputs: [a, at("s/in/a.png")] }),
      `Cannot inpaint both "${a}" and "${at("s/in/a.png")}": ` +
        `both would be written to "${resolve(at("out/a.png"))}"`,
    );
    await assertUsage(
      plan({ output: at("in") }),
      `Cannot write into "${at("in")}": it is the input folder, --output must be another folder`,
    );
    await assertUsage(
      plan({ mask: at("in") }),
      `Cannot take masks from "${
        at("in")
      }": it is the input folder, --mask must be another folder ` +
        "or its masks be named NAME_mask.png",
    );
    await assertUsage(
      plan({ output: at("new.png") }),
      `Cannot write several images to "${at("new.png")}": it is a file, --output must be a folder`,
    );
  });
});

Deno.test("planPictures() refuses an output name without a format, or with a contrary one", async () => {
  await withFiles(["a.png"], async (at, plan) => {
    const inputs = [at("a.png")];
    await assertUsage(
      plan({ inputs, output: at("new.gif") }),
      `Cannot tell the format of "${at("new.gif")}": ` +
        "its name must end in .png, .jpg, .webp, .avif or .tif, or --format must be given",
    );
    await assertUsage(
      plan({ inputs, output: at("new.png"), format: "webp" }),
      `Cannot write webp to "${at("new.png")}": its name says png`,
    );
    const { jobs } = await plan({ inputs, output: at("new"), format: "webp" });
    assert.deepEqual(jobs[0]!.output, { kind: "file", path: at("new") });
  });
});

Deno.test("planPictures() plans without a mask, and names what is done", async () => {
  await withFiles(["in/a.png", "s/a.png", "m/b.png"], async (at, plan) => {
    const request = { verb: "enlarge", mask: undefined } as const;
    const { jobs } = await plan(request);
    assert.deepEqual(jobs.map(({ mask, stem }) => [mask, stem]), [[[], "a"]]);
    assert.deepEqual([...givenPaths(jobs).values()], ["an input"]);
    await assertUsage(
      plan({ ...request, inputs: [at("in"), at("s")] }),
      `Cannot enlarge both "${at("in/a.png")}" and "${at("s/a.png")}": ` +
        `both would be written to "${resolve(at("out/a.png"))}"`,
    );
    const unmasked = (await plan({ ...request, mask: at("m") })).jobs[0]!.mask;
    assert.ok(unmasked instanceof InputError);
    assert.match(unmasked.message, /^Cannot enlarge ".*a\.png": ".*" holds no mask "a" of any /);
  });
});

Deno.test("planPictures() refuses to write over an input or a mask that goes by another name", async () => {
  await withFiles(["in/a.png", "m/a.png", "real.png"], async (at, plan) => {
    await Deno.symlink(at("in"), at("out"));
    await Deno.symlink(at("m"), at("out-m"));
    await Deno.symlink(at("real.png"), at("link.png"));
    await assertUsage(
      plan({ inputs: [at("in")], mask: at("m"), output: at("out") }),
      `Cannot write into "${at("out")}": it is the input folder, --output must be another folder`,
    );
    await assertUsage(
      plan({ inputs: [at("in/a.png")], mask: at("m"), output: at("out-m") }),
      `Cannot write "${at("out-m/a.png")}": it is a mask`,
    );
    await assertUsage(
      plan({ inputs: [at("link.png")], output: at("real.png") }),
      `Cannot write "${at("real.png")}": it is an input`,
    );
  });
});
