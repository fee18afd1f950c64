import assert from "node:assert/strict";
import {
  isPconvName,
  PCONV_LAYOUTS,
  recognisePconvLayout,
} from "../../../../src/checkpoint/import/pconv_layouts.ts";

const [naoto, mmagic, keras] = PCONV_LAYOUTS;

const placed = (layout: typeof naoto, ...names: readonly string[]) =>
  layout!.place(names).names.map(({ layer, part }) => `${layer} ${part}`);

Deno.test("naoto0804's names, of both times, stand for layers of ours", () => {
  const names = [
    "enc_1.conv.input_conv.weight",
    "enc_3.conv.mask_conv.weight",
    "enc_3.bn.running_var",
    "dec_3.conv.conv2d.bias",
    "dec_1.conv.mask2d.bias",
    "module.dec_2.bn.weight",
    "enc_2.bn.num_batches_tracked",
    "enc_1.0.weight",
  ];
  assert.deepEqual(placed(naoto, ...names), [
    "encoder/1 kernel",
    "encoder/3 mask",
    "encoder/3 variance",
    // Its decoder counts levels from the finest.
    "decoder/1 bias",
    "decoder/3 mask bias",
    "decoder/2 gamma",
  ]);
  assert.deepEqual(names.map(naoto!.isName), [true, true, true, true, true, true, false, false]);
});

Deno.test("mmagic's names stand for layers of ours, within a generator or alone", () => {
  const names = [
    "generator.encoder.enc2.conv.weight",
    "generator.encoder.enc2.conv.weight_mask_updater",
    "encoder.enc1.conv.bias",
    "module.generator.decoder.dec2.bn.running_mean",
    "loss_percep.vgg.0.weight",
  ];
  assert.deepEqual(placed(mmagic, ...names), [
    "encoder/2 kernel",
    "encoder/2 mask",
    "encoder/1 bias",
    "decoder/1 mean",
  ]);
});

Deno.test("PConv-Keras' layers are counted by the order of their numbers", () => {
  const names = [
    "p_conv2d_12/p_conv2d_12/img_kernel:0",
    "p_conv2d_9/p_conv2d_9_1/bias:0",
    "model_weights/p_conv2d_10/p_conv2d_10/img_kernel:0",
    "model_1/p_conv2d_11/img_kernel:0",
    "EncBN1/EncBN1_1/moving_variance:0",
    "batch_normalization_40/batch_normalization_40/gamma:0",
    "outputs_img/outputs_img/kernel:0",
  ];
  assert.deepEqual(placed(keras, ...names), [
    "decoder/2 kernel",
    "encoder/1 bias",
    "encoder/2 kernel",
    "decoder/1 kernel",
    "encoder/2 variance",
    "decoder/1 gamma",
    "output kernel",
  ]);
  // tf.keras leaves the first number out.
  assert.deepEqual(placed(keras, "p_conv2d/img_kernel:0", "p_conv2d_1/img_kernel:0"), [
    "encoder/1 kernel",
    "decoder/1 kernel",
  ]);
  for (const name of ["optimizer_weights/p_conv2d_1/bias:0", "conv2d_1/kernel:0", "vgg16/x:0"]) {
    assert.equal(keras!.isName(name), false, name);
  }
});

Deno.test("recognisePconvLayout() goes by names, and isPconvName() by any of them", () => {
  assert.equal(recognisePconvLayout(["x", "enc_1.conv.conv2d.weight"])?.id, "naoto0804");
  assert.equal(recognisePconvLayout(["encoder.enc1.conv.weight"])?.id, "mmagic");
  assert.equal(recognisePconvLayout(["p_conv2d_1/p_conv2d_1/bias:0"])?.id, "pconv-keras");
  assert.equal(recognisePconvLayout(["features.0.weight", "encoder/1/kernel"]), undefined);
  assert.equal(isPconvName("encoder.enc1.conv.weight"), true);
  assert.equal(isPconvName("optimizer.state.0.exp_avg"), false);
});

Deno.test("kernelScale is what each layer divides by, at 7x7 of 3 channels", () => {
  // peers' own code: by the count of the window, not at all, by the channels.
  const scales = PCONV_LAYOUTS.map(({ kernelScale }) => kernelScale({ kernel: 7, cin: 3 }));
  assert.deepEqual(scales, [1 / 147, 1, 1 / 3]);
});
