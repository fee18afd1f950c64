import assert from "node:assert/strict";
import { OnnxGraph } from "../../../../src/checkpoint/export/onnx_graph.ts";
import { readOnnx } from "../../../support/read_onnx.ts";

Deno.test("OnnxGraph keeps nodes in order, attributes of all kinds and constants once", () => {
  const graph = new OnnxGraph();
  const numbers = { shape: [2, 1], data: Float32Array.of(1.5, -2) };
  assert.equal(graph.floats("w", numbers), "w");
  graph.floats("w", { shape: [1], data: Float32Array.of(9) });
  graph.ints("axes", [2, 3]);
  const first = graph.add("Mul", ["x", "w"]);
  const second = graph.add("Any", [first, "", "axes"], {
    one: { int: 300 },
    part: { float: 0.25 },
    word: { text: "half_pixel" },
    many: { ints: [0, 1, 128] },
  }, "y");
  assert.deepEqual([first, second], ["Mul_0", "y"]);
  const bytes = graph.encode({
    name: "g",
    inputs: [{ name: "x", shape: ["n", 3], about: "in" }],
    outputs: [{ name: "y", shape: [], about: "out" }],
    about: "a test",
    metadata: { key: "value" },
  });
  const model = readOnnx(bytes);
  assert.deepEqual(model.nodes, [
    { type: "Mul", inputs: ["x", "w"], output: "Mul_0", attributes: new Map() },
    {
      type: "Any",
      inputs: ["Mul_0", "", "axes"],
      output: "y",
      attributes: new Map<string, unknown>([
        ["one", 300],
        ["part", 0.25],
        ["word", "half_pixel"],
        ["many", [0, 1, 128]],
      ]),
    },
  ]);
  assert.deepEqual(
    model.constants,
    new Map([
      ["w", { shape: [2, 1], data: Float64Array.of(1.5, -2) }],
      ["axes", { shape: [2], data: Float64Array.of(2, 3) }],
    ]),
  );
  assert.deepEqual([model.inputs, model.outputs], [["x [n, 3]"], ["y []"]]);
  assert.deepEqual(model.metadata, new Map([["key", "value"]]));
});
