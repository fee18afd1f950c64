import assert from "node:assert/strict";
import {
  findVgg16Arrays,
  flipInputChannels,
  isVgg16Name,
  readVgg16Name,
} from "../../../../src/checkpoint/import/vgg16_arrays.ts";
import { vgg16Shapes } from "../../../../src/checkpoint/vgg16_file.ts";
import { WeightsError } from "../../../../src/errors.ts";
import { type Naming, vgg16As, vggBias, vggNumber } from "../../../support/vgg16_files.ts";

Deno.test("readVgg16Name() knows the names that PyTorch, Keras and Caffe conversions give", () => {
  const meanings: Record<string, string> = {
    "features.0.weight": "torchvision conv1_1 kernel",
    "features.14.bias": "torchvision conv3_3 bias",
    "module.vgg.features.7.weight": "torchvision conv2_2 kernel",
    "12.weight": "torchvision conv3_2 kernel",
    "conv1_2.weight": "caffe conv1_2 kernel",
    "net.conv3_1.bias": "caffe conv3_1 bias",
    "block1_conv1/block1_conv1_W_1:0": "keras conv1_1 kernel",
    "block3_conv2/block3_conv2_b_1:0": "keras conv3_2 bias",
    "block2_conv1/kernel:0": "keras conv2_1 kernel",
    "block2_conv1/block2_conv1/bias:0": "keras conv2_1 bias",
    "model_weights/block2_conv2/block2_conv2/kernel": "keras conv2_2 kernel",
    "vgg16/block3_conv3/bias:0": "keras conv3_3 bias",
    "layers/block1_conv1/vars/0": "keras conv1_1 kernel",
  };
  for (const [name, meaning] of Object.entries(meanings)) {
    const { naming, layer, part } = readVgg16Name(name) ?? {};
    assert.equal(`${naming} ${layer} ${part}`, meaning, name);
    assert.equal(isVgg16Name(name), true, name);
  }
});

Deno.test("readVgg16Name() leaves other arrays alone", () => {
  for (
    const name of [
      "features.1.weight",
      "features.17.weight",
      "classifier.0.weight",
      "features.0.weight_orig",
      "myfeatures0.weight",
      "block4_conv1/block4_conv1_W_1:0",
      "optimizer_weights/Adam/m/block1_conv1/kernel:0",
      "conv4_1.weight",
      "deconv1_1.weight",
      "conv1_1.running_mean",
    ]
  ) assert.equal(readVgg16Name(name), undefined, name);
});

for (const naming of ["torchvision", "features", "caffe", "keras", "old keras"] as const) {
  Deno.test(`findVgg16Arrays() finds and turns all fourteen arrays of ${naming} names`, () => {
    const others = new Map([["classifier.0.weight", { shape: [1], data: Float32Array.of(1) }]]);
    const { arrays, naming: found } = findVgg16Arrays(
      new Map([...others, ...vgg16As(naming)]),
      "a.pth",
    );
    assert.equal(
      found,
      { "features": "torchvision", "old keras": "keras" }[naming as string] ?? naming,
    );
    assert.deepEqual([...arrays.keys()].sort(), [...vgg16Shapes().keys()].sort());
    const kernel = arrays.get("conv2_1/kernel")!;
    for (const [y, x, i, o] of [[0, 0, 0, 0], [2, 1, 63, 5], [1, 2, 7, 127]] as const) {
      assert.equal(kernel[((y * 3 + x) * 64 + i) * 128 + o], vggNumber(2, { y, x, i, o }));
    }
    assert.equal(arrays.get("conv3_3/bias")![200], vggBias(6, 200));
  });
}

/** The message for a file of torchvision names after a change. */
function messageAfter(
  change: (arrays: ReturnType<typeof vgg16As>) => void,
  naming: Naming = "torchvision",
): string {
  const arrays = vgg16As(naming);
  change(arrays);
  try {
    findVgg16Arrays(arrays, "a.pth");
  } catch (error) {
    assert.ok(error instanceof WeightsError, String(error));
    return error.message;
  }
  return "accepted";
}

Deno.test("findVgg16Arrays() names everything that is wrong in one message", () => {
  const message = messageAfter((arrays) => {
    arrays.delete("features.5.bias");
    arrays.delete("features.14.weight");
    arrays.set("features.0.weight", { shape: [3, 3, 3, 64], data: new Float32Array(1728) });
    arrays.set("features.7.bias", { shape: [128], data: new Float32Array(128).fill(NaN) });
    arrays.set("net.features.2.bias", arrays.get("features.2.bias")!);
  });
  assert.equal(
    message,
    'Cannot use "a.pth" as VGG-16: conv1_2/bias is there as "features.2.bias" and "net.features.2.bias"; ' +
      "conv2_1/bias, conv3_3/kernel are missing; " +
      '"features.0.weight" is 3x3x3x64, must be 64x3x3x3; "features.7.bias" has numbers that are not finite',
  );
});

Deno.test("findVgg16Arrays() says so if no name is known", () => {
  assert.throws(
    () => findVgg16Arrays(new Map([["a", { shape: [1], data: Float32Array.of(1) }]]), "a.pth"),
    /^WeightsError: Cannot use "a\.pth" as VGG-16: none of its arrays has a name that is known/,
  );
});

Deno.test("findVgg16Arrays() tells VGG-19 apart, whose first convolutions look the same", () => {
  const kernel = { shape: [256, 256, 3, 3], data: new Float32Array(9 << 16) };
  const pattern = /: it has a fourth convolution at 256 channels$/;
  assert.match(messageAfter((arrays) => void arrays.set("features.16.weight", kernel)), pattern);
  assert.match(
    messageAfter((arrays) => void arrays.set("conv3_4.weight", kernel), "caffe"),
    pattern,
  );
  const turned = { ...kernel, shape: [3, 3, 256, 256] };
  assert.match(
    messageAfter(
      (arrays) => void arrays.set("block3_conv4/block3_conv4_W_1:0", turned),
      "old keras",
    ),
    pattern,
  );
  // In VGG-16 with batch norm, the place 16 is a convolution of other channels.
  const other = { shape: [256], data: new Float32Array(256) };
  assert.match(messageAfter((arrays) => void arrays.set("features.16.bias", other)), /^accepted$/);
  assert.equal(isVgg16Name("features.16.weight"), true);
});

Deno.test("flipInputChannels() swaps red and blue", () => {
  const kernel = Float32Array.from({ length: 9 * 3 * 64 }, (_, at) => at);
  const flipped = flipInputChannels(kernel);
  for (const [place, channel, o] of [[0, 0, 0], [4, 1, 63], [8, 2, 7]] as const) {
    assert.equal(flipped[(place * 3 + channel) * 64 + o], (place * 3 + (2 - channel)) * 64 + o);
  }
});
