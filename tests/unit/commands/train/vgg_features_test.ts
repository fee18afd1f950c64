import assert from "node:assert/strict";
import { join } from "node:path";
import { encodeVgg16 } from "../../../../src/checkpoint/vgg16_file.ts";
import {
  featureLosses,
  openVggFeatures,
  vggPath,
} from "../../../../src/commands/train/vgg_features.ts";
import { WeightsError } from "../../../../src/errors.ts";
import { pconvInitial } from "../../../../tasks/recipes/pconv_initial.ts";
import { reconstruction } from "../../../../tasks/recipes/reconstruction.ts";
import { useBackend } from "../../../support/for_each_backend.ts";
import { formulaVgg16 } from "../../../support/formula_vgg16.ts";
import { withTempDir } from "../../../support/temp_dir.ts";
import { toTensor } from "../../../support/evaluate.ts";
import { formulaTensor } from "../../../support/formula_tensor.ts";
import * as tf from "@tensorflow/tfjs";

Deno.test("featureLosses() names the losses that compare features", () => {
  assert.deepEqual(featureLosses(pconvInitial()), ["perceptual", "style-out", "style-comp"]);
  assert.deepEqual(featureLosses(reconstruction()), []);
});

Deno.test("vggPath() is the file named, else the user's", () => {
  assert.equal(vggPath("mine.safetensors"), "mine.safetensors");
  assert.match(vggPath(undefined), /vgg16\.safetensors$/);
});

Deno.test("openVggFeatures() reads nothing for a task without features", async () => {
  assert.equal(await openVggFeatures(reconstruction(), "/nowhere"), undefined);
});

Deno.test("openVggFeatures() without a file says for what, where and how to get it", async () => {
  await assert.rejects(openVggFeatures(pconvInitial(), "/nowhere/vgg"), (error: WeightsError) => {
    assert.ok(error instanceof WeightsError);
    assert.equal(
      error.message,
      "Cannot train with perceptual, style-out, style-comp: they need VGG-16 weights, there is no " +
        '"/nowhere/vgg"',
    );
    assert.match(error.hint ?? "", /weights fetch vgg16.*weights import vgg16 FILE.*--recipe/);
    return true;
  });
});

Deno.test("openVggFeatures() extracts pool1 to pool3 with the file's numbers", async () => {
  await useBackend("cpu");
  await withTempDir(async (folder) => {
    const path = join(folder, "vgg.safetensors");
    await Deno.writeFile(path, encodeVgg16(formulaVgg16(), { origin: "a test" }));
    const features = await openVggFeatures(pconvInitial(), path);
    const maps = tf.tidy(() => features!.extract(toTensor(formulaTensor([1, 8, 8, 3]))));
    assert.deepEqual(maps.map(({ shape }) => shape), [[1, 4, 4, 64], [1, 2, 2, 128], [
      1,
      1,
      1,
      256,
    ]]);
    tf.dispose(maps);
  });
});
