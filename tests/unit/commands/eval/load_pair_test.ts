import assert from "node:assert/strict";
import { growHoles, loadPair } from "../../../../src/commands/eval/load_pair.ts";
import type { PlannedPair } from "../../../../src/commands/eval/plan_pairs.ts";
import { maskClasses } from "../../../../src/commands/masks/mask_classes.ts";
import { holeBin } from "../../../../src/metrics/hole_bin.ts";
import { draw, maskPicture, photo, writePicture } from "../../../cli/pictures.ts";
import { withTempDir } from "../../../support/temp_dir.ts";

/** A pair of files of a folder. */
function pairOf(folder: string, image: string, mask: PlannedPair["mask"] | string): PlannedPair {
  return {
    index: 0,
    stem: "00000",
    aliases: [],
    image: { path: `${folder}/${image}`, relative: image },
    mask: typeof mask === "string" ? { path: `${folder}/${mask}`, relative: mask } : mask,
  };
}

const native = { size: "native", isBlackHole: false } as const;

Deno.test("loadPair() leaves images as they are at their native size, and fits the mask", async () => {
  await withTempDir(async (folder) => {
    const picture = photo(20, 16);
    await writePicture(`${folder}/a.png`, picture);
    await writePicture(`${folder}/half.png`, maskPicture(10, 8, (x) => x < 5));
    const pair = await loadPair(pairOf(folder, "a.png", "half.png"), native);
    assert.deepEqual([pair.width, pair.height], [20, 16]);
    pair.truth.forEach((value, i) => {
      assert.equal(value, picture.rgba[Math.floor(i / 3) * 4 + i % 3]);
    });
    pair.holeMask.forEach((hole, i) => assert.equal(hole, i % 20 < 10 ? 1 : 0));
    assert.deepEqual(pair.remarks, ["mask resized"]);
  });
});

Deno.test("loadPair() cuts image and mask to their centred squares", async () => {
  await withTempDir(async (folder) => {
    // Green stands in the middle square alone, and so does the hole.
    const inMiddle = (x: number) => x >= 10 && x < 30;
    await writePicture(
      `${folder}/a.png`,
      draw(40, 20, (x) => inMiddle(x) ? [0, 255, 0, 255] : [255, 0, 0, 255]),
    );
    await writePicture(`${folder}/m.png`, maskPicture(40, 20, inMiddle));
    const pair = await loadPair(pairOf(folder, "a.png", "m.png"), { size: 10, isBlackHole: false });
    assert.deepEqual([pair.width, pair.height], [10, 10]);
    pair.truth.forEach((value, i) => assert.equal(value, i % 3 === 1 ? 255 : 0));
    assert.ok(pair.holeMask.every((hole) => hole === 1));
    assert.deepEqual(pair.remarks, []);
    const turned = await loadPair(pairOf(folder, "a.png", "m.png"), {
      size: 40,
      isBlackHole: true,
    });
    assert.ok(turned.holeMask.every((hole) => hole === 0));
    assert.deepEqual(turned.remarks, ["image enlarged"]);
  });
});

Deno.test("loadPair() remarks grey images and soft masks, and refuses transparency", async () => {
  await withTempDir(async (folder) => {
    await writePicture(`${folder}/grey.png`, draw(20, 20, (x) => [x, x, x, 255]));
    await writePicture(`${folder}/soft.png`, draw(20, 20, (x) => [9 * x, 9 * x, 9 * x, 255]));
    const pair = await loadPair(pairOf(folder, "grey.png", "soft.png"), native);
    assert.deepEqual(pair.remarks, ["grey image", "soft mask"]);
    const clear = draw(20, 20, (x) => [x, 0, 0, x === 3 ? 254 : 255]);
    await writePicture(`${folder}/clear.png`, clear, { keepAlpha: true });
    await assert.rejects(loadPair(pairOf(folder, "clear.png", "soft.png"), native), {
      name: "InputError",
      message:
        `Cannot evaluate image "${folder}/clear.png": it has transparent pixels, must be opaque`,
    });
    // An alpha channel that hides nothing is no harm.
    const opaque = draw(20, 20, (x) => [x, 0, 0, 255]);
    await writePicture(`${folder}/opaque.png`, opaque, { keepAlpha: true });
    await loadPair(pairOf(folder, "opaque.png", "soft.png"), native);
  });
});

Deno.test("loadPair() generates masks of their class at the size of the image", async () => {
  await withTempDir(async (folder) => {
    await writePicture(`${folder}/a.png`, photo(128, 96));
    const classes = maskClasses({ bins: true, border: "both", ratio: [0, 1] });
    for (const [index, maskClass] of classes.slice(0, 4).entries()) {
      const mask = { name: "generated", seed: 3, index, maskClass };
      const { holeMask, width, height } = await loadPair(pairOf(folder, "a.png", mask), native);
      const { bin, border } = holeBin(holeMask, { width, height });
      assert.deepEqual([bin, border], [maskClass.bin, maskClass.border === "free" ? "N" : "B"]);
    }
  });
});

Deno.test("loadPair() says of a picture that it is too small for masks of a class", async () => {
  await withTempDir(async (folder) => {
    await writePicture(`${folder}/a.png`, photo(200, 2));
    const maskClass = maskClasses({ bins: true, border: "both", ratio: [0, 1] })[0]!;
    const mask = { name: "generated 1.0", seed: 1, index: 0, maskClass };
    await assert.rejects(loadPair(pairOf(folder, "a.png", mask), native), {
      name: "InputError",
      message: /^Cannot make mask "generated 1\.0" of 200x2: margin is 1, must leave room/,
    });
  });
});

Deno.test("growHoles() grows by half a kernel at 512, in proportion elsewhere", () => {
  const holes = (width: number, kernel: number) => {
    const holeMask = new Uint8Array(width * width);
    holeMask[width / 2 * width + width / 2] = 1;
    return growHoles({ width, height: width, holeMask }, kernel).reduce((sum, v) => sum + v, 0);
  };
  assert.deepEqual([0, 1, 5, 15].map((kernel) => holes(512, kernel)), [1, 1, 25, 225]);
  // At 256 a kernel of 5 reaches 1 pixel far, one of 15 by 3.5, rounded up.
  assert.deepEqual([5, 15].map((kernel) => holes(256, kernel)), [9, 81]);
});
