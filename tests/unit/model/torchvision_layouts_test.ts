import assert from "node:assert/strict";
import {
  ALEXNET,
  CHAIN_LAYOUTS,
  sizeAfter,
  smallestTapped,
  VGG16,
} from "../../../src/model/torchvision_layouts.ts";

Deno.test("sizeAfter() drops what is over, as PyTorch does", () => {
  const [first, pool] = ALEXNET.steps;
  // (224 + 4 - 11) / 4 = 54.25; (55 - 3) / 2 = 26; (4 - 3) / 2 = 0.5
  assert.equal(sizeAfter(first!, 224), 55);
  assert.equal(sizeAfter(pool!, 55), 27);
  assert.equal(sizeAfter(pool!, 4), 1);
  assert.equal(sizeAfter(pool!, 2), 0);
});

Deno.test("every layout ends in the grid that its linear layers are made for", () => {
  for (const { steps, inputSize, grid, name } of CHAIN_LAYOUTS) {
    assert.equal(steps.reduce((size, step) => sizeAfter(step, size), inputSize), grid, name);
  }
});

Deno.test("taps are places of convolutions, five of them, the last one the last", () => {
  for (const { steps, taps } of CHAIN_LAYOUTS) {
    const places = steps.flatMap((step) => step.kind === "conv" ? [step.place] : []);
    assert.ok(taps.every((place) => places.includes(place)));
    assert.equal(taps.length, 5);
    assert.equal(taps.at(-1), places.at(-1));
  }
});

Deno.test("smallestTapped() is the least side that leaves something at the last tap", () => {
  // AlexNet: 3 before the second pool, so 7 before the first, so 11 + 6·4 - 4 = 31.
  assert.equal(smallestTapped(ALEXNET), 31);
  // VGG-16: four halvings.
  assert.equal(smallestTapped(VGG16), 16);
});
