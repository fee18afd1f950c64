import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { decodeImage } from "../../src/data/decode_image.ts";
import { writeTinyWeights } from "../support/tiny_weights.ts";
import { withTempDir } from "../support/temp_dir.ts";
import { maskPicture, middle, photo, writePicture } from "./pictures.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Runs Deno itself; both streams in one text, without colours. */
async function deno(args: readonly string[], cwd: string): Promise<{ code: number; text: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd,
    // No adapter is looked for, so Mesa's crash at the end cannot happen; see tests/README.md.
    env: { NO_COLOR: "1", DENO_WEBGPU_BACKEND: Deno.build.os === "windows" ? "vulkan" : "dx12" },
  }).output();
  const text = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("");
  return { code, text };
}

/** Runs an example. */
async function runExample(name: string, words: readonly string[], cwd: string): Promise<string> {
  const path = join(ROOT, "examples/library", `${name}.ts`);
  const config = join(ROOT, "deno.json");
  const { code, text } = await deno(["run", "-A", "--config", config, path, ...words], cwd);
  assert.equal(code, 0, text);
  return text;
}

Deno.test("everything public has a docstring, and no public signature names a private type", async () => {
  // Types of npm packages are documented by their own projects: --no-npm leaves them out.
  const words = ["doc", "--lint", "--no-npm", "src/mod.ts", "tasks/mod.ts"];
  const { code, text } = await deno(words, ROOT);
  assert.equal(code, 0, text);
});

Deno.test("the example at the top of the library runs as it stands", async () => {
  await withTempDir(async (folder) => {
    const picture = photo(40, 32);
    const png = await writePicture(join(folder, "photo.jpg"), picture);
    await writePicture(join(folder, "mask.png"), maskPicture(40, 32, middle(40, 32)));
    const config = join(ROOT, "deno.json");
    const words = ["test", "-A", "--doc", "--config", config, join(ROOT, "src/mod.ts")];
    const { code, text } = await deno(words, folder);
    assert.equal(code, 0, text);
    assert.match(text, /ok \| 1 passed/);
    await assertFilled(png, join(folder, "filled.png"));
  });
});

Deno.test("the examples pass the type checker", async () => {
  const { code, text } = await deno(["check", "examples/library"], ROOT);
  assert.equal(code, 0, text);
});

Deno.test("examples/library/fill_picture.ts fills a picture", async () => {
  await withTempDir(async (folder) => {
    await writeTinyWeights(folder);
    const png = await writePicture(join(folder, "a.png"), photo(40, 32));
    await writePicture(join(folder, "mask.png"), maskPicture(40, 32, middle(40, 32)));
    await runExample("fill_picture", ["a.png", "mask.png", "b.png", "tiny.safetensors"], folder);
    await assertFilled(png, join(folder, "b.png"));
  });
});

Deno.test("examples/library/train_network.ts trains", async () => {
  await withTempDir(async (folder) => {
    for (const name of ["a.png", "b.png"]) {
      await writePicture(join(folder, "in", name), photo(64, 64));
    }
    const text = await runExample("train_network", ["in", "20"], folder);
    const losses = [...text.matchAll(/step (\d+): loss (\S+)/g)].map(([, , loss]) => Number(loss));
    assert.equal(losses.length, 2, text);
    assert.ok(losses[1]! < losses[0]!, text);
  });
});

Deno.test("examples/library/score_methods.ts scores two methods on each mask", async () => {
  await withTempDir(async (folder) => {
    await writePicture(join(folder, "a.png"), photo(64, 48));
    const text = await runExample("score_methods", ["a.png", "2"], folder);
    const lines = text.split("\n").filter((line) => line.startsWith("mask "));
    const names = lines.map((line) => line.split("  ").slice(0, 2).join(" "));
    assert.deepEqual(names, ["mask 1 pyramid", "mask 1 telea", "mask 2 pyramid", "mask 2 telea"]);
    for (const line of lines) assert.match(line, /hole \d+\.\d\d dB {2}SSIM 0\.\d{4}$/);
  });
});

/** The border is known, and must be as it was; the middle is not black. */
async function assertFilled(before: Uint8Array, path: string): Promise<void> {
  const [from, to] = [
    await decodeImage(before, { name: "before" }),
    await decodeImage(await Deno.readFile(path), { name: path }),
  ];
  assert.deepEqual([to.width, to.height, to.format], [from.width, from.height, "png"]);
  assert.deepEqual(to.rgba.subarray(0, 4 * from.width), from.rgba.subarray(0, 4 * from.width));
  const centre = 4 * (from.width * (from.height >> 1) + (from.width >> 1));
  assert.ok(to.rgba.subarray(centre, centre + 3).some((value) => value > 0));
}
