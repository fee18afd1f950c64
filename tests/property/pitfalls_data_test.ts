/**
 * Mistakes that are made with masks, commands and weights, by their number in the table of tests/README.md. Each test
 * computes the mistake too, where that can be, and shows that it would be seen.
 */
import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { exportNetwork, importNetwork } from "../../src/checkpoint/network_tensors.ts";
import type { NamedArray } from "../../src/checkpoint/safetensors.ts";
import { COMMANDS } from "../../src/cli/commands_table.ts";
import { binariseMask, type RawMask } from "../../src/data/raw_mask.ts";
import { rawMaskCropper } from "../../src/data/raw_mask_crop.ts";
import { WeightsError } from "../../src/errors.ts";
import { pconv } from "../../src/methods/pconv.ts";
import { disposeParameters } from "../../src/model/parameters.ts";
import { runUNet } from "../../src/model/pconv_unet.ts";
import { PRESETS } from "../../src/model/unet_config.ts";
import type { Random } from "../../src/random.ts";
import { engineOf } from "../support/engine_of.ts";
import { evaluate } from "../support/evaluate.ts";
import { cpuTest } from "../support/for_each_backend.ts";
import { formulaParameters } from "../support/tiny_run.ts";
import { makeTinyParameters, TINY_CONFIG } from "../support/tiny_weights.ts";

/** A training mask in which black is the hole. */
function rawMask(width: number, height: number, grey: (x: number, y: number) => number): RawMask {
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const level = grey(pixel % width, Math.floor(pixel / width));
    rgba.set([level, level, level, 255], pixel * 4);
  }
  return binariseMask({ width, height, rgba }, "black");
}

/** Draws these numbers: width of the brush, angle, place and translation for x, then for y. */
function scripted(...values: number[]): Random {
  return { uniform: () => values.shift()!, integer: () => NaN, normal: () => NaN };
}

Deno.test("pitfall 15: masks are made hard at 0.6, before anything else", () => {
  const { bits } = rawMask(8, 1, (x) => [0, 127, 128, 150, 153, 154, 204, 255][x]!);
  const holes = Array.from({ length: 8 }, (_, i) => (bits[0]! >> i) & 1);
  assert.deepEqual(holes, [1, 1, 1, 1, 1, 0, 0, 0]);
  assert.notDeepEqual(holes, [1, 1, 0, 0, 0, 0, 0, 0], "that would be the threshold 0.5");
});

Deno.test("pitfall 15: masks are widened before they are cropped", () => {
  // The window is columns 0 to 511. The hole begins at 515 and reaches back to 511 with a brush of 9.
  const mask = rawMask(700, 512, (x) => x >= 515 && x < 600 ? 0 : 255);
  const crop = rawMaskCropper(mask, { size: 512, dilate: [9, 9] })(
    scripted(0, 0, 0, 0.5, 0, 0.5),
  );
  const column = (x: number) => Array.from({ length: 512 }, (_, y) => crop[y * 512 + x]!);
  assert.ok(column(511).every((value) => value === 1));
  assert.ok(column(510).every((value) => value === 0));
  // Cropped first, there would be nothing to widen.
});

Deno.test("pitfall 15: what a turned mask brings in from outside is known, not hole", () => {
  const mask = rawMask(512, 512, () => 0);
  const options = { size: 512, dilate: [9, 9] as const };
  const turned = rawMaskCropper(mask, options)(scripted(0, 0.125, 0.5, 0.5, 0.5, 0.5));
  for (const corner of [0, 511, 511 * 512, 512 * 512 - 1]) assert.equal(turned[corner], 0);
  // The octagon has 0.828 of the square; OpenCV's black fill, hole in this polarity, would leave no pixel known.
  const share = turned.reduce((sum, value) => sum + value, 0) / turned.length;
  assert.ok(share > 0.8 && share < 0.86, `${share}`);
});

cpuTest(
  "pitfall 18: a picture of any size is widened by hole, not by invented pixels",
  async () => {
    const [width, height] = [13, 10];
    const parameters = makeTinyParameters();
    const rgb255 = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 37) % 256);
    const holeMask = Uint8Array.from(
      { length: width * height },
      (_, i) => i % width > 3 && i > 40 ? 1 : 0,
    );
    const engine = await engineOf(TINY_CONFIG, parameters);
    const method = pconv({ config: TINY_CONFIG, engine, context: 1, tile: 64 });
    const filled = await method.fill({ width, height, rgb255, holeMask });
    engine.close();
    /** What the network says of the picture on 16x16, where pixels outside of it come from `at`. */
    const widened = async (at: (position: number, length: number) => number | undefined) => {
      const features = new Float32Array(16 * 16 * 3);
      const validMask = new Float32Array(16 * 16);
      for (let i = 0; i < 256; i++) {
        const [x, y] = [at(i % 16, width), at(i >> 4, height)];
        if (x === undefined || y === undefined) continue;
        validMask[i] = 1 - holeMask[y * width + x]!;
        for (let c = 0; c < 3; c++) features[i * 3 + c] = rgb255[(y * width + x) * 3 + c]! / 255;
      }
      const { output } = await evaluate(() => ({
        output: runUNet(TINY_CONFIG, parameters, {
          features: tf.tensor4d(features, [1, 16, 16, 3]),
          validMask: tf.tensor4d(validMask, [1, 16, 16, 1]),
        }).output,
      }));
      return Array.from(filled, (_, i) => {
        const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
        const value = output.data[(y * 16 + x) * 3 + i % 3]!;
        return holeMask[y * width + x] === 1 ? Math.round(255 * value) : rgb255[i]!;
      });
    };
    const hole = await widened((position, length) => position < length ? position : undefined);
    const mirror = await widened((position, length) =>
      Math.min(position, 2 * length - 1 - position)
    );
    assert.deepEqual([...filled], hole);
    assert.ok(mirror.some((value, i) => Math.abs(value - hole[i]!) > 10));
    disposeParameters(parameters);
  },
);

Deno.test("pitfall 19: every command is run by a test of the program", async () => {
  let texts = "";
  const folder = new URL("../cli/", import.meta.url);
  for await (const { name } of Deno.readDir(folder)) {
    if (name.endsWith(".ts")) texts += await Deno.readTextFile(new URL(name, folder));
  }
  // As the words of a command line: "masks", "inspect" or "masks inspect photo.png".
  const isRun = (name: string) =>
    texts.includes(name.split(" ").map((word) => `"${word}"`).join(", ")) ||
    texts.includes(`"${name} `) || texts.includes(`\`${name} `);
  const missing = COMMANDS.map(({ name }) => name).filter((name) => !isRun(name));
  assert.deepEqual(missing, []);
  assert.ok(!isRun("masks paint"));
});

cpuTest("pitfall 20: weights that lack a tensor, or have one too many, are refused", async () => {
  const parameters = formulaParameters(PRESETS.tiny);
  const arrays = await exportNetwork(parameters);
  disposeParameters(parameters);
  const without = new Map(arrays);
  without.delete("encoder/2/batch_norm/mean");
  const spare: NamedArray = { shape: [1], data: new Float32Array(1) };
  const renamed = new Map(without).set("module.encoder/2/batch_norm/mean", spare);
  for (
    const [wrong, what] of [[without, /1 missing/], [renamed, /1 missing.*1 unexpected/]] as const
  ) {
    assert.throws(() => importNetwork(PRESETS.tiny, wrong, "w"), (error: Error) => {
      assert.ok(error instanceof WeightsError);
      assert.match(error.message, what);
      assert.match(error.message, /encoder\/2\/batch_norm\/mean/);
      return true;
    });
  }
});
