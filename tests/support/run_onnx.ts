/**
 * Running ONNX graphs by plain loops in float64, after the operators' documentation: the few that the program writes.
 * @module
 */
import type { OnnxModel, OnnxNode, OnnxTensor } from "./read_onnx.ts";

/** Runs a model and gives all its values by name. */
export function runOnnx(
  { nodes, constants }: OnnxModel,
  inputs: ReadonlyMap<string, OnnxTensor>,
): Map<string, OnnxTensor> {
  const values = new Map([...constants, ...inputs]);
  for (const node of nodes) {
    const given = node.inputs.map((name) => {
      const value = values.get(name);
      if (value === undefined && name !== "") throw new Error(`${node.output} has no ${name}`);
      return value!;
    });
    values.set(node.output, runNode(node, given));
  }
  return values;
}

function runNode(node: OnnxNode, given: readonly OnnxTensor[]): OnnxTensor {
  const [x, y] = given as [OnnxTensor, OnnxTensor];
  switch (node.type) {
    case "Add":
      return broadcast(x, y, (a, b) => a + b);
    case "Sub":
      return broadcast(x, y, (a, b) => a - b);
    case "Mul":
      return broadcast(x, y, (a, b) => a * b);
    case "Div":
      return broadcast(x, y, (a, b) => a / b);
    case "Min":
      return broadcast(x, y, Math.min);
    case "Max":
      return broadcast(x, y, Math.max);
    case "Clip":
      return map(x, (a) => Math.min(Math.max(a, y.data[0]!), given[2]!.data[0]!));
    case "Relu":
      return map(x, (a) => Math.max(a, 0));
    case "LeakyRelu":
      return map(x, (a) => a < 0 ? a * (node.attributes.get("alpha") as number) : a);
    case "Sigmoid":
      return map(x, (a) => 1 / (1 + Math.exp(-a)));
    case "Concat":
      return concat(given);
    case "Conv":
      return convolve(node, given);
    case "BatchNormalization":
      return normalise(node, given);
    case "AveragePool":
      return average(node, x);
    case "Resize":
      return node.attributes.get("mode") === "nearest" ? nearest(x, node) : linear(x, node);
    case "Shape":
      return { shape: [x.shape.length], data: Float64Array.from(x.shape) };
    case "Slice":
      return slice(given);
    default:
      throw new Error(`operator ${node.type} is not known`);
  }
}

function map({ shape, data }: OnnxTensor, f: (a: number) => number): OnnxTensor {
  return { shape, data: data.map(f) };
}

function broadcast(
  x: OnnxTensor,
  y: OnnxTensor,
  f: (a: number, b: number) => number,
): OnnxTensor {
  const rank = Math.max(x.shape.length, y.shape.length);
  const sides = [x, y].map(({ shape }) => [...new Array(rank - shape.length).fill(1), ...shape]);
  const shape = sides[0]!.map((side, axis) => {
    const other = sides[1]![axis]!;
    if (side !== other && side !== 1 && other !== 1) throw new Error(`${side} against ${other}`);
    return Math.max(side, other);
  });
  const data = new Float64Array(shape.reduce((a, b) => a * b, 1));
  const at = (own: readonly number[], index: number) => {
    let [rest, place, stride] = [index, 0, 1];
    for (let axis = rank - 1; axis >= 0; axis--) {
      const i = rest % shape[axis]!;
      rest = Math.floor(rest / shape[axis]!);
      if (own[axis] !== 1) place += i * stride;
      stride *= own[axis]!;
    }
    return place;
  };
  for (let i = 0; i < data.length; i++) {
    data[i] = f(x.data[at(sides[0]!, i)]!, y.data[at(sides[1]!, i)]!);
  }
  return { shape, data };
}

/** One picture only, so channels lie one behind the other. */
function concat(given: readonly OnnxTensor[]): OnnxTensor {
  const [, , height, width] = given[0]!.shape;
  const channels = given.reduce((sum, { shape }) => sum + shape[1]!, 0);
  const data = Float64Array.from(given.flatMap((tensor) => [...tensor.data]));
  return { shape: [1, channels, height!, width!], data };
}

function convolve(node: OnnxNode, [x, w, bias]: readonly OnnxTensor[]): OnnxTensor {
  const [, cin, height, width] = x!.shape as [number, number, number, number];
  const [cout, part, kernel] = w!.shape as [number, number, number];
  const [stride] = node.attributes.get("strides") as number[];
  const pads = node.attributes.get("pads") as number[];
  const perGroup = cout / ((node.attributes.get("group") as number | undefined) ?? 1);
  const [top, left] = [pads[0]!, pads[1]!];
  const rows = Math.floor((height + top + pads[2]! - kernel) / stride!) + 1;
  const columns = Math.floor((width + left + pads[3]! - kernel) / stride!) + 1;
  const data = new Float64Array(cout * rows * columns);
  if (cin !== part * cout / perGroup) throw new Error(`${cin} channels for ${part}`);
  for (let o = 0, to = 0; o < cout; o++) {
    const first = Math.floor(o / perGroup) * part;
    for (let y = 0; y < rows; y++) {
      for (let x0 = 0; x0 < columns; x0++, to++) {
        let sum = bias?.data[o] ?? 0;
        for (let i = 0; i < part; i++) {
          for (let ky = 0; ky < kernel; ky++) {
            const row = y * stride! + ky - top;
            if (row < 0 || row >= height) continue;
            for (let kx = 0; kx < kernel; kx++) {
              const column = x0 * stride! + kx - left;
              if (column < 0 || column >= width) continue;
              sum += w!.data[((o * part + i) * kernel + ky) * kernel + kx]! *
                x!.data[((first + i) * height + row) * width + column]!;
            }
          }
        }
        data[to] = sum;
      }
    }
  }
  return { shape: [1, cout, rows, columns], data };
}

function normalise(
  node: OnnxNode,
  [x, gamma, beta, mean, variance]: readonly OnnxTensor[],
): OnnxTensor {
  const [, , height, width] = x!.shape;
  const epsilon = node.attributes.get("epsilon") as number;
  const data = x!.data.map((value, i) => {
    const c = Math.floor(i / (height! * width!));
    const deviation = Math.sqrt(variance!.data[c]! + epsilon);
    return (value - mean!.data[c]!) / deviation * gamma!.data[c]! + beta!.data[c]!;
  });
  return { shape: x!.shape, data };
}

/** What lies outside is left out. */
function average(node: OnnxNode, x: OnnxTensor): OnnxTensor {
  const [, channels, height, width] = x.shape as [number, number, number, number];
  const [kernel] = node.attributes.get("kernel_shape") as number[];
  const [stride] = (node.attributes.get("strides") ?? [1]) as number[];
  const [pad] = (node.attributes.get("pads") ?? [0]) as number[];
  const size = (side: number) => Math.floor((side + 2 * pad! - kernel!) / stride!) + 1;
  return sample([1, channels, size(height), size(width)], (c, y, x0) => {
    let [sum, count] = [0, 0];
    for (let ky = 0; ky < kernel!; ky++) {
      for (let kx = 0; kx < kernel!; kx++) {
        const [row, column] = [y * stride! + ky - pad!, x0 * stride! + kx - pad!];
        if (row < 0 || row >= height || column < 0 || column >= width) continue;
        sum += x.data[(c * height + row) * width + column]!;
        count++;
      }
    }
    return sum / count;
  });
}

function nearest(x: OnnxTensor, { attributes }: OnnxNode): OnnxTensor {
  if (attributes.get("coordinate_transformation_mode") !== "asymmetric") throw new Error("mode");
  const [, channels, height, width] = x.shape as [number, number, number, number];
  return sample(
    [1, channels, 2 * height, 2 * width],
    (c, y, x0) => x.data[(c * height + (y >> 1)) * width + (x0 >> 1)]!,
  );
}

function linear(x: OnnxTensor, { attributes }: OnnxNode): OnnxTensor {
  if (attributes.get("coordinate_transformation_mode") !== "half_pixel") throw new Error("mode");
  const [, channels, height, width] = x.shape as [number, number, number, number];
  const inside = (i: number, side: number) => Math.min(Math.max(i, 0), side - 1);
  return sample([1, channels, 2 * height, 2 * width], (c, y, x0) => {
    const [row, column] = [(y + 0.5) / 2 - 0.5, (x0 + 0.5) / 2 - 0.5];
    const [top, left] = [Math.floor(row), Math.floor(column)];
    const at = (i: number, j: number) =>
      x.data[(c * height + inside(top + i, height)) * width + inside(left + j, width)]!;
    const [down, across] = [row - top, column - left];
    return (1 - down) * ((1 - across) * at(0, 0) + across * at(0, 1)) +
      down * ((1 - across) * at(1, 0) + across * at(1, 1));
  });
}

/** From the front, steps of one. */
function slice([x, starts, ends, axes]: readonly OnnxTensor[]): OnnxTensor {
  if (x!.shape.length === 1) {
    const data = x!.data.slice(starts!.data[0], ends!.data[0]);
    return { shape: [data.length], data };
  }
  if ([...axes!.data].join() !== "2,3" || [...starts!.data].join() !== "0,0") throw new Error();
  const [, channels, height, width] = x!.shape as [number, number, number, number];
  const [rows, columns] = ends!.data as unknown as [number, number];
  return sample(
    [1, channels, rows, columns],
    (c, y, x0) => x!.data[(c * height + y) * width + x0]!,
  );
}

function sample(
  shape: readonly [number, number, number, number],
  f: (c: number, y: number, x: number) => number,
): OnnxTensor {
  const [, channels, height, width] = shape;
  const data = new Float64Array(channels * height * width);
  for (let c = 0, to = 0; c < channels; c++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) data[to++] = f(c, y, x);
    }
  }
  return { shape, data };
}
