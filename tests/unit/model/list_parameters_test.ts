import assert from "node:assert/strict";
import {
  countParameters,
  listParameters,
  listStatistics,
  sizeOfShape,
} from "../../../src/model/list_parameters.ts";
import { PRESETS, type UNetConfig } from "../../../src/model/unet_config.ts";

const CONFIG: UNetConfig = {
  encoder: [{ kernel: 5, channels: 4 }, { kernel: 3, channels: 6 }],
  base: "none",
  normalisation: "batch",
  range: "[0,1]",
};

Deno.test("listParameters() names all tensors in layer order, bias and batch norm apart", () => {
  assert.deepEqual(
    listParameters(CONFIG).map(({ path, role, shape }) => `${path} ${role} ${shape.join("x")}`),
    [
      "encoder/1/kernel kernel 5x5x3x4",
      "encoder/1/bias bias 4",
      "encoder/2/kernel kernel 3x3x4x6",
      "encoder/2/batch_norm/gamma gamma 6",
      "encoder/2/batch_norm/beta beta 6",
      "decoder/1/kernel kernel 3x3x10x4",
      "decoder/1/batch_norm/gamma gamma 4",
      "decoder/1/batch_norm/beta beta 4",
      "decoder/2/kernel kernel 3x3x7x3",
      "decoder/2/bias bias 3",
    ],
  );
});

Deno.test("listParameters() puts the heads last; without batch norm every layer has a bias", () => {
  const config: UNetConfig = { ...CONFIG, base: "pyramid", normalisation: "none" };
  assert.deepEqual(
    listParameters(config).map(({ path, shape }) => `${path} ${shape.join("x")}`),
    [
      "encoder/1/kernel 5x5x7x4",
      "encoder/1/bias 4",
      "encoder/2/kernel 3x3x4x6",
      "encoder/2/bias 6",
      "decoder/1/kernel 3x3x14x4",
      "decoder/1/bias 4",
      "decoder/2/kernel 3x3x11x3",
      "decoder/2/bias 3",
      "decoder/1/head/kernel 1x1x4x3",
      "decoder/1/head/bias 3",
    ],
  );
  assert.deepEqual(listStatistics(config), []);
});

Deno.test("listStatistics() names the batch norm layers with their channels", () => {
  assert.deepEqual(listStatistics(CONFIG), [
    { path: "encoder/2/batch_norm", channels: 6 },
    { path: "decoder/1/batch_norm", channels: 4 },
  ]);
});

Deno.test("countParameters() gives the 32.9 million of Table 2 for the paper preset", () => {
  // Table 2 by hand. Kernels: 9,408 + 204,800 + 819,200 + 1,179,648 + 4 · 2,359,296 down; 4 · 4,718,592 + 1,769,472 +
  // 442,368 + 110,592 + 1,809 up. Biases 64 + 3. Gammas, and as many betas: 128 + 256 + 9 · 512 + 256 + 128 + 64.
  assert.equal(countParameters(PRESETS.paper), 32_848_849 + 67 + 2 * 5_440);
});

Deno.test("sizeOfShape() is the product of the sides, 1 for a scalar", () => {
  assert.equal(sizeOfShape([3, 5, 2]), 30);
  assert.equal(sizeOfShape([]), 1);
});
