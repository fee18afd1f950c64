/**
 * One step of Adam in one pass over memory.
 * @module
 */
import type { AdamRates, AdamTensors } from "../../ops/adam_step.ts";
import type * as tf from "@tensorflow/tfjs";
import type { WasmKernel } from "./replace_kernel.ts";

/** The kernel behind `adamStep`: all operations rounded one by one in its order, so the result is the same to the bit. */
export const runAdam: WasmKernel = ({ inputs, attrs, workspace, take }) => {
  const tensors = inputs as unknown as AdamTensors<tf.TensorInfo>;
  const { beta1, beta2, rate, rootFactor, epsilon } = attrs as unknown as AdamRates;
  const { shape } = tensors.parameter;
  const results = [0, 1, 2].map(() => workspace.makeOutput(shape));
  const sources = [tensors.parameter, tensors.first, tensors.second, tensors.gradient]
    .map(workspace.addressOf);
  const targets = results.map(workspace.addressOf);
  const constants = [beta1, 1 - beta1, beta2, 1 - beta2, rate, rootFactor, epsilon];
  const lists = take(4 * (sources.length + targets.length + constants.length));
  const [outputs, numbers] = [lists + 4 * sources.length, lists + 28];
  const memory = workspace.numbers();
  new Uint32Array(memory.buffer, lists, 7).set([...sources, ...targets]);
  memory.set(constants, numbers >>> 2);
  const size = shape.reduce((product, side) => product * side, 1);
  const whole = size - size % 4;
  if (whole > 0) workspace.kernels.adam(lists, outputs, numbers, whole);
  for (let i = whole; i < size; i++) {
    const [p, m, v, g] = sources.map((address) => memory[(address >>> 2) + i]!) as [
      ...[number, number, number, number],
    ];
    const updated = updateOne([p, m, v, g], constants.map(Math.fround));
    updated.forEach((value, k) => memory[(targets[k]! >>> 2) + i] = value);
  }
  return results;
};

/** The last few numbers, that fill no vector, in float32. */
function updateOne(values: readonly number[], constants: readonly number[]): number[] {
  const f = Math.fround;
  const [parameter, first, second, gradient] = values as [number, number, number, number];
  const [beta1, rest1, beta2, rest2, rate, rootFactor, epsilon] = constants as [
    ...[number, number, number, number, number, number, number],
  ];
  const m = f(f(first * beta1) + f(gradient * rest1));
  const v = f(f(second * beta2) + f(f(gradient * gradient) * rest2));
  const divisor = f(f(f(Math.sqrt(v)) * rootFactor) + epsilon);
  return [f(parameter - f(f(m * rate) / divisor)), m, v];
}
