import assert from "node:assert/strict";
import { crc32 } from "node:zlib";
import { assertExit, assertStderr, jsonLines, listFiles } from "../support/run_cli.ts";
import { listResults } from "./results.ts";
import { TINY_CONFIG, tinyWeights } from "../support/tiny_weights.ts";
import { decodeSafetensors, encodeSafetensors } from "../../src/checkpoint/safetensors.ts";
import { formatUNetConfig } from "../../src/model/unet_config.ts";
import { findAdapter } from "../../src/backend/find_adapter.ts";
import { runCli } from "../support/run_cli.ts";
import { withInpaint } from "./inpaint_setting.ts";
import { maskPicture, middle, photo, writePicture } from "./pictures.ts";

/** A PNG whose header promises a size that its data does not have. */
function pngWithSize(png: Uint8Array, width: number, height: number): Uint8Array {
  const bytes = Uint8Array.from(png);
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  view.setUint32(29, crc32(bytes.subarray(12, 29)));
  return bytes;
}

Deno.test("inpaint names each unreadable picture in one line and fills the others", async () => {
  await withInpaint(async ({ at, inpaint }) => {
    const good = await writePicture(at("in/good.png"), photo(24, 24));
    const jpeg = await writePicture(at("in/renamed.png"), photo(24, 24), { format: "jpeg" });
    await writePicture(at("mask.png"), maskPicture(24, 24, middle(24, 24)));
    const flipped = Uint8Array.from(good);
    flipped[60]! ^= 0xff;
    const files: readonly (readonly [string, Uint8Array])[] = [
      ["bomb.png", pngWithSize(good, 60_000, 60_000)],
      ["cut.jpg", jpeg.slice(0, 400)],
      ["cut.png", good.slice(0, good.length - 20)],
      ["empty.png", new Uint8Array()],
      ["flipped.png", flipped],
      ["text.webp", new TextEncoder().encode("This is no picture\n")],
      ["wide.png", pngWithSize(good, 23, 24)],
    ];
    for (const [name, bytes] of files) await Deno.writeFile(at("in", name), bytes);
    await Deno.symlink(at("nowhere.png"), at("in/dangling.png"));

    const result = await inpaint(["in", "-m", "mask.png", "-o", "out", "--json"]);
    assertExit(result, 1);
    assertStderr(result, [
      'error: Cannot read "in/dangling.png": it does not exist',
      'warning: 2 of 7 images differ in size from their masks: "in/bomb.png", "in/wide.png"',
      'error: Cannot read image "in/bomb.png": 60000x60000 is 3600000000 pixels, ' +
      "must be at most 178000000",
      'error: Cannot read image "in/cut.jpg": file is cut short, its JPEG end marker is missing',
      'error: Cannot read image "in/cut.png": file is cut short, its PNG end chunk is missing',
      'error: Cannot read image "in/empty.png": file is empty, must be PNG, JPEG, WebP, GIF, TIFF, AVIF or BMP',
      'error: Cannot read image "in/flipped.png": file is damaged, PNG chunk "IDAT" at byte 33 ' +
      "fails its checksum",
      'error: Cannot read image "in/text.webp": file looks like text, must be PNG, JPEG, WebP, GIF, TIFF, AVIF or BMP',
      'error: Cannot read image "in/wide.png": its PNG data is damaged or cut short',
    ]);
    assert.deepEqual(await listResults(at("out")), ["good.png", "renamed.jpg"]);
    const lines = jsonLines(result);
    assert.deepEqual(
      lines.filter(({ status }) => status === "failed").map(({ input }) => input),
      // The dangling link is told before the work, and is no input.
      [undefined, ...files.map(([name]) => `in/${name}`)],
    );
    assert.match(lines[1].error, /^Cannot read image "in\/bomb\.png"/);
  });
});

Deno.test("inpaint says which mask cannot be read", async () => {
  await withInpaint(async ({ at, inpaint }) => {
    await writePicture(at("in.png"), photo(24, 24));
    await Deno.writeTextFile(at("mask.png"), "<svg></svg>");
    const damaged = await inpaint(["in.png", "-m", "mask.png", "-o", "out.png"]);
    assertExit(damaged, 1);
    assertStderr(damaged, [
      'error: Cannot read image "mask.png": file looks like SVG, must be PNG, JPEG, WebP, GIF, TIFF, AVIF or BMP',
    ]);
    const gone = await inpaint(["in.png", "-m", "gone.png", "-o", "out.png"]);
    assertExit(gone, 1);
    assertStderr(gone, ['error: Cannot read mask "gone.png": it does not exist']);
    const odd = await inpaint(["in.png/x.png", "-m", "in.png", "-o", "out.png"]);
    assertExit(odd, 1);
    assertStderr(odd, ['error: Cannot read input "in.png/x.png": not a directory']);
    assert.deepEqual(await listFiles(at(".")), ["in.png", "mask.png", "tiny.safetensors"]);
  });
});

Deno.test("inpaint says if the result cannot be written", async () => {
  await withInpaint(async ({ at, inpaint }) => {
    await writePicture(at("in.png"), photo(24, 24));
    await writePicture(at("mask.png"), maskPicture(24, 24, middle(24, 24)));
    await Deno.writeTextFile(at("file"), "");
    const result = await inpaint(["in.png", "-m", "mask.png", "-o", "file/out.png"]);
    assertExit(result, 1);
    assert.match(result.stderr, /^error: Cannot write "file\/out\.png": [a-z ]+\n$/, result.story);
  });
});

Deno.test("inpaint returns 3 and names the weights that cannot be used", async () => {
  await withInpaint(async ({ folder, at }) => {
    await writePicture(at("in.png"), photo(24, 24));
    await writePicture(at("mask.png"), maskPicture(24, 24, middle(24, 24)));
    const weights = await tinyWeights();
    const { tensors, metadata } = decodeSafetensors(weights, { name: "tiny" });
    await Deno.writeFile(at("cut.safetensors"), weights.slice(0, weights.length - 100));
    await Deno.writeTextFile(
      at("text.safetensors"),
      "version https://git-lfs.github.com/spec/v1\n",
    );
    const save = (name: string, changed: Record<string, string>) =>
      Deno.writeFile(at(name), encodeSafetensors(tensors, { ...metadata, ...changed }));
    await save("foreign.safetensors", { format: "pt" });
    await save("checkpoint.safetensors", { format: "pconv-checkpoint-1" });
    await save("other.safetensors", {
      network: formatUNetConfig({ ...TINY_CONFIG, encoder: TINY_CONFIG.encoder.slice(0, 1) }),
    });
    await save("broken.safetensors", { network: '{"encoder":[]}' });

    const cases: readonly (readonly [string, RegExp])[] = [
      [
        "gone.safetensors",
        /^error: Cannot find weights "gone\.safetensors": there is no such file\n/,
      ],
      ["cut.safetensors", /^error: Cannot read weights "cut\.safetensors": .*\d+ bytes/],
      ["text.safetensors", /^error: Cannot read weights "text\.safetensors": /],
      [
        "foreign.safetensors",
        /format is "pt", must be "pconv-weights-1"\nhint: Only weights written by pconv train /,
      ],
      ["checkpoint.safetensors", /\nhint: This is a training checkpoint; /],
      [
        "other.safetensors",
        /^error: Cannot use weights "other\.safetensors": of \d+ tensors, \d+ /,
      ],
      ["broken.safetensors", /"broken\.safetensors": encoder must be a list of levels; base is /],
    ];
    for (const [name, message] of cases) {
      const args = ["inpaint", "-q", "--device", "cpu", "-w", name, "in.png", "-m", "mask.png"];
      const result = await runCli([...args, "-o", "out.png"], { cwd: folder });
      assertExit(result, 3);
      assert.match(result.stderr, message, result.story);
      assert.match(result.stderr, /^error: [^\n]+\n(hint: [^\n]+\n)?$/, result.story);
    }
    assert.ok(!(await listFiles(folder)).includes("out.png"));
  });
});

const hasAdapter = await findAdapter() !== undefined;

Deno.test({
  name: "inpaint --device gpu returns 3 on a machine without adapter" +
    (hasAdapter ? " (ignored: this machine has one)" : ""),
  ignore: hasAdapter,
  fn: async () => {
    await withInpaint(async ({ folder, at }) => {
      await writePicture(at("in.png"), photo(24, 24));
      await writePicture(at("mask.png"), maskPicture(24, 24, middle(24, 24)));
      const args = ["inpaint", "in.png", "-m", "mask.png", "-o", "out.png", "--device", "gpu"];
      const result = await runCli([...args, "-w", "tiny.safetensors"], { cwd: folder });
      assertExit(result, 3);
      assert.match(
        result.stderr,
        /^error: Cannot open a GPU: this machine offers no WebGPU adapter\nhint: .*--device cpu\n$/,
      );
    });
  },
});
