import assert from "node:assert/strict";
import { assertExit, assertStderr } from "../support/run_cli.ts";
import { draw, maskPicture, photo, pixel, readPicture, writePicture } from "./pictures.ts";
import { listResults } from "./results.ts";
import { withSuperres } from "./superres_setting.ts";

Deno.test("superres fills boxes, colours and the masks of a list while it enlarges", async () => {
  await withSuperres(async ({ at, network }) => {
    const isHole = (x: number, y: number) => x < 5 && y < 5;
    const marked = draw(16, 12, (x, y) => isHole(x, y) ? [255, 0, 255, 255] : [60, 120, 70, 255]);
    await writePicture(at("a.png"), marked);
    await writePicture(at("m.png"), maskPicture(16, 12, isHole));
    await Deno.writeTextFile(at("list.tsv"), "a.png\tm.png\tlisted.png\n");
    const runs = [
      ["a.png", "--box", "0,0,4,4", "--mask-grow", "2", "-o", "out/box.png"],
      ["a.png", "--mask-color", "f0f", "-o", "out/color.png"],
      ["--pairs", "list.tsv", "-o", "out"],
    ];
    for (const run of runs) {
      const result = await network(["--scale", "2", ...run]);
      assertExit(result, 0);
      assertStderr(result, []);
    }
    assert.deepEqual(await listResults(at("out")), ["box.png", "color.png", "listed.png"]);
    for (const name of ["box", "color", "listed"]) {
      const large = await readPicture(at(`out/${name}.png`));
      assert.deepEqual([large.width, large.height], [32, 24]);
      for (let i = 0; i < 100; i++) {
        const [red, green, blue] = pixel(large, i % 10, Math.floor(i / 10));
        assert.ok(Math.min(red!, blue!) - green! < 100, `${name}: pixel ${i} is still magenta`);
      }
    }
  });
});

Deno.test("superres enlarges without a hole what has no mask, if it may", async () => {
  await withSuperres(async ({ at, network }) => {
    for (const name of ["a", "b"]) await writePicture(at(`in/${name}.png`), photo(16, 12));
    await writePicture(at("masks/a.png"), maskPicture(16, 12, (x) => x < 4));
    const flags = ["in", "--scale", "2", "-m", "masks", "-o", "out", "--missing-mask", "copy"];
    const result = await network(flags);
    assertExit(result, 0);
    assertStderr(result, []);
    assert.deepEqual(await listResults(at("out")), ["a.png", "b.png"]);
    assert.equal((await readPicture(at("out/b.png"))).width, 32);
  });
});
