import { OnnxGraph } from "../../../../src/checkpoint/export/onnx_graph.ts";
import { addPyramidFill } from "../../../../src/checkpoint/export/onnx_pyramid.ts";
import { pyramidPlanes } from "../../../../src/engine/plan/pyramid_planes.ts";
import { assertAllClose } from "../../../support/assert_all_close.ts";
import { readOnnx } from "../../../support/read_onnx.ts";
import { runOnnx } from "../../../support/run_onnx.ts";

// The fill itself is compared with PyTorch in tests/oracle/pyramid_test.ts.

const CASES: readonly (readonly [height: number, width: number, isHole: (i: number) => boolean])[] =
  [
    [7, 12, (i) => i % 12 > 2 && i > 15],
    [1, 5, (i) => i !== 3],
    [4, 4, () => true],
  ];

for (const [height, width, isHole] of CASES) {
  Deno.test(`addPyramidFill() gives every level of the fill: ${height}x${width}`, () => {
    const area = height * width;
    const rgb = Float32Array.from({ length: area * 3 }, (_, i) => (i * 37 % 101) / 100);
    const validMask = Uint8Array.from({ length: area }, (_, i) => isHole(i) ? 0 : 1);
    const graph = new OnnxGraph();
    const names = addPyramidFill(graph, { image: "image", mask: "mask" });
    const facts = { name: "g", inputs: [], outputs: [], about: "", metadata: {} };
    const values = runOnnx(
      readOnnx(graph.encode(facts)),
      new Map([
        ["image", {
          shape: [1, 3, height, width],
          data: Float64Array.from(rgb, (_, i) => rgb[(i % area) * 3 + Math.floor(i / area)]!),
        }],
        ["mask", { shape: [1, 1, height, width], data: Float64Array.from(validMask) }],
      ]),
    );
    pyramidPlanes({ height, width, rgb, validMask }).forEach((level, index) => {
      const { shape, data } = values.get(names[index]!)!;
      const size = shape[2]! * shape[3]!;
      const pixels = Float64Array.from(data, (_, i) => data[(i % 3) * size + Math.floor(i / 3)]!);
      const flat = { shape: [level.length], data: level };
      // Measured 5.4e-8: float32.
      const tolerance = { rtol: 0, atol: 1e-7 };
      assertAllClose({ shape: [pixels.length], data: pixels }, flat, tolerance, `level ${index}`);
    });
  });
}
