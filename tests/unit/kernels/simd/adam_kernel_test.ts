import assert from "node:assert/strict";
import { openOwnMemory } from "../own_memory.ts";

Deno.test("adamKernel() rounds every operation in the order of the formula", () => {
  const { workspace, take, put, get } = openOwnMemory();
  const f = Math.fround;
  const series = (phase: number) => Array.from({ length: 8 }, (_, i) => f(Math.sin(3 * i + phase)));
  const [parameter, first, gradient] = [series(0), series(1), series(3)];
  const second = series(2).map((value) => f(value * value));
  const constants = [0.9, 0.1, 0.999, 0.001, 0.003, 1.7, 1e-8].map(f);
  const inputs = [parameter, first, second, gradient].map(put);
  const outputs = [0, 1, 2].map(() => take(4 * 8));
  const lists = take(4 * 7);
  new Int32Array(workspace.kernels.memory.buffer, lists, 7).set([...inputs, ...outputs]);
  workspace.kernels.adam(lists, lists + 16, put(constants), 8);
  const [beta1, rest1, beta2, rest2, rate, factor, epsilon] = constants as [
    ...[number, number, number, number, number, number, number],
  ];
  const m = first.map((value, i) => f(f(value * beta1) + f(gradient[i]! * rest1)));
  const v = second.map((value, i) =>
    f(f(value * beta2) + f(f(gradient[i]! * gradient[i]!) * rest2))
  );
  const p = parameter.map((value, i) =>
    f(value - f(f(m[i]! * rate) / f(f(f(Math.sqrt(v[i]!)) * factor) + epsilon)))
  );
  assert.deepEqual(outputs.map((address) => get(address, 8)), [p, m, v]);
});
