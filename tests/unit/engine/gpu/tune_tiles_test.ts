import assert from "node:assert/strict";
import type { TuningCache } from "../../../../src/backend/tuning_cache.ts";
import {
  chooserOf,
  type Tiling,
  TILINGS,
  timeTiling,
  tuneTiles,
} from "../../../../src/engine/gpu/tune_tiles.ts";
import { BackendError } from "../../../../src/errors.ts";
import { gpuTest, useBackend } from "../../../support/for_each_backend.ts";

const HARDWARE = { name: "A GPU", driver: "1.2", isSoftware: false, assertHealthy: () => {} };
const WORK = { pixels: 1e6, cout: 64 };

function makeCache(values: Record<string, unknown> = {}): TuningCache & { values: typeof values } {
  return {
    values,
    read: (key) => Promise.resolve(values[key]),
    write: (key, value) => {
      values[key] = value;
      return Promise.resolve();
    },
  };
}

/** Says that one is fast, and counts. */
function makeMeasure(fast: Tiling) {
  const tried: Tiling[] = [];
  const measure = (tiling: Tiling) => {
    tried.push(tiling);
    return Promise.resolve(tiling === fast ? 1 : 2);
  };
  return { tried, measure };
}

Deno.test("tuneTiles() takes the fastest, and remembers it for adapter, driver and programs", async () => {
  const cache = makeCache();
  const { tried, measure } = makeMeasure(TILINGS.hardware[3]!);
  const choose = await tuneTiles(HARDWARE, { cache, measure });
  assert.deepEqual(choose(WORK), chooserOf(TILINGS.hardware[3]!)(WORK));
  assert.deepEqual(tried, TILINGS.hardware);
  assert.deepEqual(cache.values, { "A GPU | 1.2 | programs 1": TILINGS.hardware[3] });
  // As it comes out of JSON.
  const again = makeCache(JSON.parse(JSON.stringify(cache.values)));
  const cached = await tuneTiles(HARDWARE, { cache: again, measure });
  assert.deepEqual(cached(WORK), choose(WORK));
  assert.equal(tried.length, TILINGS.hardware.length);
  await tuneTiles({ ...HARDWARE, driver: "1.3" }, { cache: again, measure });
  assert.equal(tried.length, 2 * TILINGS.hardware.length);
});

Deno.test("tuneTiles() measures again what the cache holds in no way it knows", async () => {
  for (const odd of [5, null, { kind: "shared-tiles", pixels: 1e9 }]) {
    const cache = makeCache({ "A GPU | 1.2 | programs 1": odd });
    const { tried, measure } = makeMeasure(TILINGS.hardware[0]!);
    await tuneTiles(HARDWARE, { cache, measure });
    assert.equal(tried.length, TILINGS.hardware.length);
  }
});

Deno.test("tuneTiles() leaves software adapters alone unless it is asked", async () => {
  const { tried, measure } = makeMeasure(TILINGS.hardware[0]!);
  const software = { ...HARDWARE, isSoftware: true };
  const choose = await tuneTiles(software, { cache: makeCache(), measure });
  assert.deepEqual(choose(WORK), { kind: "pixel-lanes", pixels: 8, channels: 16 });
  assert.equal(tried.length, 0);
  await tuneTiles(software, { cache: makeCache(), measure, tunesSoftware: true });
  assert.deepEqual(tried, TILINGS.software);
});

Deno.test("tuneTiles() remembers nothing of a device that failed", async () => {
  const cache = makeCache();
  const failing = {
    ...HARDWARE,
    assertHealthy: () => {
      throw new BackendError("failed");
    },
  };
  const { measure } = makeMeasure(TILINGS.hardware[0]!);
  await assert.rejects(tuneTiles(failing, { cache, measure }), BackendError);
  assert.deepEqual(cache.values, {});
});

gpuTest("timeTiling() times a real convolution", async () => {
  await useBackend("gpu");
  const elapsedMs = await timeTiling({ kind: "pixel-lanes", mostPixels: 4 });
  // 1.2 GFLOP in less than 10 microseconds would be 120 TFLOP/s in float32: no device does that.
  assert.ok(elapsedMs > 0.01 && Number.isFinite(elapsedMs), String(elapsedMs));
  await useBackend("cpu");
});
