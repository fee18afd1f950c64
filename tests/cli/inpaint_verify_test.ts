/**
 * `inpaint --verify`: what it proves, and what it does not let pass.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { decodeImage } from "../../src/data/decode_image.ts";
import { encodeImage, type OutputFormat } from "../../src/data/encode_image.ts";
import type { PictureMetadata } from "../../src/data/metadata/picture_metadata.ts";
import { assertExit, assertStderr, type CliResult, jsonLines, runCli } from "../support/run_cli.ts";
import { withTempDir } from "../support/temp_dir.ts";
import { maskPicture, photo, writePicture } from "./pictures.ts";
import { listResults } from "./results.ts";

/** Stored; by orientation 6 it is shown 32 wide and 48 high. */
const [WIDTH, HEIGHT] = [48, 32];

/** No more of a profile than tells that it is one. */
const icc = new Uint8Array(140);
icc.set([0, 0, 0, 140]);
icc.set(new TextEncoder().encode("RGB "), 16);
icc.set(new TextEncoder().encode("acsp"), 36);

/** Big-endian, the maker "Abc" and an orientation. */
const exif = (orientation: number) =>
  Uint8Array.of(
    ...[0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 2],
    ...[0x01, 0x0f, 0, 2, 0, 0, 0, 4, 0x41, 0x62, 0x63, 0],
    ...[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0],
    ...[0, 0, 0, 0],
  );
const metadata: PictureMetadata = { exif: exif(1), icc, dpi: { x: 300, y: 300 } };

/** A rectangle of 8x8 = 64 pixels. */
const isHole = (x: number, y: number) => x >= 10 && x < 18 && y >= 10 && y < 18;
const KNOWN = WIDTH * HEIGHT - 64;

interface Setting {
  at(...parts: string[]): string;
  /** Fills by the mean colour, which needs no device, and verifies. */
  verify(...args: string[]): Promise<CliResult>;
}

async function withFolder(body: (setting: Setting) => Promise<void>): Promise<void> {
  await withTempDir(async (folder) => {
    const at = (...parts: string[]) => join(folder, ...parts);
    await Deno.mkdir(at("in"));
    await writePicture(at("mask.png"), maskPicture(WIDTH, HEIGHT, isHole));
    await body({
      at,
      verify: (...args) =>
        runCli(["inpaint", "--method", "mean", "-q", "--verify", "--json", ...args], {
          cwd: folder,
        }),
    });
  });
}

const whole = photo(WIDTH, HEIGHT, (x, y) => 255 - ((x * y) & 63));
const rgba16 = Uint16Array.from(whole.rgba, (value, i) => value * 257 ^ (i & 255));

async function writeKinds(at: Setting["at"]): Promise<void> {
  const kinds: [string, OutputFormat, boolean][] = [
    ...[["8.png", "png", false], ["16.png", "png", true], ["8.tif", "tiff", false]] as const,
    ...[["16.tif", "tiff", true], ["8.webp", "webp", false]] as const,
  ].map(([name, format, isDeep]) => [name, format, isDeep]);
  for (const [name, format, isDeep] of kinds) {
    const picture = isDeep ? { ...whole, rgba16 } : whole;
    // WebP holds no density but in Exif.
    const own = format === "webp" ? { exif: exif(1), icc } : metadata;
    const options = { format, keepAlpha: true, metadata: own };
    await Deno.writeFile(at("in", name), await encodeImage(picture, options));
  }
}

Deno.test("inpaint --verify proves PNG, TIFF and WebP, of 8 bits and of 16, and says so", () =>
  withFolder(async ({ at, verify }) => {
    await writeKinds(at);
    const result = await verify("in", "-m", "mask.png", "-o", "out");
    assertExit(result, 0);
    assertStderr(result, []);
    const rows = jsonLines(result);
    assert.deepEqual(rows.map(({ input }) => input), [
      ...["in/16.png", "in/16.tif", "in/8.png", "in/8.tif", "in/8.webp"],
    ]);
    for (const { input, verified } of rows) {
      const proof = `verified: ${
        KNOWN.toLocaleString("en")
      } known pixels identical, alpha and metadata too`;
      assert.equal(verified, proof, input);
    }
    // What it says is so: looked at by another way.
    for (const { input, output } of rows) {
      const [before, after] = await Promise.all(
        [input, output].map(async (name) =>
          await decodeImage(await Deno.readFile(at(name)), { name })
        ),
      );
      assert.equal(after!.bitDepth, before!.bitDepth);
      const samples = [before, after].map((image) => image!.rgba16 ?? image!.rgba);
      let changed = 0;
      for (let i = 0; i < WIDTH * HEIGHT; i++) {
        const [x, y] = [i % WIDTH, Math.floor(i / WIDTH)];
        const isSame = [0, 1, 2, 3].every((c) => samples[0]![4 * i + c] === samples[1]![4 * i + c]);
        if (isHole(x, y)) changed += isSame ? 0 : 1;
        else assert.ok(isSame, `${output} (${x}, ${y})`);
      }
      assert.ok(changed > 32, `${output}: ${changed} of 64 pixels were filled`);
      assert.deepEqual(after!.metadata.icc, icc);
    }
    // A second run knows what was proven.
    const again = jsonLines(await verify("in", "-m", "mask.png", "-o", "out"));
    assert.ok(
      again.every(({ status, verified }) =>
        status === "done before" && verified.startsWith("verified: ")
      ),
    );
  }));

Deno.test("inpaint --verify proves a turned JPEG of 4:2:0 by its blocks", () =>
  withFolder(async ({ at, verify }) => {
    const bytes = await encodeImage(whole, {
      ...{ format: "jpeg", keepAlpha: false, quality: 80, subsampling: "4:2:0" },
      metadata: { ...metadata, exif: exif(6) },
    });
    await Deno.writeFile(at("in/a.jpg"), bytes);
    await writePicture(at("turned.png"), maskPicture(HEIGHT, WIDTH, isHole));
    const result = await verify("in/a.jpg", "-m", "turned.png", "-o", "out.jpg");
    assertExit(result, 0);
    assertStderr(result, []);
    const [{ verified, width, height }] = jsonLines(result);
    assert.deepEqual([width, height], [HEIGHT, WIDTH]);
    // 6 of luma beside 4 of colour in 48x32: 6x4 blocks and 3x2 of each colour, 36 in all.
    const blocks = /^verified: (\d+) of 36 blocks identical.*, alpha and metadata too$/.exec(
      verified,
    );
    assert.ok(blocks !== null && Number(blocks[1]) >= 18 && Number(blocks[1]) < 36, verified);
    const after = await decodeImage(await Deno.readFile(at("out.jpg")), { name: "out.jpg" });
    assert.deepEqual([after.width, after.height], [HEIGHT, WIDTH]);
    assert.deepEqual(after.metadata.icc, icc);
  }));

Deno.test("inpaint --verify keeps no file that differs, and ends with 1", () =>
  withFolder(async ({ at, verify }) => {
    await writeKinds(at);
    const jpeg = await encodeImage(whole, { format: "jpeg", keepAlpha: false, metadata });
    await Deno.writeFile(at("in/a.jpg"), jpeg);
    const cases: [string, string[]][] = [
      ["out.jpg", ["in/8.png", "-o", "out.jpg"]],
      ["jpeg/16.jpg", ["in/16.png", "-o", "jpeg/", "--format", "jpeg"]],
      ["again.jpg", ["in/a.jpg", "-o", "again.jpg", "--quality", "60"]],
      ["lossy.webp", ["in/8.webp", "-o", "lossy.webp", "--quality", "60"]],
      ["eight.webp", ["in/16.png", "-o", "eight.webp"]],
    ];
    const before = new Set(await listResults(at(".")));
    for (const [output, args] of cases) {
      const result = await verify(...args, "-m", "mask.png");
      assertExit(result, 1);
      const errors = result.stderr.split("\n").filter((line) => line.startsWith("error: "));
      assert.equal(errors.length, 1, result.story);
      assert.ok(
        errors[0]!.startsWith(`error: Cannot verify "${output}": differs: `),
        `${output}: ${errors[0]}`,
      );
      assert.equal(jsonLines(result)[0].status, "failed");
    }
    const left = (await listResults(at("."))).filter((name) =>
      !before.has(name) && !name.includes(".pconv/")
    );
    assert.deepEqual(left, []);
  }));

Deno.test("inpaint --verify knows holes by alpha, and pictures without one", () =>
  withFolder(async ({ at, verify }) => {
    const cutout = photo(WIDTH, HEIGHT, (x, y) => isHole(x, y) ? 0 : 255);
    await writePicture(at("in/cutout.png"), cutout, { keepAlpha: true });
    const alpha = await verify("in/cutout.png", "-m", "alpha", "-o", "alpha.png");
    assertExit(alpha, 0);
    assert.match(jsonLines(alpha)[0].verified, /^verified: 1,472 known pixels identical, alpha/);

    await writePicture(at("none.png"), maskPicture(WIDTH, HEIGHT, () => false));
    const jpeg = await encodeImage(whole, { format: "jpeg", keepAlpha: false, metadata });
    await Deno.writeFile(at("in/a.jpg"), jpeg);
    const none = await verify("in", "-m", "none.png", "-o", "out");
    assertExit(none, 0);
    for (const { status, verified } of jsonLines(none)) {
      assert.equal(status, "unchanged");
      assert.match(verified, /^verified: /);
    }
    // Byte for byte.
    assert.deepEqual(await Deno.readFile(at("out/a.jpg")), jpeg);
  }));
