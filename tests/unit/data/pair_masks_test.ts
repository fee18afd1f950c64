import assert from "node:assert/strict";
import { isNamedMask, pairMasks, unnumberedStem } from "../../../src/data/pair_masks.ts";

function list(folder: string, ...names: string[]) {
  return names.map((relative) => ({ path: `${folder}/${relative}`, relative }));
}

function pairs(masks: readonly string[], images: readonly string[]) {
  const found = pairMasks(list("m", ...masks), list("i", ...images));
  return {
    of: masks.map((name) => found.imagesOf.get(`m/${name}`)!.map(({ relative }) => relative)),
    lonely: found.imagesWithoutMask.map(({ relative }) => relative),
  };
}

Deno.test("pairMasks() goes by relative path and stem", () => {
  assert.deepEqual(pairs(["a.png", "sub/b.png", "c.png"], ["a.jpg", "b.jpg", "sub/b.webp"]), {
    of: [["a.jpg"], ["sub/b.webp"], []],
    lonely: ["b.jpg"],
  });
});

Deno.test("pairMasks() takes several of LaMa's masks for one image, and an exact name first", () => {
  const masks = ["a_mask000.png", "a_mask001.png", "b_mask.png", "c_mask000.png"];
  assert.deepEqual(pairs(masks, ["a.jpg", "b.jpg", "c.jpg", "c_mask000.jpg"]), {
    of: [["a.jpg"], ["a.jpg"], ["b.jpg"], ["c_mask000.jpg"]],
    lonely: ["c.jpg"],
  });
});

Deno.test("pairMasks() gives all images whose names differ in the extension alone", () => {
  assert.deepEqual(pairs(["a.png"], ["a.jpg", "a.png"]), { of: [["a.jpg", "a.png"]], lonely: [] });
});

Deno.test("isNamedMask() knows LaMa's names", () => {
  const names = ["a_mask000.png", "sub/a_mask.png", "mask.png", "a_mask0.b.png", "masks/a.png"];
  assert.deepEqual(names.map(isNamedMask), [true, true, false, false, false]);
});

Deno.test("unnumberedStem() cuts LaMa's suffix off, and nothing else", () => {
  const stems = ["s/a_mask000", "a_mask", "a_mask_1", "a", "_mask"];
  assert.deepEqual(stems.map(unnumberedStem), ["s/a", "a", "a_mask_1", "a", ""]);
});
