/**
 * Weights, checkpoints and the files of other frameworks.
 * @module
 */
import assert from "node:assert/strict";
import { openCpu } from "../../../src/backend/open_cpu.ts";
import {
  encodeCheckpoint,
  readCheckpoint,
  readMetadata,
} from "../../../src/checkpoint/checkpoint.ts";
import { readHdf5File } from "../../../src/checkpoint/import/hdf5_file.ts";
import { encodeForeignPconv, readForeignPconv } from "../../../src/checkpoint/import/pconv.ts";
import { readTorchFile } from "../../../src/checkpoint/import/torch_file.ts";
import { readForeignVgg16 } from "../../../src/checkpoint/import/vgg16.ts";
import { readNetworkFile } from "../../../src/checkpoint/network_file.ts";
import { encodeSafetensors, type NamedArray } from "../../../src/checkpoint/safetensors.ts";
import { listParameters } from "../../../src/model/list_parameters.ts";
import { makeMoments } from "../../../src/training/adam.ts";
import { resumeSettings } from "../../../src/commands/train/training_request.ts";
import { disposeTrainingState } from "../../../src/training/state.ts";
import { catalog } from "../../../tasks/mod.ts";
import evilFiles from "../../oracle/fixtures/evil_torch_files.json" with { type: "json" };
import hdf5Files from "../../oracle/fixtures/hdf5_files.json" with { type: "json" };
import torchFiles from "../../oracle/fixtures/torch_files.json" with { type: "json" };
import { type ForeignArray, makeHdf5, makeTorchZip } from "../../support/foreign_bytes.ts";
import { kerasArrays, naotoArrays } from "../../support/foreign_pconv.ts";
import { makeTinyParameters, TINY_CONFIG, tinyWeights } from "../../support/tiny_weights.ts";
import { PICKLE_MUTATIONS, ZIP_MUTATIONS } from "../mutate/archives.ts";
import { SAFETENSORS_MUTATIONS } from "../mutate/json.ts";
import type { Kind, Seed } from "./kind.ts";

/** What every user of arrays counts on. */
function checkArrays(arrays: ReadonlyMap<string, NamedArray>): void {
  for (const [name, { shape, data }] of arrays) {
    assert.equal(data.length, shape.reduce((product, side) => product * side, 1), name);
  }
}

/** First layers of VGG-16 by the names of torchvision or Keras; not all that a training needs. */
function vggArrays(names: readonly [kernel: string, bias: string], shape: readonly number[]) {
  const values = (count: number) => Float32Array.from({ length: count }, (_, i) => i / 1000);
  const kernel = { shape, data: values(shape.reduce((a, b) => a * b, 1)) };
  const bias = { shape: [64], data: values(64) };
  return new Map<string, ForeignArray>([[names[0], kernel], [names[1], bias]]);
}

/** A checkpoint after one step, by formulas. */
async function checkpointBytes(): Promise<Uint8Array> {
  await openCpu();
  const parameters = makeTinyParameters();
  const optimizer = new Map(
    listParameters(TINY_CONFIG).map(({ path, shape }) => {
      const moments = makeMoments([...shape]);
      moments.updates = 1;
      return [path, moments] as const;
    }),
  );
  const state = {
    config: TINY_CONFIG,
    parameters,
    optimizer,
    step: 1,
    lossSums: { hole: { sum: 1, steps: 1 } },
  };
  try {
    return await encodeCheckpoint({
      state,
      run: JSON.stringify({
        recipe: "reconstruction",
        ...{ preset: "tiny", base: "pyramid", steps: 10, images: "photos", size: 32, batch: 4 },
        ...{ losses: { hole: { weight: 3 } }, freezes: [], maskRatio: [0.1, 0.3] },
      }),
      best: { step: 1, holePsnr: 20 },
      data: { images: { count: 2, sha256: "ab" } },
    });
  } finally {
    disposeTrainingState(state);
  }
}

/** Kinds of files that hold numbers. */
export const WEIGHTS_KINDS: readonly Kind[] = [
  {
    name: "weights",
    ending: "safetensors",
    mutations: SAFETENSORS_MUTATIONS,
    seeds: async () => [{ name: "tiny", bytes: await tinyWeights() }],
    read: async (_bytes, path) => checkArrays((await readNetworkFile(path)).arrays),
  },
  {
    name: "checkpoint",
    ending: "safetensors",
    mutations: SAFETENSORS_MUTATIONS,
    seeds: async () => [{ name: "one step", bytes: await checkpointBytes() }],
    read: async (_bytes, path) => {
      await readMetadata(path);
      const { state, run } = await readCheckpoint(path);
      disposeTrainingState(state);
      resumeSettings(catalog, run, {});
    },
  },
  {
    name: "torch",
    ending: "pth",
    mutations: [...ZIP_MUTATIONS, ...PICKLE_MUTATIONS],
    seeds: () => {
      const files = torchFiles.cases.flatMap(({ name, files }) =>
        Object.entries(files).map(([kind, file]): Seed => ({
          name: `${name}, ${kind}`,
          bytes: Uint8Array.fromBase64(file),
        }))
      );
      const evil = evilFiles.cases.map(({ name, file }): Seed => ({
        name: `evil: ${name}`,
        bytes: Uint8Array.fromBase64(file),
        isRefused: true,
      }));
      return Promise.resolve([...files, ...evil]);
    },
    read: async (bytes, path) => checkArrays(await readTorchFile(bytes, { name: path })),
  },
  {
    name: "hdf5",
    ending: "h5",
    mutations: [],
    seeds: () =>
      Promise.resolve(hdf5Files.cases.map(({ name, file }): Seed => ({
        name,
        bytes: Uint8Array.fromBase64(file),
      }))),
    read: async (bytes, path) => checkArrays(await readHdf5File(bytes, { name: path })),
  },
  {
    // Whole files have 7 MB; these hold the first layer, so the best that can happen is to be told what is missing.
    name: "vgg16",
    ending: "pth",
    mutations: [...ZIP_MUTATIONS, ...SAFETENSORS_MUTATIONS],
    seeds: async () => {
      const torch = vggArrays(["features.0.weight", "features.0.bias"], [64, 3, 3, 3]);
      const keras = vggArrays(
        ["block1_conv1/block1_conv1/kernel:0", "block1_conv1/block1_conv1/bias:0"],
        [3, 3, 3, 64],
      );
      const files = {
        torch: await makeTorchZip(torch),
        hdf5: await makeHdf5(keras),
        safetensors: encodeSafetensors(torch, { convention: "caffe" }),
      };
      return Object.entries(files).map(([name, bytes]) => ({ name, bytes, isRefused: true }));
    },
    read: async (_bytes, path) => void await readForeignVgg16(path),
  },
  {
    name: "pconv",
    ending: "pth",
    mutations: [...ZIP_MUTATIONS, ...SAFETENSORS_MUTATIONS],
    seeds: async () => [
      { name: "naoto0804, torch", bytes: await makeTorchZip(naotoArrays()) },
      { name: "naoto0804, safetensors", bytes: encodeSafetensors(naotoArrays()) },
      { name: "Keras, hdf5", bytes: await makeHdf5(kerasArrays()) },
    ],
    read: async (_bytes, path) => void encodeForeignPconv(await readForeignPconv(path)),
  },
];
