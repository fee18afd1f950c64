import assert from "node:assert/strict";
import { LEAKY_SLOPE } from "../../../src/ops/activation.ts";
import { listParameters } from "../../../src/model/list_parameters.ts";
import { OUTPUT_HEAD, OUTPUT_HEAD_SLOPE } from "../../../src/model/output_head.ts";
import { PRESETS } from "../../../src/model/unet_config.ts";

Deno.test("OUTPUT_HEAD is a shift and a 1x1 convolution of three colours", () => {
  assert.deepEqual(OUTPUT_HEAD.map(({ path, shape }) => `${path} ${shape.join("x")}`), [
    "output/shift 3",
    "output/kernel 1x1x3x3",
    "output/bias 3",
  ]);
  // runUNet takes the network's own activation.
  assert.equal(OUTPUT_HEAD_SLOPE, LEAKY_SLOPE);
});

Deno.test("a network with an output head ends with it, and its last layer has no bias", () => {
  const plain = listParameters(PRESETS.tiny).map(({ path }) => path);
  const headed = listParameters({ ...PRESETS.tiny, outputHead: "sigmoid" }).map(({ path }) => path);
  assert.equal(plain.at(-1), "decoder/3/bias");
  assert.deepEqual(headed, [...plain.slice(0, -1), ...OUTPUT_HEAD.map(({ path }) => path)]);
});
