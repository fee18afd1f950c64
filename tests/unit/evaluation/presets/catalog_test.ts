import assert from "node:assert/strict";
import { PRESETS } from "../../../../src/evaluation/presets/catalog.ts";
import { presetCases } from "./preset_oracle.ts";

Deno.test("the catalog has the four presets under their own names", () => {
  assert.deepEqual([...PRESETS.keys()], ["lama", "edgeconnect", "mmagic", "torchmetrics"]);
  for (const [name, preset] of PRESETS) assert.equal(preset.name, name);
});

Deno.test("every preset gives a value for every score, and for no unknown one", () => {
  const { input } = presetCases()[0]!;
  for (const preset of PRESETS.values()) {
    const measured = preset.measure(input);
    const pooled = preset.pool?.([measured]) ?? {};
    for (const { name, how } of preset.scores) {
      const value = (how === "pooled" ? pooled : measured)[name];
      assert.equal(typeof value, "number", `${preset.name}: ${name}`);
    }
    assert.equal(
      Object.keys(pooled).length,
      preset.scores.filter(({ how }) => how === "pooled").length,
      preset.name,
    );
  }
});

Deno.test("every definition names its source with a version or commit, and ends its sentences", () => {
  for (const { name, definition } of PRESETS.values()) {
    assert.match(definition[0]!, /commit [0-9a-f]{7}|\d+\.\d+\.\d+/, name);
    for (const sentence of definition) assert.match(sentence, /^\S.*\.$/, name);
  }
});
