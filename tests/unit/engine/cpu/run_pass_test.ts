import assert from "node:assert/strict";
import { placeNetwork } from "../../../../src/engine/cpu/place_network.ts";
import { placePass } from "../../../../src/engine/cpu/place_pass.ts";
import { runPass } from "../../../../src/engine/cpu/run_pass.ts";
import { foldLayers } from "../../../../src/engine/fold_layers.ts";
import { ArrayPool } from "../../../../src/engine/plan/array_pool.ts";
import { pyramidPlanes } from "../../../../src/engine/plan/pyramid_planes.ts";
import type { ForwardRequest } from "../../../../src/engine/types.ts";
import { PRESETS, type UNetConfig } from "../../../../src/model/unet_config.ts";
import { openEngineMemory } from "../../../support/engine_memory.ts";
import { assertAllClose } from "../../../support/assert_all_close.ts";
import { cpuTest } from "../../../support/for_each_backend.ts";
import { makeHoledPicture, makeRandomMask } from "../../../support/holed_picture.ts";
import { compareOutputs, runByOps } from "../../../support/network_reference.ts";
import { makeRandomNetwork } from "../../../support/random_network.ts";

// Whole networks over threads are compared in open_cpu_engine_test.ts; here one thread runs a pass.

const CONFIGS: Readonly<Record<string, UNetConfig>> = {
  "without a base": PRESETS.tiny,
  "over the pyramid": { ...PRESETS.tiny, base: "pyramid" },
  "of typical convolutions": { ...PRESETS.tiny, convolution: "typical" },
};

const [HEIGHT, WIDTH] = [40, 24];

const holeOf = (validMask: Uint8Array) => validMask.map((value) => 1 - value);

/** Memory with a pass of one size; all requests run in it, one after the other. */
async function openPass(config: UNetConfig) {
  const { arena, memory, crew, pack } = await openEngineMemory();
  const arrays = makeRandomNetwork(config);
  const network = placeNetwork(arena, foldLayers(config, arrays), { config, pack });
  const hasBase = config.base !== "none";
  const pass = placePass(arena, network, { height: HEIGHT, width: WIDTH, hasBase });
  const pool = new ArrayPool();
  const run = (request: ForwardRequest) =>
    runPass(request, { config, pass, memory, crew, threads: 1, pool }).slice();
  return { arrays, run };
}

for (const [name, config] of Object.entries(CONFIGS)) {
  cpuTest(`runPass() gives what runUNet() does: a network ${name}`, async () => {
    const { arrays, run } = await openPass(config);
    const picture = makeHoledPicture({ height: HEIGHT, width: WIDTH });
    const expected = await runByOps(config, arrays, picture);
    const data = run(picture);
    const { largest } = compareOutputs(data, expected.data);
    // Measured: 9.1e-7 of the largest value.
    const tolerance = { rtol: 0, atol: 1.8e-6 * largest };
    assertAllClose({ ...expected, data }, expected, tolerance, name);
  });

  Deno.test(`runPass() gives the same bits where only the hole is wanted, else zeros: a network ${name}`, async () => {
    const { run } = await openPass(config);
    const picture = makeHoledPicture({ height: HEIGHT, width: WIDTH });
    const everywhere = run(picture);
    for (const wanted of [holeOf(picture.validMask), makeRandomMask(HEIGHT, WIDTH)]) {
      const expected = everywhere.map((value, i) => wanted[Math.floor(i / 3)] === 1 ? value : 0);
      assert.deepEqual(run({ ...picture, wanted }), expected);
    }
    const nowhere = run({ ...picture, wanted: new Uint8Array(HEIGHT * WIDTH) });
    assert.ok(nowhere.every((value) => value === 0));
  });

  Deno.test(`runPass() leaves nothing to the next: a network ${name}`, async () => {
    const pictures = [0.5, 0.02, 0.9, 1, 0.01].map((share, seed) => ({
      ...makeHoledPicture({ height: HEIGHT, width: WIDTH, seed }),
      validMask: makeRandomMask(HEIGHT, WIDTH, { seed, share }),
    })).map((picture) => ({ ...picture, wanted: holeOf(picture.validMask) }));
    const { run } = await openPass(config);
    for (const picture of [...pictures, ...pictures]) {
      const fresh = await openPass(config);
      assert.deepEqual(run(picture), fresh.run(picture));
    }
  });

  Deno.test(`runPass() does not see colours in the hole, and keeps the request: a network ${name}`, async () => {
    const { run } = await openPass(config);
    const picture = makeHoledPicture({ height: HEIGHT, width: WIDTH });
    const hidden = picture.rgb01.map((value, i) =>
      picture.validMask[Math.floor(i / 3)] === 1 ? value : NaN
    );
    const before = structuredClone(picture);
    const output = run(picture);
    assert.deepEqual(picture, before);
    assert.deepEqual(run({ ...picture, rgb01: hidden }), output);
    assert.ok(output.every(Number.isFinite));
  });
}

Deno.test("runPass() takes fills in place of those that it would make", async () => {
  const { run } = await openPass(CONFIGS["over the pyramid"]!);
  const { rgb01, ...picture } = makeHoledPicture({ height: HEIGHT, width: WIDTH });
  const fills = pyramidPlanes({ ...picture, rgb: rgb01 }).slice(0, 3);
  const own = run({ ...picture, rgb01 });
  const given = compareOutputs(run({ ...picture, rgb01, fills }), own);
  // The same fill by other sums; measured 2.2e-7 of the largest value.
  assert.ok(given.difference <= 4.4e-7 * given.largest, `${given.difference / given.largest}`);
  // Every level counts.
  fills.forEach((_, level) => {
    const others = fills.map((fill, i) => i === level ? fill.map((value) => 1 - value) : fill);
    const { difference } = compareOutputs(run({ ...picture, rgb01, fills: others }), own);
    assert.ok(difference > 1e-3, `level ${level}: ${difference}`);
  });
});
