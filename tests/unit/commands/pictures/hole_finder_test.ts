import assert from "node:assert/strict";
import { join } from "node:path";
import {
  type HoleFinderOptions,
  openHoleFinder,
} from "../../../../src/commands/pictures/hole_finder.ts";
import { InputError } from "../../../../src/errors.ts";
import { withTempDir } from "../../../support/temp_dir.ts";

const BASE: HoleFinderOptions = {
  verb: "inpaint",
  mask: undefined,
  isFolder: false,
  more: [],
  missingMask: "fail",
};
const MORE = [{ kind: "boxes", boxes: [] }] as const;
const A = { path: "in/a.png", relative: "a.png" };

Deno.test("openHoleFinder() adds what is hole in every picture to file and transparency", async () => {
  const found = async (options: Partial<HoleFinderOptions>) => {
    const finder = await openHoleFinder({ ...BASE, more: MORE, ...options });
    return [finder.find(A), finder.files];
  };
  const only = (...sources: unknown[]) => [{ stem: "a", sources }];
  assert.deepEqual(await found({}), [only(...MORE), []]);
  assert.deepEqual(await found({ mask: "alpha" }), [only({ kind: "alpha" }, ...MORE), []]);
  const file = { kind: "file", path: "m.png" };
  assert.deepEqual(await found({ mask: "m.png" }), [only(file, ...MORE), ["m.png"]]);
});

Deno.test("openHoleFinder() refuses the picture itself", async () => {
  const finder = await openHoleFinder({ ...BASE, verb: "enlarge", mask: "./in/../in/a.png" });
  const { sources } = finder.find(A)[0]!;
  assert.ok(sources instanceof InputError);
  assert.equal(sources.message, 'Cannot enlarge "in/a.png": its mask is the picture itself');
});

Deno.test("openHoleFinder() makes a result of each numbered mask", async () => {
  await withTempDir(async (folder) => {
    for (const name of ["a_mask0.png", "a_mask1.png"]) {
      await Deno.writeTextFile(join(folder, name), "");
    }
    const finder = await openHoleFinder({ ...BASE, mask: folder, isFolder: true });
    assert.deepEqual(
      finder.find(A),
      [0, 1].map((i) => ({
        stem: `a_mask${i}`,
        sources: [{ kind: "file", path: join(folder, `a_mask${i}.png`) }],
      })),
    );
  });
});

Deno.test("openHoleFinder() fails, leaves out or copies what has no mask, and counts it", async () => {
  await withTempDir(async (folder) => {
    await Deno.writeTextFile(join(folder, "b.png"), "");
    const run = async (missingMask: HoleFinderOptions["missingMask"]) => {
      const options = { ...BASE, mask: folder, isFolder: true, more: MORE, missingMask };
      const finder = await openHoleFinder(options);
      const found = finder.find(A).map(({ sources }) =>
        sources instanceof InputError ? sources.message : sources
      );
      const summary = finder.summarise({ pictures: [A], output: undefined, isWhole: true });
      return { found, summary };
    };
    const warnings = [`1 of 1 masks in "${folder}" belong to no image: "b.png"`];
    const note = (what: string) => [`1 of 1 images have no mask and are ${what}: "in/a.png"`];
    assert.deepEqual(await run("fail"), {
      found: [`Cannot inpaint "in/a.png": "${folder}" holds no mask "a" of any image format`],
      summary: { warnings, notes: [] },
    });
    assert.deepEqual(await run("skip"), {
      found: [],
      summary: { warnings, notes: note("left out") },
    });
    assert.deepEqual(await run("copy"), {
      found: [MORE],
      summary: { warnings, notes: note("taken as they are") },
    });
  });
});

Deno.test("openHoleFinder() expects of single files no use of every mask", async () => {
  await withTempDir(async (folder) => {
    await Deno.writeTextFile(join(folder, "b.png"), "");
    const finder = await openHoleFinder({ ...BASE, mask: folder, isFolder: true });
    const summary = finder.summarise({ pictures: [A], output: undefined, isWhole: false });
    assert.deepEqual(summary, { warnings: [], notes: [] });
  });
});
