import assert from "node:assert/strict";
import { OnnxGraph } from "../../../../src/checkpoint/export/onnx_graph.ts";
import { addDoubling, addLayer } from "../../../../src/checkpoint/export/onnx_layers.ts";
import type { LayerSpec } from "../../../../src/model/unet_layers.ts";
import { type OnnxTensor, readOnnx } from "../../../support/read_onnx.ts";
import { runOnnx } from "../../../support/run_onnx.ts";

// Whole networks are compared with the engine in onnx_network_test.ts.

const tensor = (shape: readonly number[], ...data: readonly number[]): OnnxTensor => ({
  shape,
  data: Float64Array.from(data),
});

function run(graph: OnnxGraph, inputs: Readonly<Record<string, OnnxTensor>>) {
  const facts = { name: "g", inputs: [], outputs: [], about: "", metadata: {} };
  return runOnnx(readOnnx(graph.encode(facts)), new Map(Object.entries(inputs)));
}

const LAYER: LayerSpec = {
  ...{ path: "a", kernel: 1, cin: 3, cout: 1 },
  ...{ hasBatchNorm: false, activation: "leaky_relu" },
};

Deno.test("addLayer() counts every group by its own mask", () => {
  const graph = new OnnxGraph();
  const arrays = new Map([
    ["a/kernel", { shape: [1, 1, 3, 1], data: Float32Array.of(1, 10, 100) }],
    ["a/bias", { shape: [1], data: Float32Array.of(-4) }],
  ]);
  const groups = [
    { features: "x", mask: "mx", channels: 2 },
    { features: "y", mask: "my", channels: 1 },
  ];
  const { features, mask, channels } = addLayer(graph, groups, LAYER, {
    ...{ arrays, stride: 1, ones: undefined, isTypical: false },
  });
  const values = run(graph, {
    x: tensor([1, 2, 1, 4], 1, 2, 3, 4, 5, 6, 7, 8),
    mx: tensor([1, 1, 1, 4], 1, 1, 0, 0),
    y: tensor([1, 1, 1, 4], -1, 1, 1, 1),
    my: tensor([1, 1, 1, 4], 1, 0, 1, 0),
  });
  assert.equal(channels, 1);
  assert.deepEqual([...values.get(mask!)!.data], [1, 1, 1, 0]);
  // By hand: (1 + 50 - 100) · 3/3 - 4 = -53, times 0.2; (2 + 60) · 3/2 - 4; 100 · 3/1 - 4; nothing known.
  const rounded = [...values.get(features)!.data].map((value) => Number(value.toFixed(5)));
  assert.deepEqual(rounded, [-10.6, 89, 296, 0]);
});

Deno.test("addLayer() leaves masks out of typical convolutions", () => {
  const graph = new OnnxGraph();
  const arrays = new Map([
    ["a/kernel", { shape: [1, 1, 1, 1], data: Float32Array.of(2) }],
    ["a/bias", { shape: [1], data: Float32Array.of(1) }],
  ]);
  const layer = { ...LAYER, cin: 1, activation: "none" as const };
  const { features, mask } = addLayer(graph, [{ features: "x", mask: "m", channels: 1 }], layer, {
    ...{ arrays, stride: 1, ones: undefined, isTypical: true },
  });
  assert.equal(mask, undefined);
  assert.deepEqual([...run(graph, { x: tensor([1, 1, 1, 2], 3, -5) }).get(features)!.data], [
    7,
    -9,
  ]);
});

Deno.test("addDoubling() repeats pixels, or goes evenly from one to the next", () => {
  const graph = new OnnxGraph();
  const [near, even] = [addDoubling(graph, "x", "nearest"), addDoubling(graph, "x", "linear")];
  const values = run(graph, { x: tensor([1, 1, 1, 2], 0, 4) });
  assert.deepEqual([...values.get(near)!.data], [0, 0, 4, 4, 0, 0, 4, 4]);
  assert.deepEqual([...values.get(even)!.data], [0, 1, 3, 4, 0, 1, 3, 4]);
});
