import assert from "node:assert/strict";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import {
  encodeCheckpoint,
  readCheckpoint,
  readMetadata,
  writeCheckpoint,
} from "../../../src/checkpoint/checkpoint.ts";
import { encodeSafetensors, type NamedArray } from "../../../src/checkpoint/safetensors.ts";
import { readWeights } from "../../../src/checkpoint/weights_file.ts";
import { DivergenceError, WeightsError } from "../../../src/errors.ts";
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

cpuTest("writeCheckpoint() keeps the best validation so far", () =>
  withTempDir(async (folder) => {
    const path = join(folder, "checkpoint.safetensors");
    const best = { step: 300, holePsnr: 21.123456789012345 };
    const state = formulaState(PRESETS.tiny);
    await writeCheckpoint(path, { state, run: "{}", best });
    const read = await readCheckpoint(path);
    assert.deepEqual(read.best, best);
    disposeTrainingState(read.state);
    await writeCheckpoint(path, { state, run: "{}" });
    const without = await readCheckpoint(path);
    assert.ok(!("best" in without));
    disposeTrainingState(without.state);
    disposeTrainingState(state);
  }));

cpuTest(
  "writeCheckpoint() keeps which files were trained on, and losses between two lines",
  () =>
    withTempDir(async (folder) => {
      const path = join(folder, "checkpoint.safetensors");
      const state = formulaState(PRESETS.tiny);
      const lossSums = { total: { sum: Math.fround(0.1), steps: 3 }, valid: { sum: 2, steps: 2 } };
      const data = { images: { count: 9, sha256: "ab" }, masks: { count: 2, sha256: "cd" } };
      await writeCheckpoint(path, { state: { ...state, lossSums }, run: "{}", data });
      const read = await readCheckpoint(path);
      assert.deepEqual(read.state.lossSums, lossSums);
      assert.deepEqual(Object.keys(read.state.lossSums!), ["total", "valid"]);
      assert.deepEqual(read.data, data);
      disposeTrainingState(read.state);
      await writeCheckpoint(path, { state, run: "{}" });
      const without = await readCheckpoint(path);
      assert.ok(!("data" in without) && !("lossSums" in without.state));
      disposeTrainingState(without.state);
      disposeTrainingState(state);
    }),
);

cpuTest("encodeCheckpoint() gives the same bytes for the same state", async () => {
  const state = formulaState(PRESETS.tiny);
  const [a, b] = [
    await encodeCheckpoint({ state, run: "{}" }),
    await encodeCheckpoint({ state, run: "{}" }),
  ];
  assert.deepEqual(a, b);
  state.step = 1;
  assert.notDeepEqual(await encodeCheckpoint({ state, run: "{}" }), a);
  disposeTrainingState(state);
});

for (const where of ["a parameter", "a statistic", "a moment"] as const) {
  for (const value of [NaN, -Infinity]) {
    cpuTest(
      `writeCheckpoint() never stores ${where} that is ${value}`,
      () =>
        withTempDir(async (folder) => {
          const path = join(folder, "checkpoint.safetensors");
          const state = formulaState(PRESETS.tiny);
          state.step = 12;
          state.optimizer.set("encoder/1/bias", makeMoments([4]));
          await writeCheckpoint(path, { state, run: "{}" });
          const good = await Deno.readFile(path);
          const [name, variable] = ({
            "a parameter": [
              "network/encoder/2/kernel",
              state.parameters.trained.get("encoder/2/kernel")!.variable,
            ],
            "a statistic": [
              "network/encoder/2/batch_norm/variance",
              state.parameters.statistics.get("encoder/2/batch_norm")!.variance,
            ],
            "a moment": [
              "adam/second/encoder/1/bias",
              state.optimizer.get("encoder/1/bias")!.second,
            ],
          } as const)[where];
          const numbers = await variable.data() as Float32Array;
          const spoilt = tf.tensor(numbers.with(numbers.length - 1, value), variable.shape);
          (variable as tf.Variable).assign(spoilt);
          spoilt.dispose();
          state.step = 13;
          await assert.rejects(writeCheckpoint(path, { state, run: "{}" }), (error: Error) => {
            assert.ok(error instanceof DivergenceError);
            assert.equal(
              error.message,
              `Training diverged at step 12: "${name}" holds ${value} though the losses are finite`,
            );
            return true;
          });
          assert.deepEqual(await Deno.readFile(path), good, "the good checkpoint is gone");
          disposeTrainingState(state);
        }),
    );
  }
}

cpuTest(
  "readMetadata() reads what a file says without its numbers",
  () =>
    withTempDir(async (folder) => {
      const path = join(folder, "checkpoint.safetensors");
      const state = formulaState(PRESETS.tiny);
      state.step = 5;
      await writeCheckpoint(path, { state, run: '{"a":1}' });
      disposeTrainingState(state);
      const metadata = await readMetadata(path);
      assert.deepEqual([metadata!["step"], metadata!["run"]], ["5", '{"a":1}']);
      // The numbers are not looked at.
      const start = (await Deno.readFile(path)).subarray(0, -100);
      await Deno.writeFile(path, start);
      assert.deepEqual(await readMetadata(path), metadata);
      assert.equal(await readMetadata(join(folder, "absent")), undefined);
      const refusals: readonly (readonly [Uint8Array<ArrayBuffer>, string])[] = [
        [start.slice(0, 200), "it is cut short"],
        [new Uint8Array(8).fill(0xff), "it is no safetensors file"],
      ];
      for (const [bytes, reason] of refusals) {
        await Deno.writeFile(path, bytes);
        await assert.rejects(readMetadata(path), {
          name: "WeightsError",
          message: `Cannot read weights "${path}": ${reason}`,
        });
      }
    }),
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
      `Cannot resume from "${path}": format is nothing, must be "pconv-checkpoint-1"`,
  },
  {
    what: "a step that is no count",
    change: ({ metadata }) => metadata["step"] = "-1",
    message: (path) => `Cannot resume from "${path}": step is "-1", must be a whole number from 0`,
  },
  {
    what: "update counts that are not JSON",
    change: ({ metadata }) => metadata["updates"] = "{",
    message: (path) => `Cannot resume from "${path}": the update counts are not JSON`,
  },
  {
    what: "a best validation that is not JSON",
    change: ({ metadata }) => metadata["best"] = "21 dB",
    message: (path) => `Cannot resume from "${path}": the best validation is not JSON`,
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
    what: "moments of another shape",
    change: ({ tensors }) =>
      tensors.set("adam/first/encoder/1/bias", { shape: [1], data: new Float32Array(1) }),
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
