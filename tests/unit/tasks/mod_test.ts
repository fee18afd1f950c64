import assert from "node:assert/strict";
import { catalog } from "../../../tasks/mod.ts";

Deno.test("the catalog has names that a command line can carry", () => {
  const { recipes, losses, freezes } = catalog;
  for (const name of [...recipes.keys(), ...losses.keys(), ...freezes.keys()]) {
    assert.match(name, /^[a-z]+(-[a-z]+)*$/);
  }
});

Deno.test("parts bear the names that they have in the catalog", () => {
  for (const [name, make] of catalog.freezes) assert.equal(make().name, name);
  for (const [name, make] of catalog.losses) assert.equal(make().name, name);
  for (const [name, make] of catalog.recipes) assert.equal(make().name, name);
});

Deno.test("the catalog makes a new part each time", () => {
  for (const make of [...catalog.losses.values(), ...catalog.freezes.values()]) {
    assert.notEqual(make(), make());
  }
});

Deno.test("recipes use only losses of the catalog", () => {
  for (const make of catalog.recipes.values()) {
    for (const { loss } of make().terms) assert.ok(catalog.losses.has(loss.name), loss.name);
  }
});

Deno.test("recipes whose names do not begin with the network's need no VGG-16", () => {
  const needy = [...catalog.recipes].filter(([, make]) =>
    make().terms.some(({ loss }) => loss.needsFeatures)
  );
  assert.deepEqual(needy.map(([name]) => name), [
    "pconv-initial",
    "pconv-finetune",
    "pconv-no-style",
    "pconv-small-style",
    "pconv-no-perceptual",
    "conv",
  ]);
});
