import assert from "node:assert/strict";
import { decodeImage } from "../../src/data/decode_image.ts";
import { assertExit, assertStderr, jsonLines, runCli } from "../support/run_cli.ts";
import { listResults } from "./results.ts";
import { maskPicture, middle, photo, pixel, readPicture, writePicture } from "./pictures.ts";
import { assertLattice, NETWORK_FLAGS, rawPng, withSuperres } from "./superres_setting.ts";

Deno.test("superres keeps every pixel at its place, and fills what is between", async () => {
  await withSuperres(async ({ folder, at, network }) => {
    const small = photo(20, 14);
    await writePicture(at("in.png"), small);
    const result = await network(["in.png", "--scale", "4", "-o", "new/out.png"]);
    assertExit(result, 0);
    assertStderr(result, []);
    const large = await readPicture(at("new/out.png"));
    assertLattice(small, large, { scale: 4 });
    // The tiny network hardly leaves the bicubic guess.
    await network(["in.png", "--scale", "4", "-o", "blend.png", "--blend"]);
    const blend = await readPicture(at("blend.png"));
    assert.notDeepEqual(pixel(blend, 42, 22), pixel(large, 42, 22), "known pixel is blended");
    assert.deepEqual(pixel(blend, 43, 22), pixel(large, 43, 22), "the others are the same");

    const loud = ["superres", ...NETWORK_FLAGS, "in.png", "--scale", "3", "-o", "three.png"];
    const told = await runCli(loud, { cwd: folder });
    assertExit(told, 0);
    assert.match(
      told.stderr,
      /^device: cpu, .*\n"in\.png": 3 times, 60x42, "three\.png", \d+\.\d s\n$/,
    );
  });
});

Deno.test("superres enlarges a folder, in its tree and formats, and tells as JSON", async () => {
  await withSuperres(async ({ at, nearest }) => {
    await writePicture(at("in/a.JPG"), photo(9, 8), { format: "jpeg" });
    await writePicture(at("in/sub/b.webp"), photo(7, 6));
    await writePicture(at("in/sub/c.png"), photo(5, 4));
    await Deno.writeTextFile(at("in/d.png"), "no picture");
    const result = await nearest(["in", "--scale", "2", "-o", "out", "--json"]);
    assertExit(result, 1);
    assertStderr(result, [
      'error: Cannot read image "in/d.png": file looks like text, must be PNG, JPEG, WebP, GIF, TIFF, AVIF or BMP',
    ]);
    assert.deepEqual(await listResults(at("out")), ["a.JPG", "sub/b.webp", "sub/c.png"]);
    const lines = jsonLines(result);
    assert.deepEqual(lines.map(({ status }) => status), [
      "enlarged",
      "failed",
      "enlarged",
      "enlarged",
    ]);
    const { elapsedMs, ...first } = lines[0];
    assert.ok(elapsedMs > 0);
    assert.deepEqual(first, {
      input: "in/a.JPG",
      output: "out/a.JPG",
      status: "enlarged",
      method: "nearest",
      scale: 2,
      width: 18,
      height: 16,
      holeRatio: 0,
      warnings: [],
    });
    const jpeg = await readPicture(at("out/a.JPG"));
    assert.deepEqual([jpeg.format, jpeg.width, jpeg.height], ["jpeg", 18, 16]);
    // Nearest in a lossless format: each pixel four times.
    const webp = await readPicture(at("out/sub/b.webp"));
    for (const [x, y] of [[6, 4], [7, 4], [6, 5], [7, 5]] as const) {
      assert.deepEqual(pixel(webp, x, y), pixel(photo(7, 6), 3, 2));
    }
    // A second run writes over nothing.
    const again = await nearest(["in/sub", "--scale", "2", "-o", "out/sub"]);
    assertExit(again, 1);
    assert.match(again.stderr, /Cannot write "out\/sub\/b\.webp": it exists\nhint: .*--overwrite/);
  });
});

Deno.test("superres - reads standard input and writes standard output", async () => {
  await withSuperres(async ({ at, network, nearest }) => {
    const bytes = await writePicture(at("in.webp"), photo(6, 5));
    const result = await network(["-", "--scale", "2", "--format", "png"], { stdin: bytes });
    assertExit(result, 0);
    assertStderr(result, []);
    const large = await decodeImage(result.stdout, { name: "stdout" });
    assert.equal(large.format, "png");
    assertLattice(photo(6, 5), large, { scale: 2 });
    const file = await nearest(["in.webp", "--scale", "8", "-o", "-"]);
    assertExit(file, 0);
    const { format, width } = await decodeImage(file.stdout, { name: "stdout" });
    assert.deepEqual([format, width], ["webp", 48]);
  });
});

Deno.test("superres enlarges by every formula without weights", async () => {
  await withSuperres(async ({ folder, at }) => {
    await writePicture(at("in.png"), photo(6, 5));
    await Deno.remove(at("tiny.safetensors"));
    for (const method of ["bicubic", "lanczos", "bilinear", "nearest"]) {
      const args = ["in.png", "--scale", "3", "--method", method, "-o", `${method}.png`, "-q"];
      const result = await runCli(["superres", ...args], { cwd: folder });
      assertExit(result, 0);
      assertStderr(result, []);
      const large = await readPicture(at(`${method}.png`));
      assert.deepEqual([large.width, large.height], [18, 15]);
      // The middle of nine lies right on the pixel, where every kernel is 1 and its neighbours 0.
      assertLattice(photo(6, 5), large, { scale: 3 });
    }
  });
});

Deno.test("superres fills the holes of a mask, or of the transparency, on the way", async () => {
  await withSuperres(async ({ at, network }) => {
    const isHole = middle(16, 12);
    await writePicture(at("in.png"), photo(16, 12));
    await writePicture(at("mask.png"), maskPicture(16, 12, isHole));
    const masked = ["in.png", "-m", "mask.png", "--scale", "2", "-o", "out.png", "--json"];
    const result = await network(masked);
    assertExit(result, 0);
    assert.equal(jsonLines(result)[0].holeRatio, 0.25);
    const large = await readPicture(at("out.png"));
    assertLattice(photo(16, 12), large, { scale: 2, isHole });
    assert.notDeepEqual(pixel(large, 17, 13), pixel(photo(16, 12), 8, 6), "the hole was computed");

    const cut = photo(16, 12, (x, y) => isHole(x, y) ? 0 : 255);
    await writePicture(at("cut.png"), cut, { keepAlpha: true });
    const alpha = await network(["cut.png", "-m", "alpha", "--scale", "2", "-o", "whole.png"]);
    assertExit(alpha, 0);
    const whole = await readPicture(at("whole.png"));
    assert.deepEqual(whole.rgba, large.rgba, "the same colours, and all opaque");
    assert.equal(whole.hasAlpha, true);
  });
});

Deno.test("superres enlarges alpha with the picture, and warns where it is lost", async () => {
  await withSuperres(async ({ at, network, nearest }) => {
    const small = photo(8, 8, (x) => x < 4 ? 0 : 200);
    await writePicture(at("in.png"), small, { keepAlpha: true });
    const result = await network(["in.png", "--scale", "2", "-o", "out.png"]);
    assertExit(result, 0);
    const large = await readPicture(at("out.png"));
    // Colours under transparent pixels count as they are.
    assertLattice(small, large, { scale: 2 });
    const alpha = Array.from({ length: 16 }, (_, x) => pixel(large, x, 7)[3]);
    // Away from the step it stays; left of it bicubic undershoots and is clipped.
    assert.deepEqual([0, 4, 6, 13, 15].map((x) => alpha[x]), [0, 0, 0, 200, 200]);
    assert.ok(alpha[7]! > 0 && alpha[7]! < 100 && alpha[8]! > 100 && alpha[8]! < 200, `${alpha}`);
    const jpeg = await nearest(["in.png", "--scale", "2", "-o", "out.jpg", "--quality", "80"]);
    assertExit(jpeg, 0);
    assertStderr(jpeg, ['warning: "in.png" has transparency, which JPEG cannot hold']);
  });
});

Deno.test("superres takes single pixels and long lines", async () => {
  await withSuperres(async ({ at, network, nearest }) => {
    await writePicture(at("one.png"), photo(1, 1));
    assertExit(await network(["one.png", "--scale", "8", "-o", "one8.png"]), 0);
    assertLattice(photo(1, 1), await readPicture(at("one8.png")), { scale: 8 });
    await writePicture(at("tall.png"), photo(1, 5000));
    assertExit(await network(["tall.png", "--scale", "2", "-o", "tall2.png"]), 0);
    assertLattice(photo(1, 5000), await readPicture(at("tall2.png")), { scale: 2 });
    await writePicture(at("wide.png"), photo(5000, 1));
    assertExit(await nearest(["wide.png", "--scale", "8", "-o", "wide8.png"]), 0);
    assertLattice(photo(5000, 1), await readPicture(at("wide8.png")), { scale: 8 });
  });
});

Deno.test("superres reads 16 bits with a warning, palettes and grey, and turned JPEGs", async () => {
  await withSuperres(async ({ at, nearest }) => {
    const save = (name: string, bytes: Uint8Array) => Deno.writeFile(at(name), bytes);
    const size = { width: 2, height: 1 };
    await save(
      "deep.png",
      rawPng({
        ...{ ...size, bitDepth: 16, colourType: 2 },
        data: Uint8Array.of(10, 1, 20, 2, 30, 3, 40, 4, 50, 5, 60, 6),
      }),
    );
    const deep = await nearest(["deep.png", "--scale", "2", "-o", "deep2.png"]);
    assertExit(deep, 0);
    assertStderr(deep, ['warning: "deep.png" has 16 bits per channel, the result has 8']);
    assert.deepEqual(pixel(await readPicture(at("deep2.png")), 3, 1), [40, 50, 60, 255]);

    await save(
      "palette.png",
      rawPng({
        ...{ ...size, bitDepth: 8, colourType: 3 },
        data: Uint8Array.of(1, 0),
        palette: Uint8Array.of(1, 2, 3, 200, 100, 50),
      }),
    );
    await save(
      "grey.png",
      rawPng({
        ...{ ...size, bitDepth: 8, colourType: 0 },
        data: Uint8Array.of(7, 99),
      }),
    );
    for (
      const [name, left, right] of [
        ["palette", [200, 100, 50, 255], [1, 2, 3, 255]],
        ["grey", [7, 7, 7, 255], [99, 99, 99, 255]],
      ] as const
    ) {
      const result = await nearest([`${name}.png`, "--scale", "2", "-o", `${name}2.png`]);
      assertExit(result, 0);
      assertStderr(result, []);
      const large = await readPicture(at(`${name}2.png`));
      assert.deepEqual([pixel(large, 1, 1), pixel(large, 2, 0)], [left, right]);
    }

    // Orientation 6: stored lying on its side, 12x8; upright it is 8x12.
    const jpeg = await writePicture(at("flat.jpg"), photo(12, 8));
    const exif = "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    const segment = Uint8Array.of(0xff, 0xe1, 0, exif.length + 2);
    const text = Uint8Array.from(exif, (letter) => letter.charCodeAt(0));
    await save(
      "turned.jpg",
      Uint8Array.of(...jpeg.subarray(0, 2), ...segment, ...text, ...jpeg.subarray(2)),
    );
    assertExit(await nearest(["turned.jpg", "--scale", "2", "-o", "turned.png"]), 0);
    const upright = await readPicture(at("turned.png"));
    assert.deepEqual([upright.width, upright.height], [16, 24]);
  });
});

Deno.test("superres writes the same bytes and lines with and without --workers", async () => {
  await withSuperres(async ({ at, nearest }) => {
    const names = ["a.png", "b.webp", "c.png", "d.png", "e.jpg"];
    for (const [index, name] of names.entries()) {
      await writePicture(at("in", name), photo(9 + index, 7, (x) => 255 - 9 * x), {
        keepAlpha: true,
      });
    }
    await Deno.writeTextFile(at("in/bad.png"), "<svg></svg>");
    const runs = [];
    for (const workers of ["0", "2"]) {
      const out = `out${workers}`;
      const args = ["in", "--scale", "2", "-o", out, "--json", "--workers", workers];
      const result = await nearest(args);
      assertExit(result, 1);
      const lines = jsonLines(result).map(({ elapsedMs: _, output, ...line }) => ({
        ...line,
        output: output?.replace(out, "out"),
      }));
      const files = await Promise.all(
        (await listResults(at(out))).map(async (
          name,
        ) => [name, await Deno.readFile(at(out, name))]),
      );
      runs.push({ lines, files, stderr: result.stderr });
    }
    const order = ["a.png", "b.webp", "bad.png", "c.png", "d.png", "e.jpg"];
    assert.deepEqual(runs[0]!.lines.map(({ input }) => input), order.map((name) => `in/${name}`));
    assert.equal(runs[0]!.files.length, 5);
    assert.deepEqual(runs[1], runs[0]);
  });
});
