import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { openClassifier } from "../../../src/checkpoint/classifier_file.ts";
import { encodeSafetensors } from "../../../src/checkpoint/safetensors.ts";
import type { InputRange } from "../../../src/model/pixel_scale.ts";
import { ALEXNET } from "../../../src/model/torchvision_layouts.ts";
import { assertAllClose } from "../../support/assert_all_close.ts";
import { makeTorchZip } from "../../support/foreign_bytes.ts";
import { cpuTest } from "../../support/for_each_backend.ts";
import { formulaChain, judgePicture } from "../../support/formula_chain.ts";
import { withTempDir } from "../../support/temp_dir.ts";
import {
  TINY_INPUT,
  tinyPicture,
  tinyPosterior,
  writeTinyGraph,
  writeTinyLayers,
} from "../../support/tiny_tfjs_model.ts";

const ALEX = { widths: [2, 3, 2, 3, 2], outputs: [3, 2, 4] };
const SIZE = { width: 224, height: 224 };

// Measured, relative: 2.1e-7.
const POSTERIOR = { rtol: 4e-7, atol: 0 };

cpuTest(
  "openClassifier() opens both formats of tfjs, by folder or file, in the range told",
  async () => {
    for (const write of [writeTinyLayers, writeTinyGraph]) {
      await withTempDir(async (folder) => {
        await Deno.mkdir(`${folder}/tiny`);
        await write(`${folder}/tiny`);
        // Level 51 is a fifth of 255.
        for (
          const [range, colour] of [
            [undefined, [-0.6, 1, -1]],
            ["zero-one", [0.2, 1, 0]],
          ] as readonly (readonly [InputRange | undefined, number[]])[]
        ) {
          const path = range === undefined ? `${folder}/tiny` : `${folder}/tiny/model.json`;
          const classifier = await openClassifier(path, range === undefined ? {} : { range });
          assert.equal(classifier.name, "tiny/model.json");
          assert.deepEqual([classifier.classes, classifier.inputSize], [3, TINY_INPUT]);
          assert.equal(classifier.range, range ?? "minus-one-one");
          assert.equal(classifier.note, undefined);
          const before = tf.memory().numTensors;
          const actual = await classifier.classify(tinyPicture([51, 255, 0]), TINY_INPUT);
          assert.equal(tf.memory().numTensors, before);
          const expected = { shape: [3], data: tinyPosterior(colour) };
          assertAllClose(
            { shape: [3], data: actual },
            expected,
            POSTERIOR,
            `${write.name} ${range}`,
          );
          classifier.dispose();
        }
      });
    }
  },
);

cpuTest("openClassifier() applies softmax to a model that ends without", async () => {
  await withTempDir(async (folder) => {
    await writeTinyLayers(folder, { activation: "linear" });
    const classifier = await openClassifier(folder);
    assert.match(classifier.note!, /^Outputs of .*model\.json are no probabilities/);
    const actual = await classifier.classify(tinyPicture([255, 255, 0]), TINY_INPUT);
    const expected = { shape: [3], data: tinyPosterior([1, 1, -1]) };
    assertAllClose({ shape: [3], data: actual }, expected, POSTERIOR, "logits");
    classifier.dispose();
  });
});

cpuTest("openClassifier() opens torchvision's networks, of both formats alike", async () => {
  await withTempDir(async (folder) => {
    const arrays = formulaChain(ALEXNET, ALEX);
    const posteriors: Float32Array[] = [];
    for (const bytes of [encodeSafetensors(arrays), await makeTorchZip(arrays)]) {
      await Deno.writeFile(`${folder}/net.bin`, bytes);
      const classifier = await openClassifier(`${folder}/net.bin`);
      const { name, classes, inputSize, range, note } = classifier;
      assert.deepEqual([name, classes, inputSize, range], [
        "net.bin (AlexNet)",
        4,
        SIZE,
        "imagenet",
      ]);
      assert.match(note!, /^Outputs of net\.bin \(AlexNet\) are no probabilities/);
      const before = tf.memory().numTensors;
      posteriors.push(await classifier.classify(judgePicture(SIZE), SIZE));
      assert.equal(tf.memory().numTensors, before);
      classifier.dispose();
    }
    assert.deepEqual(posteriors[0], posteriors[1]);
    // Four numbers below 1 are rounded by at most 3e-8 each.
    const sum = posteriors[0]!.reduce((a, b) => a + b, 0);
    assert.ok(Math.abs(sum - 1) < 1.2e-7);
    // Another range is another posterior.
    const other = await openClassifier(`${folder}/net.bin`, { range: "zero-one" });
    assert.notDeepEqual(await other.classify(judgePicture(SIZE), SIZE), posteriors[0]);
    other.dispose();
  });
});

Deno.test("openClassifier() refuses what is not there or something else", async () => {
  await withTempDir(async (folder) => {
    const refused = async (path: string, message: string) => {
      await assert.rejects(openClassifier(path), { name: "WeightsError", message });
    };
    await refused(
      `${folder}/none`,
      `Cannot read classifier "${folder}/none": it does not exist`,
    );
    await refused(folder, `Cannot read classifier "${folder}/model.json": it does not exist`);
    await Deno.writeTextFile(`${folder}/x.json`, "{}");
    await refused(
      `${folder}/x.json`,
      `Cannot read model "${folder}/x.json": it has no "modelTopology" and "weightsManifest", ` +
        "must be a model.json of tfjs",
    );
    await Deno.writeTextFile(`${folder}/empty`, "");
    await refused(`${folder}/empty`, `Cannot read weights "${folder}/empty": file is empty`);
    await Deno.writeFile(`${folder}/other`, encodeSafetensors(new Map()));
    await refused(
      `${folder}/other`,
      `Cannot use "${folder}/other" as a classifier: no array is called features.N.weight, must ` +
        "be those of AlexNet (0, 3, 6, 8, 10) or " +
        "VGG-16 (0, 2, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28)",
    );
  });
});
