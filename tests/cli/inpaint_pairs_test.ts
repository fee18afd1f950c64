import assert from "node:assert/strict";
import { assertExit, assertStderr, listFiles } from "../support/run_cli.ts";
import { withInpaint } from "./inpaint_setting.ts";
import {
  assertKnownKept,
  type IsHole,
  maskPicture,
  photo,
  readPicture,
  writePicture,
} from "./pictures.ts";
import { listResults } from "./results.ts";

const left: IsHole = (x) => x < 8;
const top: IsHole = (_, y) => y < 8;

Deno.test("inpaint --pairs takes images, masks and names of results from a list", async () => {
  await withInpaint(async ({ at, inpaint }) => {
    await writePicture(at("set/photos/a.png"), photo(24, 24));
    await writePicture(at("elsewhere/b.png"), photo(24, 24));
    await writePicture(at("set/left.png"), maskPicture(24, 24, left));
    await writePicture(at("set/top.png"), maskPicture(24, 24, top));
    await Deno.writeTextFile(
      at("set/list.tsv"),
      "# two photographs, three results\r\nimage\tmask\toutput\r\n" +
        "photos/a.png\tleft.png\r\nphotos/a.png\ttop.png\tagain/top.webp\r\n\r\n" +
        `${at("elsewhere/b.png")}\ttop.png\r\n`,
    );
    const result = await inpaint(["--pairs", "set/list.tsv", "-o", "out"]);
    assertExit(result, 0);
    assertStderr(result, []);
    assert.deepEqual(await listResults(at("out")), ["again/top.webp", "b.png", "photos/a.png"]);
    assertKnownKept(photo(24, 24), await readPicture(at("out/photos/a.png")), left);
    assertKnownKept(photo(24, 24), await readPicture(at("out/again/top.webp")), top);
    assertKnownKept(photo(24, 24), await readPicture(at("out/b.png")), top);
  });
});

Deno.test("inpaint --pairs takes a list of images alone, with a mask from elsewhere", async () => {
  await withInpaint(async ({ at, inpaint }) => {
    await writePicture(at("a.png"), photo(24, 24));
    await writePicture(at("masks/a.png"), maskPicture(24, 24, left));
    await Deno.writeTextFile(at("images.flist"), "./a.png\n");
    const masked = await inpaint(["--pairs", "images.flist", "-m", "masks", "-o", "out"]);
    assertExit(masked, 0);
    assertStderr(masked, []);
    assertKnownKept(photo(24, 24), await readPicture(at("out/a.png")), left);
    const boxed = await inpaint(["--pairs", "images.flist", "--box", "0,0,24,8", "-o", "boxed"]);
    assertExit(boxed, 0);
    assertKnownKept(photo(24, 24), await readPicture(at("boxed/a.png")), top);
    const bare = await inpaint(["--pairs", "images.flist", "-o", "bare"]);
    assertExit(bare, 1);
    assertStderr(bare, [
      'error: Cannot inpaint "./a.png" in line 1 of "images.flist": it names no mask',
      "hint: Name one behind a tab, or give --mask, --mask-color or --box",
    ]);
  });
});

Deno.test("inpaint --pairs says what is wrong with each line before any work, and does nothing", async () => {
  await withInpaint(async ({ folder, at, inpaint }) => {
    await writePicture(at("a.png"), photo(24, 24));
    await writePicture(at("m.png"), maskPicture(24, 24, left));
    await Deno.writeTextFile(
      at("list.tsv"),
      "a.png\tm.png\n\tm.png\na.png\tm.png\t../../etc/a.png\na\tb\tc\td\na.png\tm.png\t/tmp/x.png\n",
    );
    const files = await listFiles(folder);
    const result = await inpaint(["--pairs", "list.tsv", "-o", "out"]);
    assertExit(result, 1);
    const inside = "must be a file below the folder of --output";
    assertStderr(result, [
      'error: Cannot use line 2 of "list.tsv": it names no image',
      `error: Cannot use line 3 of "list.tsv": its output is "../../etc/a.png", ${inside}`,
      'error: Cannot use line 4 of "list.tsv": it has 4 columns, must be image, mask and output, ' +
      "parted by tabs",
      `error: Cannot use line 5 of "list.tsv": its output is "/tmp/x.png", ${inside}`,
    ]);
    assert.deepEqual(await listFiles(folder), files);
  });
});

Deno.test("inpaint --pairs fails lines whose files are missing, and does the others", async () => {
  await withInpaint(async ({ at, inpaint }) => {
    await writePicture(at("a.png"), photo(24, 24));
    await writePicture(at("m.png"), maskPicture(24, 24, left));
    await Deno.writeTextFile(
      at("list.tsv"),
      "a.png\tm.png\ngone.png\tm.png\na.png\tno.png\tb.png\na.png m.png\n",
    );
    const result = await inpaint(["--pairs", "list.tsv", "-o", "out"]);
    assertExit(result, 1);
    assertStderr(result, [
      'error: Cannot inpaint "gone.png" in line 2 of "list.tsv": it does not exist',
      'error: Cannot inpaint "a.png" in line 3 of "list.tsv": mask "no.png": it does not exist',
      'error: Cannot inpaint "a.png m.png" in line 4 of "list.tsv": it does not exist',
      "hint: Part image, mask and output by tabs",
    ]);
    assert.deepEqual(await listResults(at("out")), ["a.png"]);

    await Deno.writeTextFile(at("twice.tsv"), "a.png\tm.png\n./a.png\talpha\n");
    const twice = await inpaint(["--pairs", "twice.tsv", "-o", "new"]);
    assertExit(twice, 2);
    assert.match(
      twice.stderr,
      /^error: Cannot inpaint both "a\.png" and "a\.png": both would be written to ".*new\/a\.png"\n$/,
    );
  });
});
