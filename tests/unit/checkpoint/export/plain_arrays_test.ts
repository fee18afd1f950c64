import assert from "node:assert/strict";
import { plainArrays, toOihw } from "../../../../src/checkpoint/export/plain_arrays.ts";
import { PRESETS } from "../../../../src/model/unet_config.ts";
import { makeRandomNetwork } from "../../../support/random_network.ts";

Deno.test("toOihw() turns the axes of a kernel", () => {
  const [kh, kw, cin, cout] = [3, 1, 2, 4];
  const data = Float32Array.from({ length: 24 }, (_, i) => i);
  const turned = toOihw({ shape: [kh, kw, cin, cout], data });
  assert.deepEqual(turned.shape, [4, 2, 3, 1]);
  for (let o = 0; o < cout; o++) {
    for (let i = 0; i < cin; i++) {
      for (let y = 0; y < kh; y++) {
        assert.equal(turned.data[(o * cin + i) * kh + y], data[(y * cin + i) * cout + o]);
      }
    }
  }
});

Deno.test("plainArrays() names every array as PyTorch would", () => {
  const config = { ...PRESETS.tiny, encoder: PRESETS.tiny.encoder.slice(0, 2) };
  const plain = plainArrays(makeRandomNetwork(config));
  assert.deepEqual([...plain].map(([name, { shape }]) => `${name} ${shape.join("x")}`).sort(), [
    "decoder.1.batch_norm.bias 4",
    "decoder.1.batch_norm.running_mean 4",
    "decoder.1.batch_norm.running_var 4",
    "decoder.1.batch_norm.weight 4",
    "decoder.1.weight 4x12x3x3",
    "decoder.2.bias 3",
    "decoder.2.weight 3x7x3x3",
    "encoder.1.bias 4",
    "encoder.1.weight 4x3x5x5",
    "encoder.2.batch_norm.bias 8",
    "encoder.2.batch_norm.running_mean 8",
    "encoder.2.batch_norm.running_var 8",
    "encoder.2.batch_norm.weight 8",
    "encoder.2.weight 8x4x3x3",
  ]);
});

Deno.test("plainArrays() has names for heads of both kinds", () => {
  const over = plainArrays(makeRandomNetwork({ ...PRESETS.tiny, base: "pyramid" }));
  assert.deepEqual(over.get("decoder.1.head.weight")!.shape, [3, 8, 1, 1]);
  assert.deepEqual(over.get("decoder.2.head.bias")!.shape, [3]);
  const headed = plainArrays(makeRandomNetwork({ ...PRESETS.tiny, outputHead: "sigmoid" }));
  const names = [...headed.keys()].filter((name) => name.startsWith("output"));
  assert.deepEqual(names.sort(), ["output.bias", "output.shift", "output.weight"]);
});
