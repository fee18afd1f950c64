import assert from "node:assert/strict";
import { decodeImage } from "../../src/data/decode_image.ts";
import { assertExit, assertStderr, jsonLines, startCli } from "../support/run_cli.ts";
import { listResults } from "./results.ts";
import { INPAINT_FLAGS, withInpaint } from "./inpaint_setting.ts";
import { maskPicture, middle, photo, writePicture } from "./pictures.ts";

const NAMES = ["a.png", "b.jpg", "c.webp", "d.png", "e.png", "f.jpg", "g.png"];

Deno.test("inpaint writes the same bytes and lines with and without --workers", async () => {
  await withInpaint(async ({ at, inpaint }) => {
    for (const [index, name] of NAMES.entries()) {
      await writePicture(at("in", name), photo(24 + 8 * index, 40, (x) => 255 - x), {
        keepAlpha: true,
      });
      const mask = maskPicture(24 + 8 * index, 40, middle(24 + 8 * index, 40));
      await writePicture(at("masks", name.replace(/\..*/, ".png")), mask);
    }
    // A picture that is none, and one that is; neither has a mask.
    await Deno.writeTextFile(at("in/bad.png"), "<svg></svg>");
    await Deno.remove(at("masks/e.png"));
    const args = ["in", "-m", "masks", "--side-by-side", "--json"];
    const runs = [];
    for (const workers of ["0", "2"]) {
      const result = await inpaint([...args, "-o", `out${workers}`, "--workers", workers]);
      assertExit(result, 1);
      assertStderr(result, [
        'error: Cannot inpaint "in/bad.png": "masks" holds no mask "bad" of any image format',
        'error: Cannot inpaint "in/e.png": "masks" holds no mask "e" of any image format',
      ]);
      const lines = jsonLines(result).map(({ elapsedMs: _, output, ...line }) => ({
        ...line,
        output: output?.replace(/^out\d/, "out"),
      }));
      const names = await listResults(at(`out${workers}`));
      const files = await Promise.all(
        names.map(async (name) => [name, await Deno.readFile(at(`out${workers}`, name))]),
      );
      runs.push({ lines, files });
    }
    // What has no mask is told before any work.
    const order = ["bad.png", "e.png", ...NAMES.filter((name) => name !== "e.png")];
    assert.deepEqual(runs[0]!.lines.map(({ input }) => input), order.map((name) => `in/${name}`));
    assert.equal(runs[0]!.files.length, 12);
    assert.deepEqual(runs[1], runs[0]);
  });
});

Deno.test("inpaint --workers goes on after a damaged picture in the middle, in order", async () => {
  await withInpaint(async ({ at, inpaint }) => {
    for (let i = 0; i < 9; i++) await writePicture(at(`in/${i}.png`), photo(24, 24));
    await writePicture(at("mask.png"), maskPicture(24, 24, middle(24, 24)));
    const good = await Deno.readFile(at("in/4.png"));
    await Deno.writeFile(at("in/4.png"), good.slice(0, good.length - 20));
    const result = await inpaint(["in", "-m", "mask.png", "-o", "out", "--json", "--workers", "2"]);
    assertExit(result, 1);
    const error = 'Cannot read image "in/4.png": file is cut short, its PNG end chunk is missing';
    assertStderr(result, [`error: ${error}`]);
    const lines = jsonLines(result);
    assert.deepEqual(
      lines.map(({ input, status }) => [input, status]),
      Array.from({ length: 9 }, (_, i) => [`in/${i}.png`, i === 4 ? "failed" : "filled"]),
    );
    assert.equal(lines[4].error, error);
    assert.equal((await listResults(at("out"))).length, 8);
  });
});

Deno.test("inpaint --workers at Ctrl-C leaves whole files, as many as it says, and ends with 130", async () => {
  await withInpaint(async ({ folder, at }) => {
    const count = 60;
    for (let i = 0; i < count; i++) await writePicture(at(`in/${i}.png`), photo(160, 120));
    await writePicture(at("mask.png"), maskPicture(160, 120, middle(160, 120)));
    const args = ["inpaint", ...INPAINT_FLAGS, "in", "-m", "mask.png", "-o", "out", "--json"];
    const child = startCli([...args, "--workers", "2"], { cwd: folder });
    const stderr = new Response(child.stderr).text();
    await child.stdin.close();
    const reader = child.stdout.getReader();
    await reader.read(); // the first line says that the work has begun
    child.kill("SIGINT");
    while (!(await reader.read()).done);
    const { code } = await child.status;
    assert.equal(code, 130, await stderr);
    const written = await listResults(at("out"));
    const [, done] = /\ninterrupted: (\d+) of 60 images done\n$/.exec(await stderr) ?? [];
    assert.equal(written.length, Number(done), await stderr);
    assert.ok(written.length < count, `${written.length} files`);
    for (const name of written) {
      assert.match(name, /^\d+\.png$/);
      const { width } = await decodeImage(await Deno.readFile(at("out", name)), { name });
      assert.equal(width, 160);
    }
  });
});
