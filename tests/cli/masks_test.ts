import assert from "node:assert/strict";
import { readHoleMask } from "../../src/data/mask_file.ts";
import { holeBin, holeBinName } from "../../src/metrics/hole_bin.ts";
import { assertExit, assertStderr, type CliResult, listFiles, runCli } from "../support/run_cli.ts";
import { withTempDir } from "../support/temp_dir.ts";
import { photo, readPicture, writePicture } from "./pictures.ts";

/** Runs `pconv masks generate` quietly in a fresh folder. */
async function withMask(
  body: (
    at: (...parts: string[]) => string,
    mask: (line: string) => Promise<CliResult>,
  ) => Promise<void>,
): Promise<void> {
  await withTempDir((folder) =>
    body(
      (...parts) => [folder, ...parts].join("/"),
      (line) => runCli(["masks", "generate", "-q", ...line.split(" ")], { cwd: folder }),
    )
  );
}

Deno.test("masks generate writes the same masks for the same seed, black and white and within the ratio", async () => {
  await withMask(async (at, mask) => {
    const flags = "--size 96x64 --ratio 0.1,0.3";
    const many = await mask(`-o many --count 3 --seed 5 ${flags}`);
    assertExit(many, 0);
    assertStderr(many, []);
    assert.equal(many.stdout.length, 0);
    const names = ["mask-0.png", "mask-1.png", "mask-2.png"];
    assert.deepEqual(await listFiles(at("many")), [...names, "masks.jsonl"]);
    for (const name of names) {
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

Deno.test("masks generate --like takes the size of a picture", async () => {
  await withMask(async (at, mask) => {
    await writePicture(at("photo.jpg"), photo(70, 50));
    assertExit(await mask("-o mask.png --like photo.jpg"), 0);
    const { width, height } = await readPicture(at("mask.png"));
    assert.deepEqual([width, height], [70, 50]);
  });
});

Deno.test("masks generate fills the paper's twelve classes, and lists what it wrote", async () => {
  await withMask(async (at, mask) => {
    // 62 px: 50 px on 512 is 6.05 px here, so a free mask keeps 7.
    assertExit(await mask("-o set --bins --border both --size 80x62 --seed 9 --count 24"), 0);
    const text = await Deno.readTextFile(at("set", "masks.jsonl"));
    const listed = text.trimEnd().split("\n").map((line) => JSON.parse(line));
    assert.deepEqual(
      listed.map(({ file }) => file).sort(),
      (await listFiles(at("set"))).filter((name) => name.endsWith(".png")),
    );
    const classes = new Map<string, number>();
    for (const { file, width, height, ratio, bin, border, seed, index } of listed) {
      const { holeMask, holePixels } = readHoleMask(await readPicture(at("set", file)));
      assert.deepEqual([width, height, seed], [80, 62, 9]);
      assert.equal(ratio, holePixels / (80 * 62));
      const measured = holeBin(holeMask, { width, height });
      assert.deepEqual([bin, border], [holeBinName(measured.bin), measured.border]);
      assert.equal(measured.bin, Math.floor(index / 2) % 6);
      const low = ["01", "10", "20", "30", "40", "50"][measured.bin as number];
      const folder = `ratio-${low}-${String(10 * (measured.bin as number) + 10)}`;
      const rule = border === "N" ? "free" : "touching";
      assert.equal(file, `${folder}-${rule}/mask-${String(index).padStart(2, "0")}.png`);
      classes.set(`${bin} ${border}`, (classes.get(`${bin} ${border}`) ?? 0) + 1);
    }
    assert.deepEqual([...classes.values()], new Array(12).fill(2));
  });
});

Deno.test("masks generate makes one mask of each class unless told how many", async () => {
  await withMask(async (at, mask) => {
    assertExit(await mask("-o bins --bins --size 32x32"), 0);
    assert.deepEqual(await listFiles(at("bins")), [
      "masks.jsonl",
      ...["01-10", "10-20", "20-30", "30-40", "40-50", "50-60"].map((bin, i) =>
        `ratio-${bin}/mask-${i}.png`
      ),
    ]);
    assertExit(await mask("-o one.png --border free --size 32x32"), 0);
    assert.equal((await readPicture(at("one.png"))).width, 32);
    const again = await mask("-o bins --bins --size 32x32 --seed 2");
    assertExit(again, 1);
    assertStderr(again, [
      'error: Cannot write list "bins/masks.jsonl": it exists, must be a new file',
    ]);
    const file = await mask("-o new.png --bins --count 1");
    assertExit(file, 2);
    assertStderr(file, ['error: Cannot write a mask to "new.png": --output must be a folder']);
    const room = await mask("-o new.png --border free --ratio 0.7,0.8 --size 64x64");
    assertExit(room, 2);
    assertStderr(room, [
      "error: Cannot make masks of 64x64 with a hole ratio in (0.7, 0.8] and --border free: " +
      "at most 61.0 % lie 7 px from the border",
    ]);
  });
});

Deno.test("masks generate never replaces a file, and refuses what contradicts itself", async () => {
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
      'error: Cannot read image "mask.png": file looks like text, must be PNG, JPEG, WebP, GIF, TIFF, AVIF or BMP',
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

Deno.test("masks generate tells how many classes get how many masks where it is uneven", async () => {
  await withTempDir(async (folder) => {
    const flags = ["--bins", "--size", "32x32", "--count"];
    const note = async (count: number) => {
      const args = ["masks", "generate", "-o", `set-${count}`, ...flags, String(count)];
      const result = await runCli(args, { cwd: folder });
      assertExit(result, 0);
      return result.stderr.split("\n").filter((line) => line.startsWith("Of "));
    };
    assert.deepEqual(await note(4), [
      "Of 6 classes, 4 get 1 mask and 2 get none: 4 is no multiple of 6",
    ]);
    assert.deepEqual(await note(13), [
      "Of 6 classes, 1 gets 3 masks and 5 get 2 masks: 13 is no multiple of 6",
    ]);
    assert.deepEqual(await note(6), []);
  });
});
