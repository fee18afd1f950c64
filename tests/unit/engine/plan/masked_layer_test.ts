import assert from "node:assert/strict";
import { ArrayPool } from "../../../../src/engine/plan/array_pool.ts";
import { maskLayer } from "../../../../src/engine/plan/masked_layer.ts";
import type { LayerSpec } from "../../../../src/model/unet_layers.ts";

// Ratios and masks of whole networks are compared with partialConv2d() in plan_forward_test.ts.

const LAYER: LayerSpec = {
  ...{ path: "encoder/1", kernel: 3, cin: 2, cout: 1 },
  ...{ hasBatchNorm: false, activation: "none" },
};

/** Two rows of six pixels, of which the first is known: windows of stride 2 are centred on pixels 0, 2 and 4 of the first row. */
const MASK = {
  height: 2,
  width: 6,
  values: Uint8Array.from({ length: 12 }, (_, i) => i === 0 ? 1 : 0),
};

const needed = (...values: number[]) => ({ height: 1, width: 3, values: Uint8Array.from(values) });

Deno.test("maskLayer() marks windows that hold something, and scales those that are needed", () => {
  const options = { stride: 2, isTypical: false, pool: new ArrayPool() } as const;
  const layer = maskLayer(LAYER, [{ mask: MASK, channels: 2 }], options);
  assert.deepEqual(layer.mask, { height: 1, width: 3, values: Uint8Array.of(1, 0, 0) });
  const all = layer.complete(needed(1, 1, 1));
  // 3 · 3 · 2 / 2 known entries.
  assert.deepEqual(all.plan.ratio, Float32Array.of(9, 0, 0));
  assert.deepEqual(all.computed.values, Uint8Array.of(1, 0, 0));
  assert.deepEqual(layer.complete(needed(0, 1, 1)).plan.ratio, Float32Array.of(0, 0, 0));
});

Deno.test("maskLayer() has no mask where one group misses nothing, and counts the border then", () => {
  const options = { stride: 2, isTypical: false, pool: new ArrayPool() } as const;
  const whole = { ...MASK, values: undefined };
  const groups = [{ mask: MASK, channels: 1 }, { mask: whole, channels: 1 }];
  const layer = maskLayer(LAYER, groups, options);
  assert.equal(layer.mask.values, undefined);
  const { plan, computed } = layer.complete(needed(1, 0, 1));
  // First window: 2x2 pixels in the picture, one of them known in both groups: 18 / (1 + 4). Last: 2x3 pixels, 18 / (0 + 6).
  assert.deepEqual(plan.ratio, Float32Array.of(18 / 5, 0, 3));
  assert.deepEqual(computed.values, Uint8Array.of(1, 0, 1));
});

Deno.test("maskLayer() scales nothing where convolutions are typical", () => {
  const options = { stride: 2, isTypical: true, pool: new ArrayPool() } as const;
  const layer = maskLayer(LAYER, [{ mask: MASK, channels: 2 }], options);
  assert.equal(layer.mask.values, undefined);
  assert.deepEqual(layer.complete(needed(1, 1, 0)).plan.ratio, Float32Array.of(1, 1, 1));
});
