import assert from "node:assert/strict";
import { makeScene, readPhotograph } from "../../../../../src/commands/eval/superres/load_scene.ts";
import { draw, photo, writePicture } from "../../../../cli/pictures.ts";
import { withTempDir } from "../../../../support/temp_dir.ts";

const GREY =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGOIAgAAXABb2LRWWgAAAABJRU5ErkJggg==";

const listed = (path: string) => ({ path, relative: "p.png" });

Deno.test("readPhotograph() gives colours, and tells grey files from grey colours", async () => {
  await withTempDir(async (folder) => {
    const path = `${folder}/p.png`;
    await writePicture(path, draw(9, 7, (x) => [x, x, x, 255]));
    const { width, height, rgb255, isGrey } = await readPhotograph(listed(path));
    assert.deepEqual([width, height, rgb255[3], isGrey], [9, 7, 1, false]);
    // 1x1, grey level 90, by Debian's Pillow.
    await Deno.writeFile(path, Uint8Array.fromBase64(GREY));
    assert.equal((await readPhotograph(listed(path))).isGrey, true);
  });
});

Deno.test("readPhotograph() refuses transparent pixels, and takes an alpha channel that is opaque", async () => {
  await withTempDir(async (folder) => {
    const path = `${folder}/p.png`;
    await writePicture(path, photo(9, 7), { keepAlpha: true });
    assert.equal((await readPhotograph(listed(path))).width, 9);
    await writePicture(path, photo(9, 7, (x) => x === 3 ? 254 : 255), { keepAlpha: true });
    await assert.rejects(readPhotograph(listed(path)), {
      name: "InputError",
      message: `Cannot evaluate image "${path}": it has transparent pixels, must be opaque`,
    });
  });
});

Deno.test("makeScene() refuses pictures of which nothing would be left without the rim", () => {
  const of = (side: number) => ({
    ...{ image: listed("p.png"), isGrey: false, width: side, height: 20 },
    rgb255: new Uint8Array(side * 20 * 3),
  });
  assert.throws(() => makeScene(of(11), 4), {
    name: "InputError",
    message: 'Cannot evaluate image "p.png" at x4: it is 11x20, must be at least 12x12',
  });
  const { truth, small } = makeScene(of(14), 4);
  assert.deepEqual([truth.width, truth.height, small.width, small.height], [12, 20, 3, 5]);
});
