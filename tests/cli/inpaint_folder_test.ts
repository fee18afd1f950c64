import assert from "node:assert/strict";
import { assertExit, assertStderr, listFiles } from "../support/run_cli.ts";
import { listResults } from "./results.ts";
import { withInpaint } from "./inpaint_setting.ts";
import {
  assertKnownKept,
  changedShare,
  type IsHole,
  maskPicture,
  middle,
  photo,
  readPicture,
  writePicture,
} from "./pictures.ts";

const left: IsHole = (x) => x < 8;
const top: IsHole = (_, y) => y < 8;

Deno.test("inpaint keeps a folder's tree and finds each mask by relative path and stem", async () => {
  await withInpaint(async ({ at, inpaint }) => {
    await writePicture(at("in/a.png"), photo(24, 24));
    await writePicture(at("in/sub/deep/a.png"), photo(24, 24));
    await Deno.writeTextFile(at("in/notes.txt"), "no picture");
    await Deno.writeTextFile(at("in/.hidden.png"), "no picture");
    await writePicture(at("masks/a.webp"), maskPicture(24, 24, left));
    await writePicture(at("masks/sub/deep/a.png"), maskPicture(24, 24, top));
    const result = await inpaint(["in", "--mask", "masks", "--output", "out"]);
    assertExit(result, 0);
    assertStderr(result, []);
    assert.deepEqual(await listResults(at("out")), ["a.png", "sub/deep/a.png"]);
    assertKnownKept(photo(24, 24), await readPicture(at("out/a.png")), left);
    assertKnownKept(photo(24, 24), await readPicture(at("out/sub/deep/a.png")), top);
  });
});

Deno.test("inpaint leaves out masks and results that lie inside the input folder", async () => {
  await withInpaint(async ({ at, inpaint }) => {
    await writePicture(at("in/a.png"), photo(24, 24));
    await writePicture(at("in/masks/a.png"), maskPicture(24, 24, left));
    await writePicture(at("in/out/old.png"), photo(24, 24));
    const folders = await inpaint(["in", "-m", "in/masks", "-o", "in/out"]);
    assertExit(folders, 0);
    assertStderr(folders, []);
    assert.deepEqual(await listResults(at("in/out")), ["a.png", "old.png"]);

    await Deno.remove(at("in/masks"), { recursive: true });
    await writePicture(at("in/mask.png"), maskPicture(24, 24, left));
    const file = await inpaint(["in/", "-m", "in/mask.png", "-o", "in/out/", "--overwrite"]);
    assertExit(file, 0);
    assertStderr(file, []);
    assert.deepEqual(await listResults(at("in/out")), ["a.png", "old.png"], file.story);
  });
});

Deno.test("inpaint may write into, or take masks from, a folder around the input folder", async () => {
  await withInpaint(async ({ at, inpaint }) => {
    await writePicture(at("set/in/a.png"), photo(24, 24));
    await writePicture(at("set/a.png"), maskPicture(24, 24, left));
    const result = await inpaint(["set/in", "-m", "set", "-o", ".", "--overwrite"]);
    assertExit(result, 0);
    assertStderr(result, []);
    assertKnownKept(photo(24, 24), await readPicture(at("a.png")), left);
  });
});

Deno.test("inpaint goes on with the others if a mask is missing or ambiguous, and returns 1", async () => {
  await withInpaint(async ({ at, inpaint }) => {
    for (const name of ["a", "b", "c", "d"]) {
      await writePicture(at(`in/${name}.png`), photo(24, 24));
    }
    for (const name of ["a.png", "c.png", "d.png", "d.webp"]) {
      await writePicture(at("masks", name), maskPicture(24, 24, left));
    }
    const result = await inpaint(["in", "-m", "masks", "-o", "out"]);
    assertExit(result, 1);
    assertStderr(result, [
      'error: Cannot inpaint "in/b.png": "masks" holds no mask "b" of any image format',
      'error: Cannot inpaint "in/d.png": "masks" holds 2 masks "d", must be one',
    ]);
    assert.deepEqual(await listResults(at("out")), ["a.png", "c.png"]);
  });
});

Deno.test("inpaint takes several inputs, files and folders, with one mask for all", async () => {
  await withInpaint(async ({ at, inpaint }) => {
    await writePicture(at("one.png"), photo(24, 24));
    await writePicture(at("in/two.png"), photo(24, 24));
    await writePicture(at("mask.png"), maskPicture(24, 24, left));
    const result = await inpaint(["one.png", "in", "-m", "mask.png", "-o", "out"]);
    assertExit(result, 0);
    for (const name of ["one.png", "two.png"]) {
      const after = await readPicture(at("out", name));
      assertKnownKept(photo(24, 24), after, left);
      // Red falls towards the left edge; a fill from the right cannot know that.
      assert.ok(changedShare(photo(24, 24), after, { isHole: left }) > 0.5, name);
    }
  });
});

Deno.test("inpaint refuses outputs that would destroy what was given, before any work", async () => {
  await withInpaint(async ({ folder, at, inpaint }) => {
    const before = await writePicture(at("a.png"), photo(24, 24));
    await writePicture(at("b/a.png"), photo(24, 24));
    await writePicture(at("mask.png"), maskPicture(24, 24, middle(24, 24)));
    await writePicture(at("out/a.png"), maskPicture(24, 24, left));
    await writePicture(at("c/a.jpg"), photo(24, 24));
    const real = await Deno.realPath(folder);
    const cases: readonly (readonly [readonly string[], readonly string[]])[] = [
      [["a.png", "-m", "mask.png", "-o", "a.png"], [
        `Cannot write "${real}/a.png": it is an input`,
      ]],
      [["a.png", "-m", "mask.png", "-o", "./mask.png"], [
        `Cannot write "${real}/mask.png": it is a mask`,
      ]],
      [["c/a.jpg", "-m", "out/a.png", "-o", "out", "--format", "png"], [
        `Cannot write "${real}/out/a.png": it is a mask`,
      ]],
      [["a.png", "b/a.png", "-m", "mask.png", "-o", "new"], [
        `Cannot inpaint both "a.png" and "b/a.png": both would be written to "${real}/new/a.png"`,
      ]],
      [["b", "-m", "mask.png", "-o", "./b/"], [
        'Cannot write into "./b/": it is the input folder, --output must be another folder',
      ]],
      [["b", "-m", "b", "-o", "new"], [
        'Cannot take masks from "b": it is the input folder, --mask must be another folder ' +
        "or its masks be named NAME_mask.png",
      ]],
      [["a.png", "b", "-m", "mask.png", "-o", "new.png"], [
        'Cannot write several images to "new.png": it is a file, --output must be a folder',
      ]],
      [["b", "-m", "mask.png", "-o", "mask.png"], [
        'Cannot write several images to "mask.png": it is a file, --output must be a folder',
      ]],
    ];
    const files = await listFiles(folder);
    for (const [args, messages] of cases) {
      const result = await inpaint([...args, "--overwrite"]);
      assertExit(result, 2);
      assertStderr(result, messages.map((message) => `error: ${message}`));
    }
    assert.deepEqual(await listFiles(folder), files);
    assert.deepEqual(await Deno.readFile(at("a.png")), before);
  });
});

Deno.test("inpaint tells apart names that differ in their ending, and never writes one file twice", async () => {
  await withInpaint(async ({ at, inpaint }) => {
    await writePicture(at("in/a.jpg"), photo(24, 24));
    await writePicture(at("in/a.png"), photo(24, 24));
    await writePicture(at("in/b.jpg"), photo(24, 24));
    await writePicture(at("in/b.png"), photo(24, 24), { format: "jpeg" });
    await writePicture(at("mask.png"), maskPicture(24, 24, left));
    const result = await inpaint(["in", "-m", "mask.png", "-o", "out", "--overwrite"]);
    assertExit(result, 1);
    assertStderr(result, [
      'error: Cannot write "out/b.jpg": it is an input, a mask or a result of this run',
    ]);
    assert.deepEqual(await listResults(at("out")), ["a.jpg", "a.png", "b.jpg"]);

    const asked = await inpaint(["in", "-m", "mask.png", "-o", "out", "--format", "webp"]);
    assertExit(asked, 2);
    assert.match(
      asked.stderr,
      /^error: Cannot inpaint both "in\/a\.jpg" and "in\/a\.png": both would/,
    );
  });
});

Deno.test("inpaint says so if a folder holds no picture", async () => {
  await withInpaint(async ({ at, inpaint }) => {
    await Deno.mkdir(at("in"));
    await writePicture(at("mask.png"), maskPicture(8, 8, left));
    const result = await inpaint(["in", "-m", "mask.png", "-o", "out"]);
    assertExit(result, 1);
    assertStderr(result, ['error: Cannot find any image in "in"']);
  });
});

Deno.test({
  name: "inpaint reports a folder that cannot be read and goes on" +
    (Deno.uid() === 0 ? " (ignored: root may read everything)" : ""),
  ignore: Deno.uid() === 0,
  fn: async () => {
    await withInpaint(async ({ at, inpaint }) => {
      await writePicture(at("in/a.png"), photo(24, 24));
      await Deno.mkdir(at("in/locked"), { mode: 0o000 });
      await writePicture(at("mask.png"), maskPicture(24, 24, left));
      const result = await inpaint(["in", "-m", "mask.png", "-o", "out"]);
      await Deno.chmod(at("in/locked"), 0o700);
      assertExit(result, 1);
      assertStderr(result, ['error: Cannot read "in/locked": permission denied']);
      assert.deepEqual(await listResults(at("out")), ["a.png"]);
    });
  },
});
