import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { BackendError } from "../../../src/errors.ts";
import { PRESETS } from "../../../src/model/unet_config.ts";
import { createVgg16, disposeVgg16, runVgg16 } from "../../../src/model/vgg16.ts";
import {
  computeGradients,
  disposeGradients,
  type GradientResult,
} from "../../../src/training/gradients.ts";
import { openReplicas, type OpenReplicasOptions } from "../../../src/training/replicas.ts";
import { disposeTrainingState, type TrainingState } from "../../../src/training/state.ts";
import { pconvInitial } from "../../../tasks/recipes/pconv_initial.ts";
import { reconstruction } from "../../../tasks/recipes/reconstruction.ts";
import { superres } from "../../../tasks/recipes/superres.ts";
import { assertAllClose, EXACT } from "../../support/assert_all_close.ts";
import { read } from "../../support/evaluate.ts";
import { cpuTest } from "../../support/for_each_backend.ts";
import { formulaVgg16 } from "../../support/formula_vgg16.ts";
import { formulaBatch, formulaState } from "../../support/tiny_run.ts";

const SIZE = 8;
const MASKS = ["speckle", "block", "full"] as const;

function request(
  state: TrainingState,
  changes: Partial<OpenReplicasOptions> = {},
): OpenReplicasOptions {
  const steps = 4;
  return {
    task: reconstruction({ steps }),
    source: {
      catalogUrl: new URL("../../../tasks/mod.ts", import.meta.url).href,
      spec: { recipe: "reconstruction", steps },
    },
    state,
    count: 2,
    size: SIZE,
    ...changes,
  };
}

/** Gradients of a part of the batch, on this thread. */
function own({ config, parameters }: TrainingState, first: number, last: number): GradientResult {
  const { rgb255, holeMask } = formulaBatch(0, { size: SIZE, masks: MASKS });
  const area = SIZE * SIZE;
  const batch = {
    rgb255: rgb255.slice(first * area * 3, last * area * 3),
    holeMask: holeMask.slice(first * area, last * area),
  };
  const task = reconstruction({ steps: 4 });
  return computeGradients({ task, config, parameters, step: 0, batch, size: SIZE });
}

cpuTest("openReplicas() gives the mean over the images of all shares", async () => {
  const state = formulaState(PRESETS.tiny);
  const replicas = await openReplicas(request(state));
  const result = await replicas.compute(0, formulaBatch(0, { size: SIZE, masks: MASKS }));
  // Three images on two threads: two and one.
  const [two, one] = [own(state, 0, 2), own(state, 2, 3)];
  const check = async (actual: tf.Tensor, a: tf.Tensor, b: tf.Tensor, what: string) => {
    const mean = tf.tidy(() => tf.add(tf.mul(a, 2 / 3), tf.mul(b, 1 / 3)));
    assertAllClose(await read(actual), await read(mean), { rtol: 1e-6, atol: 1e-8 }, what);
    mean.dispose();
  };
  for (const [path, gradient] of result.gradients) {
    await check(gradient, two.gradients.get(path)!, one.gradients.get(path)!, path);
  }
  for (const [path, { mean, variance }] of result.batchStatistics) {
    const [a, b] = [two.batchStatistics.get(path)!, one.batchStatistics.get(path)!];
    await check(mean, a.mean, b.mean, `${path} mean`);
    await check(variance, a.variance, b.variance, `${path} variance`);
  }
  for (const [i, [name, value]] of result.losses.entries()) {
    await check(value, two.losses[i]![1], one.losses[i]![1], name);
  }
  for (const each of [result, two, one]) disposeGradients(each);
  replicas.close();
  disposeTrainingState(state);
});

cpuTest("openReplicas() cuts what is known and guessed too", async () => {
  const steps = 4;
  const task = superres({ steps });
  const config = { ...PRESETS.tiny, base: "pyramid" } as const;
  const state = formulaState(config);
  const { parameters } = state;
  const batch = formulaBatch(0, { size: SIZE, masks: MASKS });
  const lattice = {
    input255: batch.rgb255.map((value) => value >> 1),
    guess255: batch.rgb255.map((value) => value >> 2),
    guessMask: batch.holeMask.map((_, at) => at % 5 === 0 ? 0 : 1),
  };
  const source = {
    catalogUrl: new URL("../../../tasks/mod.ts", import.meta.url).href,
    spec: { recipe: "superres", steps },
  };
  const replicas = await openReplicas(request(state, { task, source }));
  const result = await replicas.compute(0, { ...batch, lattice });
  const area = SIZE * SIZE;
  const part = (first: number, last: number) => {
    const cut = (plane: Uint8Array, channels: number) =>
      plane.slice(first * area * channels, last * area * channels);
    const share = {
      rgb255: cut(batch.rgb255, 3),
      holeMask: cut(batch.holeMask, 1),
      lattice: {
        input255: cut(lattice.input255, 3),
        guess255: cut(lattice.guess255, 3),
        guessMask: cut(lattice.guessMask, 1),
      },
    };
    return computeGradients({ task, config, parameters, step: 0, batch: share, size: SIZE });
  };
  const [two, one] = [part(0, 2), part(2, 3)];
  for (const [path, gradient] of result.gradients) {
    const [a, b] = [two.gradients.get(path)!, one.gradients.get(path)!];
    const mean = tf.tidy(() => tf.add(tf.mul(a, 2 / 3), tf.mul(b, 1 / 3)));
    assertAllClose(await read(gradient), await read(mean), { rtol: 1e-6, atol: 1e-8 }, path);
    mean.dispose();
  }
  for (const each of [result, two, one]) disposeGradients(each);
  replicas.close();
  disposeTrainingState(state);
});

cpuTest("openReplicas() with one thread is this thread, to the bit", async () => {
  const state = formulaState(PRESETS.tiny);
  const replicas = await openReplicas(request(state, { count: 1 }));
  const result = await replicas.compute(0, formulaBatch(0, { size: SIZE, masks: MASKS }));
  const expected = own(state, 0, 3);
  for (const [path, gradient] of result.gradients) {
    assertAllClose(await read(gradient), await read(expected.gradients.get(path)!), EXACT, path);
  }
  disposeGradients(result);
  disposeGradients(expected);
  replicas.close();
  disposeTrainingState(state);
});

cpuTest("openReplicas() gives each thread an extractor of its own", async () => {
  const state = formulaState(PRESETS.tiny);
  const numbers = formulaVgg16();
  const vgg = createVgg16(numbers);
  const extract = (rgb01: tf.Tensor4D) => runVgg16(vgg, rgb01);
  const task = pconvInitial({ steps: 4 });
  const replicas = await openReplicas(request(state, {
    task,
    source: {
      catalogUrl: new URL("../../../tasks/mod.ts", import.meta.url).href,
      spec: { recipe: "pconv-initial", steps: 4 },
    },
    features: { extract, vgg: numbers },
  }));
  // Two equal images, one for each thread: the mean is what either of them gives.
  const one = formulaBatch(0, { size: SIZE, masks: ["block"] });
  const twice = (bytes: Uint8Array) => Uint8Array.from([...bytes, ...bytes]);
  const batch = { rgb255: twice(one.rgb255), holeMask: twice(one.holeMask) };
  const result = await replicas.compute(0, batch);
  const { config, parameters } = state;
  const alone = computeGradients({
    task,
    config,
    parameters,
    step: 0,
    batch: one,
    size: SIZE,
    extractFeatures: extract,
  });
  assert.equal(result.losses.length, 7);
  for (const [path, gradient] of result.gradients) {
    const expected = await read(alone.gradients.get(path)!);
    assertAllClose(await read(gradient), expected, EXACT, path);
  }
  disposeGradients(result);
  disposeGradients(alone);
  replicas.close();
  disposeVgg16(vgg);
  disposeTrainingState(state);
});

cpuTest("openReplicas() says so if a thread cannot make its task", async () => {
  const state = formulaState(PRESETS.tiny);
  const source = { catalogUrl: "data:text/javascript,export default 1", spec: { recipe: "x" } };
  await assert.rejects(openReplicas(request(state, { source })), (error: Error) => {
    assert.ok(error instanceof BackendError);
    assert.match(error.message, /^Cannot train in another thread: .+, use --replicas 1$/);
    return true;
  });
  disposeTrainingState(state);
});
