import assert from "node:assert/strict";
import { convertPconv } from "../../../../src/checkpoint/import/pconv_arrays.ts";
import { PCONV_LAYOUTS } from "../../../../src/checkpoint/import/pconv_layouts.ts";
import { expectedShapes } from "../../../../src/checkpoint/network_file.ts";
import { WeightsError } from "../../../../src/errors.ts";
import type { ForeignArray } from "../../../support/foreign_bytes.ts";
import { kerasArrays, naotoArrays, someNumbers } from "../../../support/foreign_pconv.ts";

// What the networks compute is compared with PyTorch in tests/oracle/pconv_imports_test.ts.

const [naoto, mmagic, keras] = PCONV_LAYOUTS;

Deno.test("convertPconv() gives exactly the arrays of the config that it gives", () => {
  for (const [layout, arrays] of [[naoto!, naotoArrays()], [keras!, kerasArrays()]] as const) {
    const found = convertPconv(layout, arrays, "a file");
    const shapes = [...found.arrays].map(([path, { shape }]) => [path, shape] as const);
    assert.deepEqual(new Map(shapes), expectedShapes(found.config));
  }
  const { config } = convertPconv(naoto!, naotoArrays(), "a file");
  assert.deepEqual(config, {
    encoder: [{ kernel: 7, channels: 2 }, { kernel: 5, channels: 3 }],
    base: "none",
    normalisation: "batch",
    range: "imagenet",
  });
  assert.equal(convertPconv(keras!, kerasArrays(), "a file").config.normalisation, "none");
});

Deno.test("convertPconv() takes a bias before batch norm off the running mean", () => {
  const arrays = naotoArrays();
  arrays.set("enc_2.conv.input_conv.bias", { shape: [3], data: Float32Array.of(1, 2, -4) });
  arrays.set("enc_2.bn.running_mean", { shape: [3], data: Float32Array.of(0.5, 0.5, 0.5) });
  const found = convertPconv(naoto!, arrays, "a file").arrays;
  assert.deepEqual([...found.get("encoder/2/batch_norm/mean")!.data], [-0.5, -1.5, 4.5]);
  assert.equal(found.has("encoder/2/bias"), false);
  // None of its own: zeros.
  assert.deepEqual([...found.get("encoder/1/bias")!.data], [0, 0]);
});

Deno.test("convertPconv() puts the difference of the epsilons onto the variance", () => {
  const arrays = kerasArrays();
  arrays.clear();
  for (const [index, [cin, cout, side]] of [[3, 2, 7], [2, 2, 5], [4, 2, 3], [5, 3, 3]].entries()) {
    const layer = `p_conv2d_${index + 1}`;
    arrays.set(`${layer}/${layer}/img_kernel:0`, someNumbers(side!, side!, cin!, cout!));
    arrays.set(`${layer}/${layer}/bias:0`, someNumbers(cout!));
  }
  for (const layer of ["EncBN1", "batch_normalization_1"]) {
    for (const part of ["gamma", "beta", "moving_mean", "moving_variance"]) {
      arrays.set(`${layer}/${layer}/${part}:0`, { shape: [2], data: Float32Array.of(1, 0) });
    }
  }
  for (const [name, array] of kerasArrays()) if (name.startsWith("out")) arrays.set(name, array);
  const found = convertPconv(keras!, arrays, "a file").arrays;
  // By hand: Keras' 1e-3 less our 1e-5.
  const expected = [Math.fround(1.00099), Math.fround(0.00099)];
  assert.deepEqual([...found.get("encoder/2/batch_norm/variance")!.data], expected);
  assert.deepEqual([...found.get("decoder/1/batch_norm/variance")!.data], expected);
});

type Spoil = (arrays: Map<string, ForeignArray>) => void;

const put = (name: string, array: ForeignArray): Spoil => (arrays) => void arrays.set(name, array);

const REFUSALS: readonly (readonly [what: string, spoil: Spoil, problem: RegExp])[] = [
  [
    "a missing kernel",
    (arrays) => arrays.delete("dec_2.conv.input_conv.weight"),
    /decoder\/1 has no kernel$/,
  ],
  [
    "a missing part of batch norm",
    (arrays) => arrays.delete("enc_2.bn.running_var"),
    /encoder\/2 has no variance$/,
  ],
  [
    "batch norm in the first layer",
    put("enc_1.bn.weight", someNumbers(2)),
    /encoder\/1 has batch norm, must have none$/,
  ],
  [
    "another number of channels",
    put("dec_2.conv.input_conv.weight", someNumbers(2, 6, 3, 3)),
    /"dec_2\.conv\.input_conv\.weight" is 2x6x3x3, must be 2x5x3x3$/,
  ],
  [
    "an even kernel",
    put("enc_2.conv.input_conv.weight", someNumbers(3, 2, 4, 4)),
    /encoder\/2 has 3 kernels of side 4, must be some of odd side$/,
  ],
  [
    "masks of one channel",
    put("enc_1.conv.mask_conv.weight", someNumbers(1, 1, 7, 7)),
    /masks of encoder\/1 have one channel, must be as many as the features'$/,
  ],
  [
    "masks that are no ones",
    put("enc_1.conv.mask_conv.weight", someNumbers(2, 3, 7, 7)),
    /"enc_1\.conv\.mask_conv\.weight" must be ones, is not$/,
  ],
  [
    "a mask with a bias",
    put("enc_1.conv.mask_conv.bias", someNumbers(2)),
    /"enc_1\.conv\.mask_conv\.bias" must be zeros, is not$/,
  ],
  [
    "a negative variance",
    put("enc_2.bn.running_var", { shape: [3], data: Float32Array.of(1, -1, 1) }),
    /encoder\/2 has a variance below 0$/,
  ],
  [
    "numbers that are not finite",
    put("enc_2.bn.weight", { shape: [3], data: Float32Array.of(1, NaN, 1) }),
    /encoder\/2\/batch_norm\/gamma has numbers that are not finite$/,
  ],
  [
    "a number twice",
    put("enc_1.conv.conv2d.weight", someNumbers(2, 3, 7, 7)),
    /"enc_1\.conv\.input_conv\.weight" and "enc_1\.conv\.conv2d\.weight" are the same$/,
  ],
  [
    "a layer that does not fit",
    put("dec_4.conv.input_conv.weight", someNumbers(2, 2, 3, 3)),
    /it has decoder\/-1, which the others do not fit$/,
  ],
  [
    "thousands of levels",
    put("enc_9999.conv.input_conv.weight", someNumbers(1)),
    /it has 9999 levels, must have 1 to 12$/,
  ],
  [
    "a kernel of a billion channels and no numbers",
    put("enc_2.conv.input_conv.weight", { shape: [1e9, 0, 5, 5], data: new Float32Array() }),
    /"enc_2\.conv\.input_conv\.weight" has no numbers$/,
  ],
  [
    "a kernel without axes",
    put("enc_2.conv.input_conv.weight", someNumbers(3)),
    /encoder\/2 has 3 kernels of side 0, must be some of odd side$/,
  ],
];

for (const [what, spoil, problem] of REFUSALS) {
  Deno.test(`convertPconv() refuses ${what}`, () => {
    const arrays = naotoArrays();
    spoil(arrays);
    assert.throws(() => convertPconv(naoto!, arrays, "a file"), (error: Error) => {
      assert.ok(error instanceof WeightsError);
      assert.match(error.message, /^Cannot use "a file" as a network of naoto0804/);
      assert.match(error.message, problem);
      return true;
    });
  });
}

Deno.test("convertPconv() names the first of many faults and counts the others", () => {
  const arrays = new Map([...naotoArrays()].map(([name]) => [name, someNumbers(9, 9, 9, 9)]));
  arrays.set("enc_1.conv.input_conv.weight", someNumbers(2, 3, 7, 7));
  arrays.set("enc_2.conv.input_conv.weight", someNumbers(3, 2, 5, 5));
  assert.throws(() => convertPconv(naoto!, arrays, "a file"), /(; .*){5}; and \d+ more$/);
});

Deno.test("convertPconv() refuses a file of one side only", () => {
  const arrays = new Map([["encoder.enc1.conv.weight", someNumbers(2, 3, 7, 7)]]);
  assert.throws(() => convertPconv(mmagic!, arrays, "a file"), /decoder\/1 has no kernel$/);
});
