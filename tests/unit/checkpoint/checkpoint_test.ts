import assert from "node:assert/strict";
import { join } from "node:path";
import { readCheckpoint, writeCheckpoint } from "../../../src/checkpoint/checkpoint.ts";
import { encodeSafetensors, type NamedArray } from "../../../src/checkpoint/safetensors.ts";
import { readWeights } from "../../../src/checkpoint/weights_file.ts";
import { WeightsError } from "../../../src/errors.ts";
import { PRESETS } from "../../../src/model/unet_config.ts";
import { makeMoments } from "../../../src/training/adam.ts";
import { disposeTrainingState } from "../../../src/training/state.ts";
import { cpuTest, useBackend } from "../../support/for_each_backend.ts";
import { withTempDir } from "../../support/temp_dir.ts";
import { formulaState } from "../../support/tiny_run.ts";

// That a state comes back to the bit is in tests/recipe/resume_test.ts.

/** Writes a checkpoint with one pair of moments and hands its parts to the test, which may break them. */
async function withParts(
  body: (parts: { tensors: Map<string, NamedArray>; metadata: Record<string, string> }) => void,
  check: (path: string) => Promise<void>,
): Promise<void> {
  await useBackend("cpu");
  await withTempDir(async (folder) => {
    const path = join(folder, "checkpoint.safetensors");
    const state = formulaState(PRESETS.tiny);
    state.optimizer.set("encoder/1/bias", makeMoments([4]));
    await writeCheckpoint(path, { state, run: "{}" });
    disposeTrainingState(state);
    const { tensors, metadata } = await readWeights(path);
    const parts = { tensors: new Map(tensors), metadata: { ...metadata } };
    body(parts);
    await Deno.writeFile(path, encodeSafetensors(parts.tensors, parts.metadata));
    await check(path);
  });
}

cpuTest(
  "writeCheckpoint() names tensors and facts in a fixed way",
  () =>
    withParts(({ tensors, metadata }) => {
      assert.deepEqual(Object.keys(metadata).sort(), [
        "format",
        "network",
        "run",
        "step",
        "updates",
      ]);
      assert.equal(metadata["format"], "pconv-checkpoint-1");
      assert.equal(metadata["updates"], '{"encoder/1/bias":0}');
      assert.ok(tensors.has("network/encoder/1/kernel"));
      assert.ok(tensors.has("network/encoder/2/batch_norm/variance"));
      assert.ok(tensors.has("adam/first/encoder/1/bias"));
      assert.ok(tensors.has("adam/second/encoder/1/bias"));
    }, async () => {}),
);

interface Refusal {
  readonly what: string;
  readonly change: (parts: {
    tensors: Map<string, NamedArray>;
    metadata: Record<string, string>;
  }) => void;
  readonly message: (path: string) => string;
}

const REFUSALS: readonly Refusal[] = [
  {
    what: "a file of another kind",
    change: ({ metadata }) => metadata["format"] = "pconv-weights-1",
    message: (path) =>
      `Cannot resume from "${path}": format is "pconv-weights-1", must be "pconv-checkpoint-1"`,
  },
  {
    what: "a file that says nothing about itself",
    change: ({ metadata }) => delete metadata["format"],
    message: (path) =>
      `Cannot resume from "${path}": format is undefined, must be "pconv-checkpoint-1"`,
  },
  {
    what: "a step that is no count",
    change: ({ metadata }) => metadata["step"] = "-1",
    message: (path) => `Cannot resume from "${path}": step is "-1"`,
  },
  {
    what: "update counts that are not JSON",
    change: ({ metadata }) => metadata["updates"] = "{",
    message: (path) => `Cannot resume from "${path}": the update counts are not JSON`,
  },
  {
    what: "moments of a parameter that the network lacks",
    change: ({ metadata }) => metadata["updates"] = '{"encoder/9/bias":1}',
    message: (path) =>
      `Cannot resume from "${path}": moments of "encoder/9/bias" do not fit the network`,
  },
  {
    what: "half of the moments of a parameter",
    change: ({ tensors }) => tensors.delete("adam/second/encoder/1/bias"),
    message: (path) =>
      `Cannot resume from "${path}": moments of "encoder/1/bias" do not fit the network`,
  },
  {
    what: "a network without one of its tensors",
    change: ({ tensors }) => tensors.delete("network/decoder/3/bias"),
    message: (path) => `Cannot use weights "${path}": of 24 tensors, 1 missing ("decoder/3/bias")`,
  },
];

for (const { what, change, message } of REFUSALS) {
  Deno.test(`readCheckpoint() refuses ${what}`, () =>
    withParts(change, (path) =>
      assert.rejects(readCheckpoint(path), (error: Error) => {
        assert.ok(error instanceof WeightsError, error.stack);
        assert.equal(error.message, message(path));
        return true;
      })));
}

Deno.test("readCheckpoint() says that a file does not exist", () =>
  assert.rejects(readCheckpoint("/absent/checkpoint.safetensors"), {
    name: "WeightsError",
    message: 'Cannot read weights "/absent/checkpoint.safetensors": file does not exist',
  }));
