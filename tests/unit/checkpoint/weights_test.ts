import assert from "node:assert/strict";
import { join } from "node:path";
import { encodeSafetensors } from "../../../src/checkpoint/safetensors.ts";
import { sha256 } from "../../../src/checkpoint/sha256.ts";
import { encodeWeights, readNetwork, type WeightsNotes } from "../../../src/checkpoint/weights.ts";
import { readWeights } from "../../../src/checkpoint/weights_file.ts";
import { WeightsError } from "../../../src/errors.ts";
import { disposeParameters } from "../../../src/model/parameters.ts";
import { formatUNetConfig, PRESETS } from "../../../src/model/unet_config.ts";
import { cpuTest } from "../../support/for_each_backend.ts";
import { withTempDir } from "../../support/temp_dir.ts";
import { formulaParameters } from "../../support/tiny_run.ts";

// That a network comes back to the bit is in tests/recipe/resume_test.ts.

const NOTES: WeightsNotes = {
  recipe: "refine",
  steps: 12,
  data: "made images",
  licence: "MIT",
  commit: "0123abc",
};

cpuTest(
  "encodeWeights() says what the file is, and readNetwork() where it came from",
  () =>
    withTempDir(async (folder) => {
      const path = join(folder, "w.safetensors");
      const parameters = formulaParameters(PRESETS.tiny);
      const bytes = await encodeWeights(PRESETS.tiny, parameters, NOTES);
      disposeParameters(parameters);
      await Deno.writeFile(path, bytes);
      assert.deepEqual({ ...(await readWeights(path)).metadata }, {
        ...NOTES,
        steps: "12",
        format: "pconv-weights-1",
        network: formatUNetConfig(PRESETS.tiny),
        range: "[0,1]",
      });
      const network = await readNetwork(path);
      assert.equal(network.name, path);
      assert.equal(network.sha256, await sha256(bytes));
      assert.deepEqual(network.config, PRESETS.tiny);
      disposeParameters(network.parameters);
    }),
);

async function refuses(
  metadata: Readonly<Record<string, string>>,
  check: (error: WeightsError, path: string) => void,
): Promise<void> {
  await withTempDir(async (folder) => {
    const path = join(folder, "w.safetensors");
    const tensors = new Map([["bias", { shape: [1], data: Float32Array.of(1) }]]);
    await Deno.writeFile(path, encodeSafetensors(tensors, metadata));
    await assert.rejects(readNetwork(path), (error: Error) => {
      assert.ok(error instanceof WeightsError);
      check(error, path);
      return true;
    });
  });
}

Deno.test("readNetwork() refuses a checkpoint and says where the weights are", () =>
  refuses({ format: "pconv-checkpoint-1" }, ({ message, hint }, path) => {
    assert.equal(
      message,
      `Cannot use weights "${path}": format is "pconv-checkpoint-1", must be "pconv-weights-1"`,
    );
    assert.match(hint!, /training checkpoint/);
  }));

Deno.test("readNetwork() refuses a file of another program", () =>
  refuses({}, ({ message, hint }, path) => {
    assert.equal(
      message,
      `Cannot use weights "${path}": format is undefined, must be "pconv-weights-1"`,
    );
    assert.equal(hint, "Only weights written by pconv train can be read");
  }));

Deno.test("readNetwork() refuses a network that it cannot read", () =>
  refuses({ format: "pconv-weights-1", network: "?" }, ({ message, cause }, path) => {
    assert.equal(message, `Cannot read the network config of weights "${path}": it is not JSON`);
    assert.ok(cause instanceof Error);
  }));

Deno.test("readNetwork() refuses tensors that do not fit the network", () =>
  refuses(
    { format: "pconv-weights-1", network: formatUNetConfig(PRESETS.tiny) },
    ({ message }, path) => {
      assert.ok(message.startsWith(`Cannot use weights "${path}": of 24 tensors, 24 missing`));
      assert.match(message, /1 unexpected \("bias"\)$/);
    },
  ));
