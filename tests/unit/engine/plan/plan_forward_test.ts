import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { ArrayPool } from "../../../../src/engine/plan/array_pool.ts";
import type { ForwardPlan, LayerPlan } from "../../../../src/engine/plan/forward_plan.ts";
import { planForward } from "../../../../src/engine/plan/plan_forward.ts";
import { PRESETS, type UNetConfig } from "../../../../src/model/unet_config.ts";
import { type LayerSpec, unetLayers } from "../../../../src/model/unet_layers.ts";
import { groupConv2d } from "../../../../src/ops/group_conv.ts";
import { partialConv2d, type PartialConvGroup } from "../../../../src/ops/partial_conv.ts";
import { assertAllClose } from "../../../support/assert_all_close.ts";
import { read, toTensor } from "../../../support/evaluate.ts";
import { cpuTest } from "../../../support/for_each_backend.ts";
import { formulaTensor } from "../../../support/formula_tensor.ts";
import { makeHoledPicture, makeRandomMask } from "../../../support/holed_picture.ts";

const NARROW: UNetConfig = {
  encoder: [{ kernel: 7, channels: 4 }, { kernel: 5, channels: 6 }, { kernel: 3, channels: 8 }],
  base: "pyramid",
  normalisation: "none",
  range: "[0,1]",
};

const CONFIGS: Readonly<Record<string, UNetConfig>> = {
  "without a base": PRESETS.tiny,
  "over the pyramid": NARROW,
  "of typical convolutions": { ...PRESETS.tiny, convolution: "typical" },
  "of one level": { ...NARROW, encoder: NARROW.encoder.slice(0, 1) },
};

/** Pictures that leave something to be saved, and such that do not. */
const MASKS: Readonly<Record<string, (height: number, width: number) => Uint8Array>> = {
  blob: (height, width) => makeHoledPicture({ height, width }).validMask,
  noise: makeRandomMask,
  "few known": (height, width) => makeRandomMask(height, width, { share: 0.01 }),
  "hardly any hole": (height, width) => makeRandomMask(height, width, { share: 0.995 }),
  "one known": (height, width) =>
    new Uint8Array(height * width).fill(1, height * width - 3, height * width - 2),
  known: (height, width) => new Uint8Array(height * width).fill(1),
  hole: (height, width) => new Uint8Array(height * width),
};

const holeOf = (validMask: Uint8Array) => validMask.map((value) => 1 - value);

/** Every pixel that anything needed reads, layer by layer, by the definitions. */
function collectReads(config: UNetConfig, plan: ForwardPlan, wanted: Uint8Array) {
  const { encoder, decoder, corrections } = plan;
  const emptyLike = ({ needed }: LayerPlan) => new Uint8Array(needed.length);
  const reads = {
    encoder: encoder.map(emptyLike),
    decoder: decoder.map(emptyLike),
    corrections: corrections.map(({ length }) => new Uint8Array(length)),
  };
  const eachComputed = (layer: LayerPlan, visit: (y: number, x: number) => void) =>
    layer.needed.forEach((value, i) => {
      if (value === 1 && layer.ratio[i] !== 0) visit(Math.floor(i / layer.width), i % layer.width);
    });
  reads.decoder.at(-1)!.set(wanted);
  reads.corrections.at(-1)?.set(wanted);
  decoder.forEach((layer, stage) => {
    const { height, width } = layer;
    const below = reads.decoder[stage - 1] ?? reads.encoder.at(-1)!;
    // The image is there anyway.
    const skip = reads.encoder[decoder.length - 2 - stage];
    eachComputed(layer, (y, x) => {
      for (let i = Math.max(0, y - 1); i <= Math.min(height - 1, y + 1); i++) {
        for (let j = Math.max(0, x - 1); j <= Math.min(width - 1, x + 1); j++) {
          below[(i >> 1) * width / 2 + (j >> 1)] = 1;
          if (skip !== undefined) skip[i * width + j] = 1;
        }
      }
    });
    if (stage === 0 || config.base === "none") return;
    const [rows, columns] = [height / 2, width / 2];
    const near = (i: number, most: number) =>
      [Math.floor(i / 2 - 0.25), Math.ceil(i / 2 - 0.25)].filter((at) => at >= 0 && at < most);
    corrections[stage]!.forEach((value, i) => {
      if (value === 0) return;
      for (const y of near(Math.floor(i / width), rows)) {
        for (const x of near(i % width, columns)) {
          // The coarser sum, which the head of that stage is a part of.
          reads.corrections[stage - 1]![y * columns + x] = 1;
          reads.decoder[stage - 1]![y * columns + x] = 1;
        }
      }
    });
  });
  encoder.slice(1).forEach((layer, index) => {
    const [rows, columns] = [2 * layer.height, 2 * layer.width];
    const pad = (layer.layer.kernel - 1) / 2;
    eachComputed(layer, (y, x) => {
      for (let i = Math.max(0, 2 * y - pad); i <= Math.min(rows - 1, 2 * y + pad); i++) {
        for (let j = Math.max(0, 2 * x - pad); j <= Math.min(columns - 1, 2 * x + pad); j++) {
          reads.encoder[index]![i * columns + j] = 1;
        }
      }
    });
  });
  return reads;
}

for (const [name, config] of Object.entries(CONFIGS)) {
  Deno.test(`planForward() needs exactly what is read by what is needed: a network ${name}`, () => {
    for (const [height, width] of [[32, 56], [8, 16]] as const) {
      for (const [kind, makeMask] of Object.entries(MASKS)) {
        const validMask = makeMask(height, width);
        const one = new Uint8Array(height * width);
        one[width + 2] = 1;
        const sets = [
          holeOf(validMask),
          one,
          makeRandomMask(height, width, { share: 0.02 }),
          undefined,
        ];
        for (const wanted of sets) {
          const plan = planForward(config, {
            height,
            width,
            validMask,
            ...(wanted === undefined ? {} : { wanted }),
          });
          const all = new Uint8Array(height * width).fill(1);
          const reads = collectReads(config, plan, wanted ?? all);
          const needed = (layers: readonly LayerPlan[]) => layers.map((layer) => layer.needed);
          assert.deepEqual(needed(plan.encoder), reads.encoder, kind);
          assert.deepEqual(needed(plan.decoder), reads.decoder, kind);
          assert.deepEqual(plan.corrections, reads.corrections, kind);
        }
      }
    }
  });

  Deno.test(`planForward() lists all layers with their sizes: a network ${name}`, () => {
    const { encoder, decoder } = unetLayers(config);
    const depth = encoder.length;
    const plan = planForward(config, {
      height: 16,
      width: 24,
      validMask: makeRandomMask(16, 24),
    });
    const sizes = (layers: readonly LayerPlan[]) =>
      layers.map(({ layer, height, width, ratio, needed }) => {
        assert.deepEqual([ratio.length, needed.length], [height * width, height * width]);
        return [layer.path, height, width];
      });
    assert.deepEqual(
      sizes(plan.encoder),
      encoder.map(({ path }, i) => [path, 16 / 2 ** (i + 1), 24 / 2 ** (i + 1)]),
    );
    assert.deepEqual(
      sizes(plan.decoder),
      decoder.map(({ path }, i) => [path, 16 / 2 ** (depth - 1 - i), 24 / 2 ** (depth - 1 - i)]),
    );
    assert.equal(plan.corrections.length, config.base === "none" ? 0 : depth);
  });
}

/** One layer of a plan against the operation on the same masks; returns the mask that the next layer sees. */
async function compareRatio(
  plan: LayerPlan,
  groups: readonly { mask: tf.Tensor4D; channels: number; upsample?: 1 | 2 }[],
  stride: 1 | 2,
): Promise<tf.Tensor4D> {
  const { layer: { kernel: side, cin, path }, height, width, ratio } = plan;
  const { features, sums, validMask } = tf.tidy(() => {
    // Positive weights, so that a sum is 0 only where the window holds nothing.
    const kernel = toTensor<tf.Tensor4D>(
      formulaTensor([side, side, cin, 1], { scale: 0.5, shift: 1 }),
    );
    const filled = groups.map(({ mask, channels, upsample = 1 }): PartialConvGroup => ({
      features: tf.mul(mask, tf.ones([1, 1, 1, channels])),
      validMask: mask,
      upsample,
    }));
    const options = { kernel, stride };
    return { ...partialConv2d(filled, options), sums: groupConv2d(filled, options) };
  });
  const [scaled, plain] = [await read(features), await read(sums)];
  tf.dispose([features, sums]);
  const data = ratio.map((value, i) => value * plain.data[i]!);
  // The same sums times the same ratios, up to rounding: measured 1.5e-7; one count more or less would be 2e-3 at least.
  assertAllClose({ shape: [1, height, width, 1], data }, scaled, { rtol: 3e-7, atol: 0 }, path);
  const known = await read(validMask);
  assert.deepEqual(ratio.map((value) => value === 0 ? 0 : 1), known.data);
  return validMask;
}

for (
  const [name, config] of Object.entries(CONFIGS).filter(([, c]) => c.convolution === undefined)
) {
  cpuTest(`planForward() has the ratios of partialConv2d(): a network ${name}`, async () => {
    const [height, width] = [16, 40];
    const depth = config.encoder.length;
    const hasBase = config.base !== "none";
    for (const makeMask of Object.values(MASKS)) {
      const validMask = makeMask(height, width);
      const plan = planForward(config, { height, width, validMask });
      const known = (level: number) => ({
        mask: tf.ones([1, height >> level, width >> level, 1]) as tf.Tensor4D,
        channels: 4,
      });
      const masks: tf.Tensor4D[] = [toTensor({ shape: [1, height, width, 1], data: validMask })];
      const used: tf.Tensor[] = [...masks];
      for (const [index, layer] of plan.encoder.entries()) {
        const channels = index === 0 ? 3 : layer.layer.cin;
        const groups = [{ mask: masks[index]!, channels }];
        if (index === 0 && hasBase) groups.push(known(0));
        masks.push(await compareRatio(layer, groups, 2));
        used.push(...groups.map(({ mask }) => mask));
      }
      let current = masks[depth]!;
      for (const [index, layer] of plan.decoder.entries()) {
        const level = depth - 1 - index;
        const channels = level === 0 ? 3 : config.encoder[level - 1]!.channels;
        const below = config.encoder[level]!.channels;
        const groups: Parameters<typeof compareRatio>[1] = [
          { mask: current, channels: below, upsample: 2 },
          { mask: masks[level]!, channels },
          ...(hasBase ? [known(level)] : []),
        ];
        current = await compareRatio(layer, groups, 1);
        used.push(current, ...groups.map(({ mask }) => mask));
      }
      tf.dispose([...used, ...masks]);
    }
  });
}

Deno.test("planForward() sees no holes where convolutions are typical", () => {
  const plan = planForward(CONFIGS["of typical convolutions"]!, {
    height: 16,
    width: 24,
    validMask: makeRandomMask(16, 24),
  });
  for (const { ratio } of [...plan.encoder, ...plan.decoder]) {
    assert.ok(ratio.every((value) => value === 1));
  }
});

Deno.test("planForward() needs few pixels for a small hole", () => {
  const work = ({ encoder, decoder }: ForwardPlan) => {
    const cost = ({ kernel, cin, cout }: LayerSpec) => kernel ** 2 * cin * cout;
    return [...encoder, ...decoder].reduce(
      (sum, { layer, needed }) => sum + cost(layer) * needed.reduce((a, b) => a + b, 0),
      0,
    );
  };
  for (const config of [PRESETS.tiny, NARROW]) {
    const plan = (hole: number) => {
      const isHole = (y: number, x: number) => y < hole && x < hole;
      const { rgb01: _, ...sizes } = makeHoledPicture({ height: 256, width: 256, isHole });
      return work(planForward(config, { ...sizes, wanted: holeOf(sizes.validMask) }));
    };
    const everything = plan(256);
    // By arithmetic: 0.1 % and 25 % of the picture with a margin of some 40 pixels on two sides.
    assert.ok(plan(8) < 0.05 * everything, `${plan(8) / everything}`);
    assert.ok(plan(128) < 0.45 * everything, `${plan(128) / everything}`);
    assert.equal(plan(0), 0);
  }
});

Deno.test("planForward() gives the same from arrays that were used before", () => {
  const pool = new ArrayPool();
  const [height, width] = [32, 56];
  const request = (validMask: Uint8Array) => ({
    height,
    width,
    validMask,
    wanted: holeOf(validMask),
  });
  const picture = request(makeRandomMask(height, width, { seed: 5, share: 0.97 }));
  const fresh = planForward(NARROW, picture);
  planForward(NARROW, request(makeRandomMask(height, width)), pool);
  pool.recycle();
  assert.deepEqual(planForward(NARROW, picture, pool), fresh);
});
