// What no other test of the program holds of the table "Conventions" in tests/README.md.
import assert from "node:assert/strict";
import { readMetadata } from "../../src/data/metadata/read_metadata.ts";
import { dropThumbnail } from "../../src/data/metadata/exif_thumbnail.ts";
import { readExifOrientation } from "../../src/data/exif_orientation.ts";
import { encodeImage } from "../../src/data/encode_image.ts";
import { resetXmpOrientation } from "../../src/data/metadata/upright_xmp.ts";
import { assertExit, assertStderr, jsonLines, listFiles, runCli } from "../support/run_cli.ts";
import { PIECES } from "../unit/data/metadata/picture_files.ts";
import { withInpaint } from "./inpaint_setting.ts";
import { maskPicture, middle, photo, readPicture, writePicture } from "./pictures.ts";
import { listResults } from "./results.ts";

Deno.test("inpaint keeps Exif, profile and XMP; a JPEG lies as it lay, other formats are stored upright", async () => {
  await withInpaint(async ({ at, inpaint }) => {
    // Of a camera that was held upright: orientation 6, as picture_files.ts says.
    const jpeg = await encodeImage(photo(40, 24), {
      format: "jpeg",
      keepAlpha: false,
      metadata: PIECES,
    });
    await Deno.mkdir(at("in"));
    await Deno.writeFile(at("in/a.jpg"), jpeg);
    await writePicture(at("mask.png"), maskPicture(24, 40, (x, y) => x < 8 && y < 8));
    for (const format of ["jpeg", "png", "webp", "tiff", "avif"] as const) {
      const line = ["in", "-m", "mask.png", "-o", format, "--format", format, "--verify", "--json"];
      const result = await inpaint(line);
      assertExit(result, 0);
      assertStderr(result, []);
      const [{ output, verified }] = jsonLines(result);
      assert.match(verified, /^verified: /, format);
      const bytes = await Deno.readFile(at(output));
      const { exif, icc, xmp } = readMetadata(bytes, format);
      const isJpeg = format === "jpeg";
      assert.equal(readExifOrientation(exif!), isJpeg ? 6 : 1, format);
      // XMP may hold the orientation too.
      const expectedXmp = isJpeg ? PIECES.xmp : resetXmpOrientation(PIECES.xmp);
      assert.deepEqual([icc, xmp], [PIECES.icc, expectedXmp], format);
      // Everything but the preview, which shows what was filled.
      if (isJpeg) assert.deepEqual(exif, dropThumbnail(PIECES.exif));
      const { width, height, orientationApplied } = await readPicture(at(output));
      assert.deepEqual([width, height, orientationApplied], [24, 40, isJpeg], format);
    }
  });
});

Deno.test("inpaint counts failures in its last line, which --quiet leaves out", async () => {
  await withInpaint(async ({ folder, at }) => {
    await writePicture(at("in/a.png"), photo(24, 24));
    await Deno.writeTextFile(at("in/b.png"), "no picture");
    await writePicture(at("mask.png"), maskPicture(24, 24, middle(24, 24)));
    const line = ["inpaint", "in", "-m", "mask.png", "--method", "mean"];
    const error = 'error: Cannot read image "in/b.png": file looks like text, ' +
      "must be PNG, JPEG, WebP, GIF, TIFF, AVIF or BMP";
    const told = await runCli([...line, "-o", "told"], { cwd: folder });
    assertExit(told, 1);
    assertStderr(told, [error, '1 of 2 images done, 1 failed: "told"']);
    const quiet = await runCli([...line, "-o", "quiet", "-q"], { cwd: folder });
    assertExit(quiet, 1);
    assertStderr(quiet, [error]);
    assert.equal(told.stdout.length + quiet.stdout.length, 0);
  });
});

Deno.test("inpaint tells by input and slash whether --output is a folder, and makes none that is named as a file", async () => {
  await withInpaint(async ({ folder, at, inpaint }) => {
    await writePicture(at("a.png"), photo(24, 24));
    await writePicture(at("in/one.png"), photo(24, 24));
    await writePicture(at("mask.png"), maskPicture(24, 24, middle(24, 24)));
    assertExit(await inpaint(["a.png", "-m", "mask.png", "-o", "file.png"]), 0);
    assert.equal((await readPicture(at("file.png"))).width, 24);
    assertExit(await inpaint(["a.png", "-m", "mask.png", "-o", "slash/"]), 0);
    assert.deepEqual(await listResults(at("slash")), ["a.png"]);
    assertExit(await inpaint(["in", "-m", "mask.png", "-o", "folder"]), 0);
    assert.deepEqual(await listResults(at("folder")), ["one.png"]);
    const files = await listFiles(folder);
    assertExit(await inpaint(["in", "-m", "mask.png", "-o", "no.png"]), 2);
    assert.deepEqual(await listFiles(folder), files);
  });
});

Deno.test("inpaint refuses what other tools have and it has not, with what it has", async () => {
  await withInpaint(async ({ folder, at, inpaint }) => {
    await writePicture(at("a.png"), photo(24, 24));
    await writePicture(at("m.png"), maskPicture(24, 24, middle(24, 24)));
    const cases: readonly (readonly [line: string, code: number, message: string])[] = [
      ["--device gpu:1", 2, '--device must be auto, gpu or cpu: got "gpu:1"'],
      ["--tile 0", 2, '--tile must be a whole number from 64 to 8192: got "0"'],
      ["--mask-polarity alpha", 2, '--mask-polarity must be white, black or auto: got "alpha"'],
      ["--batch 4", 2, 'Unknown flag "--batch": inpaint has none, train or finetune has'],
    ];
    for (const [flags, code, message] of cases) {
      const line = ["inpaint", "a.png", "-m", "m.png", "-o", "b.png", ...flags.split(" ")];
      const result = await runCli(line, { cwd: folder });
      assertExit(result, code);
      assertStderr(result, [
        `error: ${message}`,
        'hint: Run "pconv inpaint --help" for its flags and examples',
      ]);
    }
    const piped = await inpaint(["a.png", "-m", "-", "-o", "b.png"]);
    assertExit(piped, 1);
    assertStderr(piped, ['error: Cannot read "-": it does not exist']);
  });
});
