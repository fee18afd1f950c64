import assert from "node:assert/strict";
import { assertExit, assertStderr, jsonLines, runCli } from "../support/run_cli.ts";
import { listResults } from "./results.ts";
import { INPAINT_FLAGS, withInpaint } from "./inpaint_setting.ts";
import {
  assertKnownKept,
  changedShare,
  draw,
  type IsHole,
  maskPicture,
  middle,
  photo,
  type Picture,
  pixel,
  readPicture,
  writePicture,
} from "./pictures.ts";

/** A photograph whose hole is painted in a colour that the fill must not keep. */
function damaged(picture: Picture, isHole: IsHole): Picture {
  return draw(
    picture.width,
    picture.height,
    (x, y) => isHole(x, y) ? [255, 0, 255, pixel(picture, x, y)[3]!] : pixel(picture, x, y),
  );
}

Deno.test("inpaint keeps known pixels of a PNG bit for bit, alpha included, and fills the hole", async () => {
  await withInpaint(async ({ at, inpaint }) => {
    const isHole = middle(64, 48);
    const whole = photo(64, 48, (x, y) => (x * 7 + y * 3) % 256);
    const before = damaged(whole, isHole);
    await writePicture(at("in.png"), before, { keepAlpha: true });
    await writePicture(at("mask.png"), maskPicture(64, 48, isHole));
    const result = await inpaint(["in.png", "-m", "mask.png", "-o", "new/out.png"]);
    assertExit(result, 0);
    assertStderr(result, []);
    const after = await readPicture(at("new/out.png"));
    assertKnownKept(before, after, isHole);
    assert.equal(changedShare(before, after, { isHole }), 1);
    for (let x = 16; x < 48; x++) {
      assert.equal(pixel(after, x, 20)[3], pixel(before, x, 20)[3], `alpha in the hole, x ${x}`);
    }
    // Magenta was as far away as can be; the fill must come from the surroundings.
    const error = Math.abs(pixel(after, 32, 24)[1]! - pixel(whole, 32, 24)[1]!);
    assert.ok(error < 60, `green in the middle is off by ${error}`);
  });
});

Deno.test("inpaint says on stderr what it did, and nothing on stdout", async () => {
  await withInpaint(async ({ folder, at }) => {
    await writePicture(at("in.png"), photo(32, 32));
    await writePicture(at("mask.png"), maskPicture(32, 32, middle(32, 32)));
    const args = ["inpaint", ...INPAINT_FLAGS, "in.png", "-m", "mask.png", "-o", "out.png"];
    const result = await runCli(args, { cwd: folder });
    assertExit(result, 0);
    assert.equal(result.stdout.length, 0, result.story);
    assert.match(
      result.stderr,
      /^device: cpu, \d+ threads?, relaxed SIMD\n"in\.png": 25\.0 % of it filled, "out\.png", \d+\.\d s\n$/,
    );
  });
});

Deno.test("inpaint follows the content for JPEG, WebP and renamed files, and --format over it", async () => {
  await withInpaint(async ({ at, inpaint }) => {
    const isHole = middle(40, 40);
    await writePicture(at("in/a.jpg"), photo(40, 40));
    await writePicture(at("in/b.webp"), photo(40, 40, (x) => 255 - x), { keepAlpha: true });
    await writePicture(at("in/c.JPEG"), photo(40, 40), { format: "jpeg" });
    await writePicture(at("in/d.jpg"), photo(40, 40), { format: "png" });
    await writePicture(at("mask.png"), maskPicture(40, 40, isHole));
    const result = await inpaint(["in", "-m", "mask.png", "-o", "out", "--json"]);
    assertExit(result, 0);
    assertStderr(result, []);
    assert.deepEqual(
      await listResults(at("out")),
      ["a.jpg", "b.webp", "c.JPEG", "d.png"],
      result.story,
    );
    const formats = [];
    for (const name of ["a.jpg", "b.webp", "c.JPEG", "d.png"]) {
      formats.push((await readPicture(at("out", name))).format);
    }
    assert.deepEqual(formats, ["jpeg", "webp", "jpeg", "png"]);
    // WebP is lossless unless a quality is asked for; JPEG never is.
    const webp = await readPicture(at("in/b.webp"));
    assertKnownKept(webp, await readPicture(at("out/b.webp")), isHole);
    const jpeg = await readPicture(at("out/a.jpg"));
    assert.ok(changedShare(photo(40, 40), jpeg, { isHole: () => true, atLeast: 40 }) < 0.3);

    const asked = await inpaint(["in", "-m", "mask.png", "-o", "png", "--format", "png"]);
    assertExit(asked, 0);
    assert.deepEqual(
      await listResults(at("png")),
      ["a.png", "b.png", "c.png", "d.png"],
      asked.story,
    );
    assert.equal((await readPicture(at("png/a.png"))).format, "png");
  });
});

Deno.test("inpaint takes the format from the output's name, and warns of lost transparency", async () => {
  await withInpaint(async ({ at, inpaint }) => {
    await writePicture(at("in.png"), photo(32, 32, () => 200), { keepAlpha: true });
    await writePicture(at("mask.png"), maskPicture(32, 32, middle(32, 32)));
    const result = await inpaint(["in.png", "-m", "mask.png", "-o", "out.jpg"]);
    assertExit(result, 0);
    assertStderr(result, ['warning: "in.png" has transparency, which JPEG cannot hold']);
    assert.equal((await readPicture(at("out.jpg"))).format, "jpeg");
  });
});

Deno.test("inpaint --mask alpha fills what is transparent and makes it opaque", async () => {
  await withInpaint(async ({ at, inpaint }) => {
    const isHole = middle(48, 48);
    const before = photo(48, 48, (x, y) => isHole(x, y) ? 0 : 255);
    await writePicture(at("in/cutout.png"), before, { keepAlpha: true });
    await writePicture(at("in/opaque.png"), photo(48, 48));
    const result = await inpaint(["in", "-m", "alpha", "-o", "out"]);
    assertExit(result, 1);
    assertStderr(result, [
      'error: Cannot inpaint "in/opaque.png" with --mask alpha: it has no transparency, ' +
      "its hole must be transparent",
    ]);
    const after = await readPicture(at("out/cutout.png"));
    assertKnownKept(before, after, isHole);
    for (const [x, y] of [[12, 12], [24, 24], [35, 35]] as const) {
      assert.equal(pixel(after, x, y)[3], 255, `alpha at (${x}, ${y})`);
    }
    assert.deepEqual(await listResults(at("out")), ["cutout.png"]);
  });
});

Deno.test("inpaint reads soft and inverted masks as told, and refuses them with --strict", async () => {
  await withInpaint(async ({ at, inpaint }) => {
    const isHole = middle(32, 32);
    const before = damaged(photo(32, 32), isHole);
    await writePicture(at("in.png"), before);
    await writePicture(at("inverse.png"), maskPicture(32, 32, (x, y) => !isHole(x, y)));
    const grey = (x: number, y: number) => isHole(x, y) ? 100 : 0;
    await writePicture(
      at("soft.png"),
      draw(32, 32, (x, y) => [grey(x, y), grey(x, y), grey(x, y), 255]),
    );
    await writePicture(at("small.png"), maskPicture(16, 16, middle(16, 16)));

    const inverse = await inpaint(["in.png", "-m", "inverse.png", "--invert-mask", "-o", "1.png"]);
    assertExit(inverse, 0);
    assertStderr(inverse, []);
    const reference = await readPicture(at("1.png"));
    assertKnownKept(before, reference, isHole);

    const soft = await inpaint([
      "in.png",
      "-m",
      "soft.png",
      "--mask-threshold",
      "90",
      "-o",
      "2.png",
    ]);
    assertExit(soft, 0);
    assertStderr(soft, ['warning: mask "soft.png" has 256 grey pixels, cut at 90']);
    assert.deepEqual((await readPicture(at("2.png"))).rgba, reference.rgba);

    const none = await inpaint(["in.png", "-m", "soft.png", "-o", "3.png"]);
    assertExit(none, 0);
    assertStderr(none, [
      'warning: mask "soft.png" has 256 grey pixels, cut at 128',
      'warning: "in.png" has no hole: nothing was filled',
    ]);

    const resized = await inpaint(["in.png", "-m", "small.png", "-o", "4.png"]);
    assertExit(resized, 0);
    assertStderr(resized, [
      'warning: mask "small.png" is 16x16, "in.png" is 32x32: resized without smoothing',
    ]);
    assert.deepEqual((await readPicture(at("4.png"))).rgba, reference.rgba);

    const strictSoft = await inpaint(["in.png", "-m", "soft.png", "--strict", "-o", "5.png"]);
    assertExit(strictSoft, 1);
    assertStderr(strictSoft, [
      'error: Cannot inpaint "in.png": mask "soft.png" has 256 grey pixels, cut at 128, ' +
      "must be 0 with --strict",
    ]);
    const strictSize = await inpaint(["in.png", "-m", "small.png", "--strict", "-o", "6.png"]);
    assertExit(strictSize, 1);
    assertStderr(strictSize, [
      'error: Cannot apply mask "small.png" to "in.png": mask is 16x16, "in.png" is 32x32, ' +
      "must be equal with --strict",
    ]);
  });
});

Deno.test("inpaint --side-by-side writes a second picture beside the result", async () => {
  await withInpaint(async ({ at, inpaint }) => {
    const isHole = middle(20, 20);
    await writePicture(at("in.png"), photo(20, 20));
    await writePicture(at("mask.png"), maskPicture(20, 20, isHole));
    const args = ["in.png", "-m", "mask.png", "-o", "d.x/out", "--format", "png", "--side-by-side"];
    const result = await inpaint(args);
    assertExit(result, 0);
    assert.deepEqual(await listResults(at("d.x")), ["out", "out.before-after.png"], result.story);
    const sheet = await readPicture(at("d.x/out.before-after.png"));
    const filled = await readPicture(at("d.x/out"));
    assert.deepEqual([sheet.width, sheet.height], [48, 20]);
    assert.deepEqual(pixel(sheet, 10, 10), [255, 0, 255, 255]);
    assert.deepEqual(pixel(sheet, 0, 0), pixel(filled, 0, 0));
    assert.deepEqual(pixel(sheet, 28 + 10, 10), pixel(filled, 10, 10));

    await Deno.remove(at("d.x/out"));
    const again = await inpaint(args);
    assertExit(again, 1);
    assertStderr(again, [
      'error: Cannot write "d.x/out.before-after.png": it exists',
      "hint: Give --overwrite to replace it",
    ]);
    assert.deepEqual(await listResults(at("d.x")), ["out.before-after.png"]);
  });
});

Deno.test("inpaint replaces files only with --overwrite", async () => {
  await withInpaint(async ({ at, inpaint }) => {
    await writePicture(at("in.png"), photo(24, 24));
    await writePicture(at("mask.png"), maskPicture(24, 24, middle(24, 24)));
    await Deno.writeTextFile(at("out.png"), "mine");
    const refused = await inpaint(["in.png", "-m", "mask.png", "-o", "out.png"]);
    assertExit(refused, 1);
    assertStderr(refused, [
      'error: Cannot write "out.png": it exists',
      "hint: Give --overwrite to replace it",
    ]);
    assert.equal(await Deno.readTextFile(at("out.png")), "mine");
    const replaced = await inpaint(["in.png", "-m", "mask.png", "-o", "out.png", "--overwrite"]);
    assertExit(replaced, 0);
    assert.equal((await readPicture(at("out.png"))).width, 24);
  });
});

Deno.test("inpaint fills pictures of every shape in one run, and leaves a picture without hole as it is", async () => {
  await withInpaint(async ({ at, inpaint }) => {
    const sizes = [[1, 2], [7, 5], [300, 200], [2000, 8], [8, 2000]] as const;
    const holeOf = (width: number, height: number): IsHole => (x, y) =>
      2 * y >= height && (width === 1 || 2 * x >= width);
    for (const [width, height] of sizes) {
      const name = `${width}x${height}.png`;
      await writePicture(at("in", name), photo(width, height));
      await writePicture(at("masks", name), maskPicture(width, height, holeOf(width, height)));
    }
    const whole = await writePicture(at("in/no-hole.jpg"), photo(9, 9));
    await writePicture(at("masks/no-hole.png"), maskPicture(9, 9, () => false));
    for (const [name, width, height] of [["all-hole", 6, 4], ["one-pixel", 1, 1]] as const) {
      await writePicture(at(`in/${name}.png`), photo(width, height));
      await writePicture(at(`masks/${name}.png`), maskPicture(width, height, () => true));
    }

    const result = await inpaint(["in", "-m", "masks", "-o", "out", "--json"]);
    assertExit(result, 1);
    assertStderr(result, [
      'error: Cannot inpaint "in/all-hole.png": the mask covers all 24 pixels, some must be known',
      "hint: If black is the hole in your mask, give --mask-polarity black",
      'warning: "in/no-hole.jpg" has no hole: nothing was filled',
      'error: Cannot inpaint "in/one-pixel.png": the mask covers all 1 pixels, some must be known',
    ]);
    assert.deepEqual(
      jsonLines(result).map(({ input, status }) => `${input} ${status}`),
      [
        "in/1x2.png filled",
        "in/2000x8.png filled",
        "in/300x200.png filled",
        "in/7x5.png filled",
        "in/8x2000.png filled",
        "in/all-hole.png failed",
        "in/no-hole.jpg unchanged",
        "in/one-pixel.png failed",
      ],
    );
    for (const [width, height] of sizes) {
      const name = `${width}x${height}.png`;
      const after = await readPicture(at("out", name));
      assertKnownKept(photo(width, height), after, holeOf(width, height));
    }
    assert.deepEqual(await Deno.readFile(at("out/no-hole.jpg")), Uint8Array.from(whole));
  });
});

Deno.test("inpaint --json prints one object per picture, with what was done", async () => {
  await withInpaint(async ({ at, inpaint }) => {
    await writePicture(at("a.png"), photo(20, 10));
    await writePicture(at("mask.png"), maskPicture(20, 10, (x) => x < 5));
    const result = await inpaint(["a.png", "gone.png", "-m", "mask.png", "-o", "out", "--json"]);
    assertExit(result, 1);
    assertStderr(result, ['error: Cannot read input "gone.png": it does not exist']);
    assert.deepEqual(jsonLines(result).map(({ status, error }) => [status, error]), [
      ["failed", 'Cannot read input "gone.png": it does not exist'],
      ["filled", undefined],
    ]);

    const done = await inpaint(["a.png", "-m", "mask.png", "-o", "out2/", "--json"]);
    assertExit(done, 0);
    const [{ elapsedMs, ...line }, ...rest] = jsonLines(done);
    assert.deepEqual(rest, []);
    assert.ok(elapsedMs > 0);
    assert.deepEqual(line, {
      input: "a.png",
      mask: 'mask "mask.png"',
      output: "out2/a.png",
      status: "filled",
      width: 20,
      height: 10,
      holeRatio: 0.25,
      warnings: [],
    });
  });
});
