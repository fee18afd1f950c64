/**
 * The pyramid fill as nodes of an ONNX graph.
 * @module
 */
import type { OnnxGraph, OnnxValue } from "./onnx_graph.ts";
import { addDoubling, scalarOf } from "./onnx_layers.ts";

/**
 * Halvings: enough for sides of 16,384 pixels. Where 1x1 is reached before, the others change nothing.
 */
const LEVELS = 14;

/** Outer product of these gives the 4x4 kernel. */
const TAPS = [1, 3, 3, 1];

/**
 * Adds `pyramidFill` for pictures of any size up to 16,384 pixels a side.
 *
 * @param image rgb01 `[n, 3, h, w]`.
 * @param mask `[n, 1, h, w]`, 1 = known.
 * @returns The fill at every level, finest first.
 *
 * Source: src/ops/pyramid_fill.ts. Differs: two rows and columns of hole are added at the end of every size, of which
 * the second is seen where the size is odd alone.
 */
export function addPyramidFill(
  graph: OnnxGraph,
  { image, mask }: { image: OnnxValue; mask: OnnxValue },
): OnnxValue[] {
  const one = scalarOf(graph, 1);
  const levels = [{ known: graph.add("Mul", [image, mask]), mask }];
  for (let level = 0; level < LEVELS; level++) {
    const finer = levels.at(-1)!;
    const sums = binomialSums(graph, finer.known, 3);
    const weights = binomialSums(graph, finer.mask, 1);
    levels.push({
      // Weights are whole numbers, so the smallest that is not empty is 1.
      known: graph.add("Div", [sums, graph.add("Max", [weights, one])]),
      mask: graph.add("Min", [weights, one]),
    });
  }
  const filled = [levels.pop()!.known];
  for (const { known, mask: valid } of levels.reverse()) {
    const hole = graph.add("Sub", [one, valid]);
    const put = (value: OnnxValue) => graph.add("Add", [known, graph.add("Mul", [hole, value])]);
    const doubled = addDoubling(graph, mean(graph, filled[0]!), "linear");
    const placed = put(cropAs(graph, doubled, known));
    filled.unshift(put(mean(graph, placed)));
  }
  return filled;
}

function binomialSums(graph: OnnxGraph, input: OnnxValue, channels: number): OnnxValue {
  const kernel = TAPS.flatMap((a) => TAPS.map((b) => a * b));
  const weights = graph.floats(`binomial of ${channels}`, {
    shape: [channels, 1, 4, 4],
    data: Float32Array.from({ length: channels * 16 }, (_, i) => kernel[i % 16]!),
  });
  return graph.add("Conv", [input, weights], {
    kernel_shape: { ints: [4, 4] },
    strides: { ints: [2, 2] },
    pads: { ints: [1, 1, 2, 2] },
    group: { int: channels },
  });
}

/** Of 3x3 pixels; what lies outside is left out. */
function mean(graph: OnnxGraph, input: OnnxValue): OnnxValue {
  return graph.add("AveragePool", [input], {
    kernel_shape: { ints: [3, 3] },
    pads: { ints: [1, 1, 1, 1] },
  });
}

/** Cuts to the height and width of another value. */
function cropAs(graph: OnnxGraph, input: OnnxValue, model: OnnxValue): OnnxValue {
  const shape = graph.add("Shape", [model]);
  const [zero, two, four] = [0, 2, 4].map((value) => graph.ints(`[${value}]`, [value]));
  const size = graph.add("Slice", [shape, two!, four!, zero!]);
  const [starts, axes] = [graph.ints("[0, 0]", [0, 0]), graph.ints("[2, 3]", [2, 3])];
  return graph.add("Slice", [input, starts, size, axes]);
}
