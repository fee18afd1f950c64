/**
 * applyAdam() against PyTorch, with a parameter that is held for a step.
 */
import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { makeParameter, type Parameter } from "../../src/model/parameters.ts";
import { type AdamState, applyAdam, disposeAdam } from "../../src/training/adam.ts";
import { assertAllClose } from "../support/assert_all_close.ts";
import { read, toTensor } from "../support/evaluate.ts";
import { fromFixture } from "../support/fixture.ts";
import { forEachBackend } from "../support/for_each_backend.ts";
import { formulaTensor } from "../support/formula_tensor.ts";
import fixture from "./fixtures/adam.json" with { type: "json" };

const { rates, held, steps } = fixture.cases[0]!;
const SHAPES = { a: [2, 3], b: [4] } as const;

// Values near 1 and updates near 0.01: float32 carries 6e-8 of the values.
const TOLERANCE = { rtol: 1e-6, atol: 1e-7 };

forEachBackend("applyAdam() equals PyTorch over four steps, one of them held", async () => {
  const parameters = new Map<string, Parameter>();
  for (const [index, [path, shape]] of Object.entries(SHAPES).entries()) {
    const values = Float32Array.from(formulaTensor(shape, { phase: index }).data);
    parameters.set(path, makeParameter({ path, role: "kernel", shape }, values));
  }
  const state: AdamState = new Map();
  for (const [step, rate] of rates.entries()) {
    const gradients = new Map<string, tf.Tensor>();
    for (const [index, [path, shape]] of Object.entries(SHAPES).entries()) {
      if ((held as Record<string, number[]>)[path]?.includes(step)) continue;
      const scale = step === 0 ? 1e-3 : 1;
      gradients.set(path, toTensor(formulaTensor(shape, { phase: 10 * step + index, scale })));
    }
    applyAdam(parameters, gradients, state, rate);
    tf.dispose([...gradients.values()]);
    for (const [path, expected] of Object.entries(steps[step]!)) {
      const { first, second, updates } = state.get(path)!;
      const what = `${path} after step ${step}`;
      const value = await read(parameters.get(path)!.variable);
      assertAllClose(value, fromFixture(expected.value), TOLERANCE, `value of ${what}`);
      assertAllClose(await read(first), fromFixture(expected.first), TOLERANCE, `first of ${what}`);
      assertAllClose(
        await read(second),
        fromFixture(expected.second),
        TOLERANCE,
        `second of ${what}`,
      );
      assert.equal(updates, expected.updates, `updates of ${what}`);
    }
  }
  disposeAdam(state);
  for (const { variable } of parameters.values()) variable.dispose();
});
