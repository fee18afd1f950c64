/**
 * partialConv2d() against PyTorch and against naive loops.
 */
import * as tf from "@tensorflow/tfjs";
import { partialConv2d, type PartialConvGroup } from "../../src/ops/partial_conv.ts";
import { assertAllClose, EXACT, type Values } from "../support/assert_all_close.ts";
import { evaluate, toTensor } from "../support/evaluate.ts";
import { fromFixture } from "../support/fixture.ts";
import { forEachBackend } from "../support/for_each_backend.ts";
import { formulaMask, formulaTensor, type MaskKind } from "../support/formula_tensor.ts";
import fixture from "./fixtures/partial_conv.json" with { type: "json" };
import {
  referenceBlockSums,
  referenceChannels,
  referenceConcat,
  referenceDouble,
} from "./reference/channels.ts";
import { referencePartialConv } from "./reference/partial_conv.ts";

type Case = (typeof fixture.cases)[number];

// The fixtures hold eight digits, the naive loops are float64.
const ORACLES_AGREE = { rtol: 1e-7, atol: 1e-8 };

// Measured: 4.4e-6 absolute on values up to 30, 2.7e-7 on those near 0; 1.1e-5 and 4.5e-6 on the software GPU.
const TOLERANCES = { cpu: { rtol: 1e-5, atol: 1e-6 }, gpu: { rtol: 1e-5, atol: 1e-5 } };

for (const oracle of fixture.cases) {
  const { features, validMasks, kernel, bias, dy } = inputsOf(oracle);
  const upsample = oracle.groups.map((group) => "up" in group ? 2 as const : 1 as const);

  Deno.test(`PyTorch and naive loops agree on the partial convolution: ${oracle.name}`, () => {
    const wide = (images: readonly Values[]) =>
      referenceConcat(images.map((image, i) => upsample[i] === 2 ? referenceDouble(image) : image));
    const result = referencePartialConv({
      features: wide(features),
      validMask: wide(validMasks.map((mask, i) => repeat(mask, features[i]!.shape[3]!))),
      kernel,
      ...(bias === undefined ? {} : { bias }),
      stride: oracle.stride,
      dy,
    });
    assertAllClose(result.output, fromFixture(oracle.output), ORACLES_AGREE, "output");
    assertAllClose(result.validMask, fromFixture(oracle.validMask), EXACT, "mask");
    let first = 0;
    oracle.featureGradients.forEach((stored, i) => {
      const channels = features[i]!.shape[3]!;
      const part = referenceChannels(result.featureGradient, first, channels);
      first += channels;
      const actual = upsample[i] === 2 ? referenceBlockSums(part) : part;
      assertAllClose(actual, fromFixture(stored), ORACLES_AGREE, `feature gradient ${i}`);
    });
    assertAllClose(
      result.kernelGradient,
      fromFixture(oracle.kernelGradient),
      ORACLES_AGREE,
      "kernel gradient",
    );
    if (oracle.biasGradient === undefined) return;
    assertAllClose(
      result.biasGradient,
      fromFixture(oracle.biasGradient),
      ORACLES_AGREE,
      "bias gradient",
    );
  });

  forEachBackend(`partialConv2d() equals PyTorch: ${oracle.name}`, async (device) => {
    const tolerance = TOLERANCES[device];
    const result = await evaluate(() => {
      const masks = validMasks.map((mask) => toTensor<tf.Tensor4D>(mask));
      const run = (tensors: readonly tf.Tensor[]) => {
        const groups = masks.map((validMask, i): PartialConvGroup => ({
          features: tensors[i] as tf.Tensor4D,
          validMask,
          upsample: upsample[i]!,
        }));
        const [kernel, bias] = tensors.slice(groups.length);
        return partialConv2d(groups, {
          kernel: kernel as tf.Tensor4D,
          ...(bias === undefined ? {} : { bias: bias as tf.Tensor1D }),
          stride: oracle.stride as 1 | 2,
        });
      };
      const inputs = [...features, kernel, ...(bias === undefined ? [] : [bias])];
      const tensors = inputs.map((input) => toTensor(input));
      const gradients = tf.grads((...x) => run(x).features)(tensors, toTensor(dy));
      const { features: output, validMask } = run(tensors);
      return { output, validMask, ...Object.fromEntries(gradients.map((g, i) => [`d${i}`, g])) };
    }) as Record<string, Values>;
    assertAllClose(result["output"]!, fromFixture(oracle.output), tolerance, "output");
    assertAllClose(result["validMask"]!, fromFixture(oracle.validMask), EXACT, "mask");
    const expected = [
      ...oracle.featureGradients,
      oracle.kernelGradient,
      ...(oracle.biasGradient === undefined ? [] : [oracle.biasGradient]),
    ];
    expected.forEach((stored, i) =>
      assertAllClose(result[`d${i}`]!, fromFixture(stored), tolerance, `gradient ${i}`)
    );
  });
}

/** The inputs of a case; phases as in the generator. */
function inputsOf({ groups, height, width, kernel: kernelSize, cout, bias, output }: Case) {
  const sizes = groups.map((group) => {
    const up = "up" in group ? 2 : 1;
    return [height / up, width / up] as const;
  });
  const cin = groups.reduce((sum, { channels }) => sum + channels, 0);
  return {
    features: groups.map(({ channels }, i) =>
      formulaTensor([2, ...sizes[i]!, channels], { phase: i })
    ),
    validMasks: groups.map(({ masks }, i) => formulaMask(masks as MaskKind[], ...sizes[i]!)),
    kernel: formulaTensor([...kernelSize, cin, cout], { phase: 5 }),
    bias: bias ? formulaTensor([cout], { phase: 6 }) : undefined,
    dy: formulaTensor(output.shape, { phase: 7 }),
  };
}

/** One mask channel for each of `channels`. */
function repeat(mask: Values, channels: number): Values {
  return referenceConcat(new Array<Values>(channels).fill(mask));
}
