import assert from "node:assert/strict";
import { type FoldedLayer, foldLayers } from "../../../src/engine/fold_layers.ts";
import { PRESETS, type UNetConfig } from "../../../src/model/unet_config.ts";
import { unetLayers } from "../../../src/model/unet_layers.ts";
import { assertAllClose, EXACT } from "../../support/assert_all_close.ts";
import { makeRandomNetwork } from "../../support/random_network.ts";

const PYRAMID: UNetConfig = { ...PRESETS.tiny, base: "pyramid" };

Deno.test("foldLayers() lists all layers in their order, with the slopes of their activations", () => {
  const { encoder, decoder, heads } = foldLayers(PYRAMID, makeRandomNetwork(PYRAMID));
  const layers = unetLayers(PYRAMID);
  const specs = (folded: readonly FoldedLayer[]) => folded.map(({ layer }) => layer);
  assert.deepEqual(
    { encoder: specs(encoder), decoder: specs(decoder), heads: specs(heads) },
    layers,
  );
  const slopes = (folded: readonly FoldedLayer[]) => folded.map(({ slope }) => slope);
  // ReLU down, LeakyReLU(0.2) up, nothing at the end and after heads.
  assert.deepEqual(slopes(encoder), [0, 0, 0]);
  assert.deepEqual(slopes(decoder), [0.2, 0.2, 1]);
  assert.deepEqual(slopes(heads), [1, 1]);
});

Deno.test("foldLayers() takes layers without batch norm as they are", () => {
  const arrays = makeRandomNetwork(PYRAMID);
  const { encoder, decoder, heads } = foldLayers(PYRAMID, arrays);
  for (const { layer, kernel, bias } of [encoder[0]!, decoder[2]!, ...heads]) {
    assert.equal(layer.hasBatchNorm, false);
    assert.deepEqual(kernel, arrays.get(`${layer.path}/kernel`)!.data);
    assert.deepEqual(bias, arrays.get(`${layer.path}/bias`)!.data);
  }
});

Deno.test("foldLayers() makes one step of a convolution with mask ratio and the batch norm after it", () => {
  const arrays = makeRandomNetwork(PYRAMID);
  const folded = foldLayers(PYRAMID, arrays);
  let count = 0;
  for (const { layer, kernel, bias } of [...folded.encoder, ...folded.decoder]) {
    if (!layer.hasBatchNorm) continue;
    count += 1;
    const { path, kernel: side, cin, cout } = layer;
    const numbers = (name: string) => arrays.get(`${path}/${name}`)!.data;
    const [original, gamma, beta] = [
      numbers("kernel"),
      numbers("batch_norm/gamma"),
      numbers("batch_norm/beta"),
    ];
    const [mean, variance] = [numbers("batch_norm/mean"), numbers("batch_norm/variance")];
    const taps = side * side * cin;
    const [ratio, window] = [1.75, Array.from({ length: taps }, (_, i) => Math.sin(i))];
    const convolve = (weights: ArrayLike<number>, c: number) =>
      window.reduce((sum, x, tap) => sum + x * weights[tap * cout + c]!, 0);
    const channels = Array.from({ length: cout }, (_, c) => c);
    // In float64: the convolution, then equation "y = (x - mean) / sqrt(variance + 1e-5) * gamma + beta".
    const expected = channels.map((c) =>
      (convolve(original, c) * ratio - mean[c]!) / Math.sqrt(variance[c]! + 1e-5) * gamma[c]! +
      beta[c]!
    );
    const actual = channels.map((c) => convolve(kernel, c) * ratio + bias[c]!);
    const shape = [cout];
    // Kernels and biases are rounded to float32: measured 1.4e-7.
    assertAllClose(
      { shape, data: actual },
      { shape, data: expected },
      { rtol: 0, atol: 2.8e-7 },
      path,
    );
  }
  assert.equal(count, 4);
});

Deno.test("foldLayers() leaves the arrays as they were", () => {
  const [arrays, same] = [makeRandomNetwork(PYRAMID), makeRandomNetwork(PYRAMID)];
  foldLayers(PYRAMID, arrays);
  for (const [path, { shape, data }] of arrays) {
    assertAllClose({ shape, data }, same.get(path)!, EXACT, path);
  }
});
