import assert from "node:assert/strict";
import { join } from "node:path";
import { expectedShapes, readNetworkFile } from "../../../src/checkpoint/network_file.ts";
import { encodeSafetensors } from "../../../src/checkpoint/safetensors.ts";
import { sha256 } from "../../../src/checkpoint/sha256.ts";
import { WeightsError } from "../../../src/errors.ts";
import { formatUNetConfig, PRESETS } from "../../../src/model/unet_config.ts";
import { withTempDir } from "../../support/temp_dir.ts";
import { TINY_CONFIG, tinyWeights } from "../../support/tiny_weights.ts";

Deno.test("readNetworkFile() gives a network's numbers, its config and where it came from", () =>
  withTempDir(async (folder) => {
    const path = join(folder, "w.safetensors");
    await Deno.writeFile(path, await tinyWeights());
    const network = await readNetworkFile(path);
    assert.equal(network.name, path);
    assert.equal(network.sha256, await sha256(await tinyWeights()));
    assert.deepEqual(network.config, TINY_CONFIG);
    const shapes = [...network.arrays].map(([name, { shape }]) => [name, [...shape]] as const);
    assert.deepEqual(new Map(shapes), expectedShapes(TINY_CONFIG));
  }));

async function refuses(
  metadata: Readonly<Record<string, string>>,
  check: (error: WeightsError, path: string) => void,
): Promise<void> {
  await withTempDir(async (folder) => {
    const path = join(folder, "w.safetensors");
    const tensors = new Map([["bias", { shape: [1], data: Float32Array.of(1) }]]);
    await Deno.writeFile(path, encodeSafetensors(tensors, metadata));
    await assert.rejects(readNetworkFile(path), (error: Error) => {
      assert.ok(error instanceof WeightsError);
      check(error, path);
      return true;
    });
  });
}

Deno.test("readNetworkFile() refuses a checkpoint and says where the weights are", () =>
  refuses({ format: "pconv-checkpoint-1" }, ({ message, hint }, path) => {
    assert.equal(
      message,
      `Cannot use weights "${path}": format is "pconv-checkpoint-1", must be "pconv-weights-1"`,
    );
    assert.match(hint!, /training checkpoint/);
  }));

Deno.test("readNetworkFile() refuses a file of another program", () =>
  refuses({}, ({ message, hint }, path) => {
    assert.equal(
      message,
      `Cannot use weights "${path}": format is nothing, must be "pconv-weights-1"`,
    );
    assert.equal(hint, "Only weights written by pconv train or weights import can be read");
  }));

Deno.test("readNetworkFile() refuses a network that it cannot read", () =>
  refuses({ format: "pconv-weights-1", network: "?" }, ({ message, cause }, path) => {
    assert.equal(message, `Cannot read the network config of weights "${path}": it is not JSON`);
    assert.ok(cause instanceof Error);
  }));

Deno.test("readNetworkFile() refuses tensors that do not fit the network", () =>
  refuses(
    { format: "pconv-weights-1", network: formatUNetConfig(PRESETS.tiny) },
    ({ message }, path) => {
      assert.ok(message.startsWith(`Cannot use weights "${path}": of 24 tensors, 24 missing`));
      assert.match(message, /1 unexpected \("bias"\)$/);
    },
  ));
