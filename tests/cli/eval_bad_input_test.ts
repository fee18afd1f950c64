import assert from "node:assert/strict";
import { assertExit, assertStderr, stdoutText } from "../support/run_cli.ts";
import { IMAGES_AND_MASKS, withEval } from "./eval_setting.ts";
import { draw, maskPicture, photo, writePicture } from "./pictures.ts";

Deno.test("eval lists what has no counterpart or cannot be used, and makes the table of the rest", async () => {
  await withEval(async ({ at, evaluate, lines }) => {
    const hole = maskPicture(48, 40, (x, y) => x > 20 && x < 30 && y > 10 && y < 20);
    for (const name of ["a", "b", "clear", "grey", "cut", "empty"]) {
      await writePicture(at(`named/${name}.png`), hole);
    }
    await writePicture(at("named/b.png"), maskPicture(24, 20, (x) => x > 4 && x < 9));
    await writePicture(at("named/empty.png"), maskPicture(48, 40, () => false));
    await writePicture(at("named/orphan.png"), hole);
    const clear = photo(48, 40, (x) => x === 0 ? 0 : 255);
    await writePicture(at("photos/clear.png"), clear, { keepAlpha: true });
    await writePicture(at("photos/grey.png"), draw(48, 40, (x) => [x, x, x, 255]));
    await writePicture(at("photos/empty.png"), photo(48, 40));
    const png = await writePicture(at("photos/cut.png"), photo(48, 40));
    await Deno.writeFile(at("photos/cut.png"), png.slice(0, 200));
    const result = await evaluate(
      "--images photos --masks named --pairing name --size native --methods mean -o out",
    );
    assertExit(result, 1);
    assertStderr(result, [
      'error: Cannot evaluate image "photos/c.png": there is no mask of its name',
      'error: Cannot evaluate image "photos/d.png": there is no mask of its name',
      'error: Cannot evaluate mask "named/orphan.png": there is no image of its name',
      'error: Cannot evaluate image "photos/clear.png": it has transparent pixels, must be opaque',
      'error: Cannot read image "photos/cut.png": file is cut short, its PNG end chunk is missing',
      'error: Cannot evaluate image "empty.png" with mask "empty.png": no pixel is hole, some must ' +
      "be hole and some known",
    ]);
    assert.deepEqual((await lines("out")).map(({ image, remarks }) => [image, ...remarks ?? []]), [
      ["a.png"],
      ["b.png", "mask resized"],
      ["grey.png", "grey image"],
    ]);
    assert.match(stdoutText(result), /\| mean/);
    assert.equal(JSON.parse(await Deno.readTextFile(at("out/problems.json"))).length, 6);
    const markdown = await Deno.readTextFile(at("out/table.md"));
    assert.match(markdown, /## Problems\n\n- Cannot evaluate image "photos\/c\.png"/);
    assert.match(markdown, /1 pair: the image is grey/);
    assert.match(markdown, /1 pair: the mask is of another size/);
  });
});

Deno.test("eval lists results that are missing, of another size or of no pair, and counts identical ones apart", async () => {
  await withEval(async ({ at, evaluate, lines }) => {
    const line = `${IMAGES_AND_MASKS} --pairs 4 --examples 0`;
    assertExit(await evaluate(`${line} --methods mean --keep-pairs -o first`), 0);
    // A perfect program returns the truth; of the four one result is missing, one is small.
    await Deno.mkdir(at("theirs"));
    for (const name of ["00000", "00001"]) {
      await Deno.copyFile(at(`first/pairs/images/${name}.png`), at(`theirs/${name}.png`));
    }
    await writePicture(at("theirs/00002.png"), photo(24, 20));
    await writePicture(at("theirs/notes.png"), photo(24, 20));
    const result = await evaluate(`${line} --methods mean --results theirs=theirs -o first`);
    assertExit(result, 1);
    assertStderr(result, [
      'error: Cannot use result "notes" of "theirs": it belongs to no pair',
      'error: Cannot use result "theirs/00002.png": it is 24x20, must be 48x40',
      'error: Cannot find a result "00003" of any image format in "theirs"',
    ]);
    const theirs = (await lines("first")).filter(({ method }) => method === "theirs");
    assert.deepEqual(
      theirs.map(({ scores }) => [scores.composite.psnr, scores.composite.ssim]),
      [[null, 1], [null, 1]],
    );
    const markdown = await Deno.readTextFile(at("first/table.md"));
    assert.match(markdown, /composites? equals? the truth/);
    // No infinite mean: the column of PSNR has nothing for it.
    assert.doesNotMatch(markdown, /Infinity|NaN/);
  });
});

Deno.test("eval tells images from masks where LaMa keeps both in one folder", async () => {
  await withEval(async ({ at, evaluate, lines }) => {
    const hole = maskPicture(48, 40, (x, y) => x > 20 && x < 30 && y > 10 && y < 20);
    for (const name of ["a_mask000", "a_mask001", "d_mask000"]) {
      await writePicture(at(`photos/${name}.png`), hole);
    }
    const result = await evaluate(
      "--images photos --masks photos --pairing name --size native --methods mean -o out",
    );
    assertExit(result, 1);
    assertStderr(
      result,
      ["b", "c"].map((name) =>
        `error: Cannot evaluate image "photos/${name}.png": there is no mask of its name`
      ),
    );
    assert.deepEqual((await lines("out")).map(({ image, mask }) => [image, mask]), [
      ["a.png", "a_mask000.png"],
      ["a.png", "a_mask001.png"],
      ["d.png", "d_mask000.png"],
    ]);
  });
});

Deno.test("eval refuses what it cannot begin, with one line and the right exit code", async () => {
  await withEval(async ({ at, evaluate }) => {
    await Deno.mkdir(at("nothing"));
    const cases: readonly (readonly [string, number, string])[] = [
      ["", 2, "error: Missing --images DIR\nerror: Missing --output DIR\n"],
      ["--images gone -o out", 1, 'error: Cannot list images in "gone": it does not exist\n'],
      ["--images nothing -o out", 1, 'error: Cannot evaluate: there is no image in "nothing"\n'],
      [
        "--images photos --masks nothing -o out",
        1,
        'error: Cannot evaluate: there is no mask in "nothing"\n',
      ],
      [
        "--images photos -o out --results a=gone --methods none",
        1,
        'error: Cannot list images in "gone": it does not exist\n',
      ],
      [
        "--images photos -o out --methods pconv --device cpu -w gone.safetensors",
        3,
        'error: Cannot find weights "gone.safetensors": there is no such file\n' +
        "hint: Check the path, or name weights that come with the program\n",
      ],
      [
        "--images photos -o out --lpips a --methods mean",
        2,
        "error: LPIPS needs two files: --lpips FILE and --lpips-backbone FILE\n",
      ],
      [
        "--images photos -o out --size 5",
        2,
        'error: --size must be native or a whole number from 16 to 4096: got "5"\n',
      ],
    ];
    for (const [line, code, message] of cases) {
      const result = await evaluate(line);
      assertExit(result, code);
      const known = result.stderr.split("\n").filter((text) => !text.startsWith("hint: Run")).join(
        "\n",
      );
      assert.equal(known, message, result.story);
    }
  });
});
