import assert from "node:assert/strict";
import { PRESETS } from "../../../src/model/unet_config.ts";
import { type LayerSpec, unetLayers } from "../../../src/model/unet_layers.ts";

const text = ({ path, kernel, cin, cout, hasBatchNorm, activation }: LayerSpec) =>
  `${path}: ${kernel}x${kernel} ${cin}->${cout} ${hasBatchNorm ? "bn" : "bias"} ${activation}`;

Deno.test("unetLayers() of the paper preset is Table 2 of Liu et al. 2018", () => {
  const { encoder, decoder, heads } = unetLayers(PRESETS.paper);
  assert.deepEqual(heads, []);
  assert.deepEqual([...encoder, ...decoder].map(text), [
    "encoder/1: 7x7 3->64 bias relu",
    "encoder/2: 5x5 64->128 bn relu",
    "encoder/3: 5x5 128->256 bn relu",
    "encoder/4: 3x3 256->512 bn relu",
    "encoder/5: 3x3 512->512 bn relu",
    "encoder/6: 3x3 512->512 bn relu",
    "encoder/7: 3x3 512->512 bn relu",
    "encoder/8: 3x3 512->512 bn relu",
    "decoder/1: 3x3 1024->512 bn leaky_relu",
    "decoder/2: 3x3 1024->512 bn leaky_relu",
    "decoder/3: 3x3 1024->512 bn leaky_relu",
    "decoder/4: 3x3 1024->512 bn leaky_relu",
    "decoder/5: 3x3 768->256 bn leaky_relu",
    "decoder/6: 3x3 384->128 bn leaky_relu",
    "decoder/7: 3x3 192->64 bn leaky_relu",
    "decoder/8: 3x3 67->3 bias none",
  ]);
});

Deno.test("unetLayers() over a base joins its four channels at the start and in every stage", () => {
  const { encoder, decoder, heads } = unetLayers({
    ...PRESETS.tiny,
    base: "pyramid",
    normalisation: "none",
  });
  assert.deepEqual([...encoder, ...decoder, ...heads].map(text), [
    "encoder/1: 5x5 7->4 bias relu",
    "encoder/2: 3x3 4->8 bias relu",
    "encoder/3: 3x3 8->8 bias relu",
    "decoder/1: 3x3 20->8 bias leaky_relu",
    "decoder/2: 3x3 16->4 bias leaky_relu",
    "decoder/3: 3x3 11->3 bias none",
    "decoder/1/head: 1x1 8->3 bias none",
    "decoder/2/head: 1x1 4->3 bias none",
  ]);
});

Deno.test("unetLayers() of a single level joins the image at once", () => {
  const { encoder, decoder } = unetLayers({
    encoder: [{ kernel: 3, channels: 5 }],
    base: "none",
    normalisation: "batch",
    range: "[0,1]",
  });
  assert.deepEqual([...encoder, ...decoder].map(text), [
    "encoder/1: 3x3 3->5 bias relu",
    "decoder/1: 3x3 8->3 bias none",
  ]);
});

Deno.test("unetLayers() leaves the last bias to an output head", () => {
  const { encoder, decoder } = unetLayers({ ...PRESETS.tiny, outputHead: "sigmoid" });
  const biases = [...encoder, ...decoder].map(({ hasBias }) => hasBias);
  assert.deepEqual(biases, [undefined, undefined, undefined, undefined, undefined, false]);
});
