import assert from "node:assert/strict";
import { readHoleMask } from "../../src/data/mask_file.ts";
import { assertExit, assertStderr, type CliResult, listFiles, runCli } from "../support/run_cli.ts";
import { withTempDir } from "../support/temp_dir.ts";
import { photo, readPicture, writePicture } from "./pictures.ts";

/** Runs `pconv mask` quietly in a fresh folder. */
async function withMask(
  body: (
    at: (...parts: string[]) => string,
    mask: (line: string) => Promise<CliResult>,
  ) => Promise<void>,
): Promise<void> {
  await withTempDir((folder) =>
    body(
      (...parts) => [folder, ...parts].join("/"),
      (line) => runCli(["mask", "-q", ...line.split(" ")], { cwd: folder }),
    )
  );
}

Deno.test("mask writes the same masks for the same seed, black and white and within the ratio", async () => {
  await withMask(async (at, mask) => {
    const flags = "--size 96x64 --ratio 0.1,0.3";
    const many = await mask(`-o many --count 3 --seed 5 ${flags}`);
    assertExit(many, 0);
    assertStderr(many, []);
    assert.equal(many.stdout.length, 0);
    assert.deepEqual(await listFiles(at("many")), ["mask-0.png", "mask-1.png", "mask-2.png"]);
    for (const name of await listFiles(at("many"))) {
      const picture = await readPicture(at("many", name));
      assert.deepEqual([picture.width, picture.height], [96, 64]);
      const { softPixels, holePixels } = readHoleMask(picture);
      assert.equal(softPixels, 0);
      const ratio = holePixels / (96 * 64);
      assert.ok(ratio >= 0.1 && ratio <= 0.3, `${name}: ${ratio}`);
    }
    assertExit(await mask(`-o one.png --seed 5 ${flags}`), 0);
    assert.deepEqual(
      await Deno.readFile(at("one.png")),
      await Deno.readFile(at("many/mask-0.png")),
    );
    assertExit(await mask(`-o other.png --seed 6 ${flags}`), 0);
    assert.notDeepEqual(await Deno.readFile(at("other.png")), await Deno.readFile(at("one.png")));
  });
});

Deno.test("mask --like takes the size of a picture", async () => {
  await withMask(async (at, mask) => {
    await writePicture(at("photo.jpg"), photo(70, 50));
    assertExit(await mask("-o mask.png --like photo.jpg"), 0);
    const { width, height } = await readPicture(at("mask.png"));
    assert.deepEqual([width, height], [70, 50]);
  });
});

Deno.test("mask never replaces a file, and refuses what contradicts itself", async () => {
  await withMask(async (at, mask) => {
    await Deno.writeTextFile(at("mask.png"), "mine");
    const exists = await mask("-o mask.png --size 32x32");
    assertExit(exists, 1);
    assertStderr(exists, ['error: Cannot write mask "mask.png": it exists, must be a new file']);
    assert.equal(await Deno.readTextFile(at("mask.png")), "mine");
    const several = await mask("-o new.png --count 2");
    assertExit(several, 2);
    assertStderr(several, ['error: Cannot write 2 masks to "new.png": --output must be a folder']);
    const both = await mask("-o new.png --size 32x32 --like mask.png");
    assertExit(both, 2);
    assert.match(both.stderr, /^error: Cannot use --size with --like: the image fixes the size\n/);
    const text = await mask("-o new.png --like mask.png");
    assertExit(text, 1);
    assertStderr(text, [
      'error: Cannot read image "mask.png": file looks like text, must be PNG, JPEG, WebP or GIF',
    ]);
    const gone = await mask("-o new.png --like gone.png");
    assertExit(gone, 1);
    assertStderr(gone, ['error: Cannot read "gone.png" for its size: it does not exist']);
    for (const ratio of ["0,0", "0.5,1"]) {
      const result = await mask(`-o new.png --ratio ${ratio}`);
      assertExit(result, 2);
      assertStderr(result, [
        `error: Cannot use --ratio ${ratio}: the upper bound is ${ratio.slice(-1)}, ` +
        "must be above 0 and below 1",
      ]);
    }
    await writePicture(at("one.png"), photo(1, 1));
    const tiny = await mask("-o new.png --like one.png");
    assertExit(tiny, 1);
    assertStderr(tiny, [
      'error: Cannot make a mask like "one.png": it is 1x1, must be two pixels or more',
    ]);
    assert.deepEqual(await listFiles(at()), ["mask.png", "one.png"]);
  });
});
