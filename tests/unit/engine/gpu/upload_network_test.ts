import assert from "node:assert/strict";
import { disposeNetwork, uploadNetwork } from "../../../../src/engine/gpu/upload_network.ts";
import { OutOfMemoryError } from "../../../../src/errors.ts";
import { PRESETS, type UNetConfig } from "../../../../src/model/unet_config.ts";
import { cpuTest } from "../../../support/for_each_backend.ts";
import { makeRandomNetwork } from "../../../support/random_network.ts";

const BASED: UNetConfig = {
  encoder: [{ kernel: 5, channels: 6 }, { kernel: 3, channels: 8 }],
  base: "pyramid",
  normalisation: "none",
  range: "[0,1]",
};

cpuTest("uploadNetwork() lists the inputs of every layer as the network joins them", async () => {
  const network = uploadNetwork(BASED, makeRandomNetwork(BASED), 1e9);
  const summary = [...network].map(([path, { groups, cout, stride, slope, side }]) => [
    path,
    groups.map(({ channels, upsample }) => upsample === 2 ? `2x${channels}` : channels).join(" + "),
    cout,
    `${side}x${side} stride ${stride}, slope ${slope}`,
  ]);
  // Channels in fours: image 3, fill 4, levels 6 and 8.
  assert.deepEqual(summary, [
    ["encoder/1", "4 + 4", 8, "5x5 stride 2, slope 0"],
    ["encoder/2", "8", 8, "3x3 stride 2, slope 0"],
    ["decoder/1", "2x8 + 8 + 4", 8, "3x3 stride 1, slope 0.2"],
    ["decoder/2", "2x8 + 4 + 4", 4, "3x3 stride 1, slope 1"],
    ["decoder/1/head", "8", 4, "1x1 stride 1, slope 1"],
  ]);
  for (const { weights, bias, rows, cout } of network.values()) {
    assert.equal(weights.size, rows * cout);
    assert.equal(bias.size, cout);
  }
  disposeNetwork(network);
  await Promise.resolve();
});

cpuTest("uploadNetwork() frees what it made when a layer is too large", async () => {
  const arrays = makeRandomNetwork(PRESETS.tiny);
  assert.throws(() => uploadNetwork(PRESETS.tiny, arrays, 2000), (error: Error) => {
    assert.ok(error instanceof OutOfMemoryError);
    // 3x3 taps of 8 channels to 8.
    assert.match(error.message, /weights of encoder\/3 take 2304 bytes, must be at most 2000/);
    return true;
  });
  await Promise.resolve();
});
