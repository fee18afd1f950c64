import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { disposeParameters } from "../../../src/model/parameters.ts";
import { runUNet } from "../../../src/model/pconv_unet.ts";
import type { HoleValue, UNetConfig } from "../../../src/model/unet_config.ts";
import { pyramidFill } from "../../../src/ops/pyramid_fill.ts";
import { assertAllClose, EXACT } from "../../support/assert_all_close.ts";
import { checkGradient } from "../../support/check_gradient.ts";
import { evaluate, read, toTensor } from "../../support/evaluate.ts";
import { cpuTest } from "../../support/for_each_backend.ts";
import { formulaMask, formulaTensor } from "../../support/formula_tensor.ts";
import { formulaParameters } from "../../support/tiny_run.ts";

// Values and gradients are compared with PyTorch in tests/oracle/tiny_unet_test.ts.

const CONFIG: UNetConfig = {
  encoder: [{ kernel: 3, channels: 2 }, { kernel: 3, channels: 3 }],
  base: "pyramid",
  normalisation: "batch",
  range: "[0,1]",
};

const masked = () => ({
  features: toTensor<tf.Tensor4D>(formulaTensor([1, 8, 12, 3], { scale: 0.5, shift: 0.5 })),
  validMask: toTensor<tf.Tensor4D>(formulaMask(["speckle"], 8, 12)),
});

for (const [height, width] of [[6, 8], [8, 6]]) {
  cpuTest(`runUNet() refuses a size that does not fit: ${height}x${width}`, async () => {
    const parameters = formulaParameters(CONFIG);
    tf.tidy(() => {
      const features = tf.zeros([2, height!, width!, 3]) as tf.Tensor4D;
      const validMask = tf.ones([2, height!, width!, 1]) as tf.Tensor4D;
      assert.throws(() => runUNet(CONFIG, parameters, { features, validMask }), {
        name: "RangeError",
        message: `Cannot run the network: image is [2, ${height}, ${width}, 3], ` +
          "height and width must be multiples of 4",
      });
    });
    disposeParameters(parameters);
    await Promise.resolve();
  });
}

cpuTest("runUNet() refuses typical convolutions over a base", async () => {
  const config: UNetConfig = { ...CONFIG, convolution: "typical" };
  const parameters = formulaParameters(config);
  tf.tidy(() => {
    assert.throws(() => runUNet(config, parameters, masked()), {
      name: "RangeError",
      message: 'Cannot run the network: base is "pyramid", must be "none" for typical convolutions',
    });
  });
  disposeParameters(parameters);
  await Promise.resolve();
});

cpuTest(
  "runUNet() with typical convolutions fills holes with grey unless told otherwise",
  async () => {
    const config: UNetConfig = { ...CONFIG, base: "none", convolution: "typical" };
    const parameters = formulaParameters(config);
    const run = (holeValue?: HoleValue) =>
      runUNet(holeValue === undefined ? config : { ...config, holeValue }, parameters, masked())
        .output;
    const { unsaid, grey, mean } = await evaluate(() => ({
      unsaid: run(),
      grey: run("grey"),
      mean: run("imagenet-mean"),
    }));
    assertAllClose(unsaid, grey, EXACT);
    assert.notDeepEqual(mean.data, grey.data);
    disposeParameters(parameters);
  },
);

cpuTest("runUNet() gives the batch statistics of those layers that used them", async () => {
  const parameters = formulaParameters(CONFIG);
  const paths = tf.tidy(() => {
    const { batchStatistics } = runUNet(CONFIG, parameters, masked(), {
      usesBatchStatistics: (path) => path.startsWith("decoder/"),
    });
    for (const { mean, variance } of batchStatistics.values()) tf.dispose([mean, variance]);
    assert.deepEqual([...batchStatistics.keys()], ["decoder/1/batch_norm"]);
    assert.equal(runUNet(CONFIG, parameters, masked()).batchStatistics.size, 0);
  });
  assert.equal(paths, undefined);
  disposeParameters(parameters);
  await Promise.resolve();
});

cpuTest("runUNet() takes fills in place of its own, level by level", async () => {
  const parameters = formulaParameters(CONFIG);
  const { own, same, other } = await evaluate(() => {
    const input = masked();
    const fills = pyramidFill(input).slice(0, CONFIG.encoder.length);
    const run = (fills?: readonly tf.Tensor4D[]) =>
      runUNet(CONFIG, parameters, input, fills === undefined ? {} : { fills }).output;
    const brighter = fills.map((fill, i) => i === 1 ? tf.add(fill, 0.1) as tf.Tensor4D : fill);
    return { own: run(), same: run(fills), other: run(brighter) };
  });
  assertAllClose(same, own, EXACT);
  assert.notDeepEqual(other.data, own.data);
  disposeParameters(parameters);
});

cpuTest("runUNet() without a base ignores fills", async () => {
  const config: UNetConfig = { ...CONFIG, base: "none" };
  const parameters = formulaParameters(config);
  const { own, given } = await evaluate(() => {
    const input = masked();
    const fills = pyramidFill(input);
    return {
      own: runUNet(config, parameters, input).output,
      given: runUNet(config, parameters, input, { fills }).output,
    };
  });
  assertAllClose(given, own, EXACT);
  disposeParameters(parameters);
});

const OF_OTHERS: readonly (readonly [name: string, UNetConfig, paths: readonly string[]])[] = [
  ["an output head", { ...CONFIG, base: "none", normalisation: "none", outputHead: "sigmoid" }, [
    "output/shift",
    "output/kernel",
    "output/bias",
    "decoder/2/kernel",
  ]],
  ["ImageNet's range", { ...CONFIG, base: "none", normalisation: "none", range: "imagenet" }, [
    "encoder/1/kernel",
    "decoder/2/kernel",
    "decoder/2/bias",
  ]],
];

for (const [name, config, paths] of OF_OTHERS) {
  cpuTest(`runUNet() can be trained with ${name}`, async () => {
    const parameters = formulaParameters(config);
    const variables = paths.map((path) => parameters.trained.get(path)!.variable);
    const inputs = await Promise.all(variables.map(read));
    await checkGradient(
      (...values) => {
        const changed = new Map(parameters.trained);
        paths.forEach((path, i) => {
          const { info } = changed.get(path)!;
          changed.set(path, { info, variable: values[i]! as tf.Variable });
        });
        return runUNet(config, { ...parameters, trained: changed }, masked()).output;
      },
      inputs,
      { step: 0.001 },
    );
    disposeParameters(parameters);
  });
}
