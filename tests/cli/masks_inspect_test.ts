import assert from "node:assert/strict";
import {
  assertExit,
  assertStderr,
  type CliResult,
  jsonLines,
  listFiles,
  runCli,
  stdoutText,
} from "../support/run_cli.ts";
import { withTempDir } from "../support/temp_dir.ts";
import { draw, maskPicture, middle, photo, readPicture, writePicture } from "./pictures.ts";

/** Runs `pconv masks inspect` quietly in a fresh folder. */
async function withInspect(
  body: (
    at: (...parts: string[]) => string,
    inspect: (line: string) => Promise<CliResult>,
  ) => Promise<void>,
): Promise<void> {
  await withTempDir((folder) =>
    body(
      (...parts) => [folder, ...parts].join("/"),
      (line) => runCli(["masks", "inspect", "-q", ...line.split(" ")], { cwd: folder }),
    )
  );
}

Deno.test("masks inspect tells what good masks are and returns 0", async () => {
  await withInspect(async (at, inspect) => {
    await writePicture(at("masks/a.png"), maskPicture(40, 20, middle(40, 20)));
    await writePicture(at("masks/sub/b.png"), maskPicture(40, 20, (x) => x < 14));
    await writePicture(at("photos/a.jpg"), photo(40, 20));
    await writePicture(at("photos/sub/b.jpg"), photo(40, 20));
    const result = await inspect("masks --images photos");
    assertExit(result, 0);
    assertStderr(result, []);
    // Half of each side is a quarter of the picture; 14 of 40 columns are 35 %.
    assert.deepEqual(stdoutText(result).split("\n"), [
      "MASK             SIZE   HOLE   RATIO   BIN         BORDER  GREY  REMARKS",
      "masks/a.png      40x20  white  25.0 %  (0.2, 0.3]  N       0",
      "masks/sub/b.png  40x20  white  35.0 %  (0.3, 0.4]  B       0",
      "BORDER N: every hole pixel is at least 50 px x (smaller side / 512) from the border; B: not so",
      "",
      "2 masks, white = hole: 2 of 2 masks say so, 0 say black",
      "(0.2, 0.3]: 1 N, 0 B",
      "(0.3, 0.4]: 0 N, 1 B",
      "none with problems",
      "",
    ]);
  });
});

Deno.test("masks inspect finds soft, turned and orphaned masks, goes on after unreadable files", async () => {
  await withInspect(async (at, inspect) => {
    const good = maskPicture(40, 20, middle(40, 20));
    const png = await writePicture(at("masks/good.png"), good);
    await writePicture(at("masks/copy.png"), good);
    await writePicture(at("masks/lonely.png"), maskPicture(40, 20, (x) => x < 4));
    await writePicture(at("masks/soft.jpg"), draw(40, 20, (x) => [6 * x, 6 * x, 6 * x, 255]));
    await writePicture(at("masks/turned.png"), maskPicture(20, 40, (x) => x < 5));
    await writePicture(at("masks/inverted.png"), maskPicture(40, 20, (x) => x >= 8));
    await Deno.writeFile(at("masks/cut.png"), png.subarray(0, 60));
    for (const name of ["good", "copy", "soft", "turned", "inverted", "cut", "bare"]) {
      await writePicture(at(`photos/${name}.jpg`), photo(40, 20));
    }
    const result = await inspect("masks gone.png --images photos --json --contact-sheet sheet.png");
    assertExit(result, 1);
    assert.match(result.stderr, /^error: Cannot read mask "gone\.png": it does not exist$/m);
    assert.match(result.stderr, /^error: Cannot read image "masks\/cut\.png": /m);
    const lines = jsonLines(result);
    const kinds = Object.fromEntries(
      lines.map(({ mask, image, problems }) => [
        mask ?? image,
        problems?.map(({ kind }: { kind: string }) => kind),
      ]),
    );
    assert.deepEqual(kinds, {
      "masks/copy.png": [],
      "masks/cut.png": undefined,
      "masks/good.png": [],
      "masks/inverted.png": ["polarity"],
      "masks/lonely.png": ["orphan"],
      "masks/soft.jpg": ["soft", "jpeg"],
      "masks/turned.png": ["size"],
      "photos/bare.jpg": ["orphan"],
    });
    const byName = new Map(lines.map((line) => [line.mask, line]));
    assert.equal(byName.get("masks/good.png").duplicateOf, "masks/copy.png");
    assert.equal(byName.get("masks/good.png").image, "photos/good.jpg");
    assert.equal(byName.get("masks/inverted.png").polarity, "black");
    assert.match(byName.get("masks/cut.png").error, /^Cannot read image "masks\/cut\.png"/);
    assert.match(byName.get("masks/turned.png").problems[0].text, /turned by a quarter$/);
    const sheet = await readPicture(at("sheet.png"));
    assert.ok(sheet.rgba.some((value, i) => i % 4 === 0 && value === 255));

    const text = await inspect("masks/good.png masks/cut.png --images photos");
    assertExit(text, 1);
    const printed = stdoutText(text);
    assert.ok(
      printed.includes("5 images without a mask:\n  photos/bare.jpg\n  photos/copy.jpg\n"),
      printed,
    );
    assert.ok(printed.endsWith("\n1 file or folder not read\n"), printed);
  });
});

Deno.test("masks inspect pairs LaMa's names within one folder, and obeys --mask-polarity", async () => {
  await withInspect(async (at, inspect) => {
    await writePicture(at("set/a.png"), photo(40, 20));
    await writePicture(at("set/a_mask000.png"), maskPicture(40, 20, (x) => x < 14));
    await writePicture(at("set/a_mask001.png"), maskPicture(40, 20, (x) => x < 8));
    const result = await inspect("set --images set");
    assertExit(result, 0);
    assert.ok(stdoutText(result).includes("\nnone with problems\n"), result.story);
    const black = await inspect("set/a_mask000.png --mask-polarity black --json");
    assertExit(black, 1);
    const [{ polarity, ratio, problems }] = jsonLines(black);
    assert.deepEqual([polarity, ratio, problems[0].kind], ["black", 0.65, "polarity"]);
  });
});

Deno.test("masks inspect refuses a sheet that exists or is no PNG, and a folder without masks", async () => {
  await withInspect(async (at, inspect) => {
    await Deno.mkdir(at("empty"));
    await Deno.writeTextFile(at("mine.png"), "mine");
    const format = await inspect("empty --contact-sheet sheet.jpg");
    assertExit(format, 2);
    assertStderr(format, [
      'error: Cannot write contact sheet "sheet.jpg": its name must end in .png',
    ]);
    const exists = await inspect("empty --contact-sheet mine.png");
    assertExit(exists, 1);
    assertStderr(exists, [
      'error: Cannot write contact sheet "mine.png": it exists, must be a new file',
    ]);
    const empty = await inspect("empty --contact-sheet sheet.png");
    assertExit(empty, 1);
    assertStderr(empty, [
      'error: Cannot find any mask in "empty"',
      "warning: no contact sheet: no mask could be read",
    ]);
    assert.deepEqual(await listFiles(at()), ["mine.png"]);
  });
});
