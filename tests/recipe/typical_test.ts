/**
 * A network of typical convolutions, the paper's "Conv", from its training to a filled picture.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { readCheckpoint, writeCheckpoint } from "../../src/checkpoint/checkpoint.ts";
import { encodeWeights, readNetwork } from "../../src/checkpoint/weights.ts";
import { pconv } from "../../src/methods/pconv.ts";
import { disposeParameters, initializeParameters } from "../../src/model/parameters.ts";
import { PRESETS, type UNetConfig } from "../../src/model/unet_config.ts";
import { createRandom } from "../../src/random.ts";
import { train } from "../../src/training/loop.ts";
import { disposeTrainingState, type TrainingState } from "../../src/training/state.ts";
import { conv } from "../../tasks/recipes/pconv_initial.ts";
import { cpuTest } from "../support/for_each_backend.ts";
import { engineOf } from "../support/engine_of.ts";
import { runSmallVgg } from "../support/formula_vgg.ts";
import { withTempDir } from "../support/temp_dir.ts";
import { drawBatch, PICTURE } from "./samples.ts";
import { snapshot } from "./snapshot.ts";

const CROPS = { seed: 5, batchSize: 2, size: 16 } as const;
const CONFIG: UNetConfig = {
  ...PRESETS.tiny,
  convolution: "typical",
  holeValue: "imagenet-mean",
};

async function trainTwo(): Promise<{ state: TrainingState; losses: number[] }> {
  const parameters = initializeParameters(CONFIG, createRandom(CROPS.seed));
  const state: TrainingState = { config: CONFIG, parameters, optimizer: new Map(), step: 0 };
  const reports = train(conv({ steps: 2 }), state, {
    batch: (step) => drawBatch(step, CROPS),
    size: CROPS.size,
    reportEvery: 1,
    extractFeatures: runSmallVgg,
  });
  const losses = (await Array.fromAsync(reports)).map(({ total }) => total);
  return { state, losses };
}

cpuTest(
  "checkpoints and weights know typical convolutions and their hole value",
  () =>
    withTempDir(async (folder) => {
      const { state, losses } = await trainTwo();
      assert.equal(losses.length, 2);
      const checkpoint = join(folder, "checkpoint.safetensors");
      await writeCheckpoint(checkpoint, { state, run: "{}" });
      const resumed = (await readCheckpoint(checkpoint)).state;
      assert.deepEqual(resumed.config, CONFIG);
      assert.deepEqual(await snapshot(resumed), await snapshot(state));
      const weights = join(folder, "weights.safetensors");
      const notes = { recipe: "conv", steps: 2, data: "d", licence: "l", commit: "c" };
      await Deno.writeFile(weights, await encodeWeights(CONFIG, state.parameters, notes));
      const { config, parameters } = await readNetwork(weights);
      assert.deepEqual(config, CONFIG);
      disposeParameters(parameters);
      for (const each of [state, resumed]) disposeTrainingState(each);
    }),
);

cpuTest(
  "pconv() fills holes with a network of typical convolutions, and nothing else",
  async () => {
    const { state: { parameters, optimizer, ...rest } } = await trainTwo();
    const { width, height } = PICTURE;
    const holeMask = new Uint8Array(width * height);
    // One hole inside and one at the right border, where the picture is widened to a multiple of 8.
    for (let y = 10; y < 30; y++) {
      for (let x = 0; x < width; x++) if ((x > 8 && x < 25) || x > 50) holeMask[y * width + x] = 1;
    }
    const fill = async (config: UNetConfig, inHole: number, tile = 4096) => {
      const rgb255 = PICTURE.rgb255.map((value, i) =>
        holeMask[Math.floor(i / 3)] === 1 ? inHole : value
      );
      const engine = await engineOf(config, parameters);
      const method = pconv({ config, engine, context: "auto", tile });
      const filled = await method.fill({ width, height, rgb255, holeMask });
      engine.close();
      return filled;
    };
    const filled = await fill(CONFIG, 0);
    for (let i = 0; i < filled.length; i++) {
      if (holeMask[Math.floor(i / 3)] === 0) assert.equal(filled[i], PICTURE.rgb255[i]);
    }
    // What lies under the hole never matters, the hole value does; so does the kind of convolution.
    assert.deepEqual(await fill(CONFIG, 255), filled);
    assert.notDeepEqual(await fill({ ...CONFIG, holeValue: "grey" }, 0), filled);
    assert.notDeepEqual(await fill(PRESETS.tiny, 0), filled);
    // Tiles of 16 pixels: the same path.
    const tiled = await fill(CONFIG, 0, 16);
    assert.deepEqual(await fill(CONFIG, 255, 16), tiled);
    disposeTrainingState({ ...rest, parameters, optimizer });
  },
);
