import assert from "node:assert/strict";
import {
  bestWords,
  networkWords,
  runWords,
} from "../../../../src/commands/weights/weights_words.ts";
import { formatUNetConfig, PRESETS, type UNetConfig } from "../../../../src/model/unet_config.ts";

Deno.test("networkWords() tells levels, channels, base, normalisation and convolution", () => {
  assert.equal(
    networkWords(formatUNetConfig(PRESETS.lite)),
    "6 levels, 16 to 128 channels, base pyramid, no batch norm, partial convolutions",
  );
  const typical = { convolution: "typical", holeValue: "grey" } as const;
  const one = { ...PRESETS.tiny, ...typical, encoder: PRESETS.tiny.encoder.slice(0, 1) };
  assert.equal(
    networkWords(formatUNetConfig(one)),
    "1 level, 4 channels, base none, batch norm, typical convolutions (hole value grey)",
  );
});

Deno.test("networkWords() tells what networks of others have besides", () => {
  const tail = (config: UNetConfig) =>
    networkWords(formatUNetConfig(config)).split("convolutions")[1];
  assert.equal(tail({ ...PRESETS.tiny, range: "imagenet" }), ", images in ImageNet's range");
  assert.equal(tail({ ...PRESETS.tiny, range: "[-1,1]" }), ", images in [-1,1]");
  assert.equal(tail({ ...PRESETS.tiny, outputHead: "sigmoid" }), ", output head sigmoid");
});

Deno.test("networkWords() leaves what it cannot read", () => {
  for (const text of ["{}", "odd"]) assert.equal(networkWords(text), text);
});

Deno.test("runWords() tells recipe and steps, as far as they are known", () => {
  assert.equal(
    runWords('{"recipe": "refine", "steps": 20000, "seed": 1}'),
    "recipe refine, 20,000 steps",
  );
  assert.equal(runWords('{"recipe": "refine"}'), "recipe refine");
  for (const text of ["{}", "null", "odd"]) assert.equal(runWords(text), text);
});

Deno.test("bestWords() tells step and score", () => {
  assert.equal(bestWords('{"step": 1500, "holePsnr": 23.4056}'), "step 1,500, hole PSNR 23.41 dB");
  for (const text of ['{"step": 1}', "odd"]) assert.equal(bestWords(text), text);
});
