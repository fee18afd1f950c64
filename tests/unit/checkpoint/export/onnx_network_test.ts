import assert from "node:assert/strict";
import { encodeOnnx } from "../../../../src/checkpoint/export/onnx_network.ts";
import { openCpuEngine } from "../../../../src/engine/cpu/open_cpu_engine.ts";
import { imageEnds } from "../../../../src/engine/image_ends.ts";
import { formatUNetConfig, PRESETS, type UNetConfig } from "../../../../src/model/unet_config.ts";
import { assertAllClose } from "../../../support/assert_all_close.ts";
import { makeHoledPicture } from "../../../support/holed_picture.ts";
import { makeRandomNetwork } from "../../../support/random_network.ts";
import { type OnnxTensor, readOnnx } from "../../../support/read_onnx.ts";
import { runOnnx } from "../../../support/run_onnx.ts";

// The engine is compared with PyTorch elsewhere. onnxruntime 1.30 gave the same as it on all of these and on
// pconv-lite, to 4e-6 of values up to 9; onnx.checker passed the files.

const CONFIGS: readonly (readonly [name: string, UNetConfig])[] = [
  ["tiny", PRESETS.tiny],
  ["over a base, without batch norm", { ...PRESETS.tiny, base: "pyramid", normalisation: "none" }],
  ["over a base, with batch norm", { ...PRESETS.tiny, base: "pyramid" }],
  ["typical convolutions", {
    ...PRESETS.tiny,
    convolution: "typical",
    holeValue: "imagenet-mean",
  }],
  ["ImageNet's range", { ...PRESETS.tiny, range: "imagenet" }],
  ["an output head", { ...PRESETS.tiny, outputHead: "sigmoid" }],
];

/** `[h, w, c]` as `[1, c, h, w]`. */
function planes(pixels: ArrayLike<number>, height: number, width: number): OnnxTensor {
  const area = height * width;
  const channels = pixels.length / area;
  const data = Float64Array.from(
    pixels,
    (_, i) => pixels[(i % area) * channels + Math.floor(i / area)]!,
  );
  return { shape: [1, channels, height, width], data };
}

for (const [name, config] of CONFIGS) {
  Deno.test(`encodeOnnx() writes a graph that computes what the engine does: ${name}`, async () => {
    const arrays = makeRandomNetwork(config);
    const model = readOnnx(encodeOnnx({ config, arrays, metadata: { licence: "none" } }));
    // 24 is halved to 12, 6, 3, 2, 1: an odd size too. In the second picture nothing is known at all.
    const [height, width] = [24, 40];
    const some = makeHoledPicture({ height, width });
    const none = makeHoledPicture({ height, width, seed: 2, isHole: () => true });
    const engine = imageEnds({ config, arrays })(
      await openCpuEngine({ config, arrays, threads: 1 }),
    );
    const outputs = await engine.run([some, none]);
    engine.close();
    [some, none].forEach(({ rgb01, validMask }, index) => {
      const image = planes(rgb01, height, width);
      const mask = planes(validMask.map((valid) => 1 - valid), height, width);
      const values = runOnnx(model, new Map([["image", image], ["mask", mask]]));
      const output = planes(outputs[index]!, height, width);
      // Measured 3.6e-6 of values up to 9, and 2.1e-6: the float32 of the engine.
      assertAllClose(values.get("output")!, output, { rtol: 0, atol: 7e-6 }, "output");
      const composite = output.data.map((value, i) =>
        mask.data[i % (height * width)] === 1 ? Math.min(Math.max(value, 0), 1) : image.data[i]!
      );
      const expected = { shape: image.shape, data: composite };
      assertAllClose(values.get("composite")!, expected, { rtol: 0, atol: 4e-6 }, "composite");
    });
  });
}

Deno.test("encodeOnnx() says what goes in and out and what the network is", () => {
  const config = PRESETS.tiny;
  const arrays = makeRandomNetwork(config);
  const model = readOnnx(encodeOnnx({ config, arrays, metadata: { licence: "MIT" } }));
  assert.equal(model.opset, 13);
  assert.deepEqual(model.inputs, [
    "image [batch, 3, height, width]",
    "mask [batch, 1, height, width]",
  ]);
  assert.deepEqual(model.outputs, [
    "composite [batch, 3, height, width]",
    "output [batch, 3, height, width]",
  ]);
  assert.deepEqual(
    model.metadata,
    new Map([["network", formatUNetConfig(config)], ["size_multiple", "8"], ["licence", "MIT"]]),
  );
});
