import assert from "node:assert/strict";
import { listParameters } from "../../../../src/model/list_parameters.ts";
import { PRESETS } from "../../../../src/model/unet_config.ts";
import {
  type BatchNormFreezeOptions,
  freezeBatchNorm,
} from "../../../../tasks/freezes/batch_norm.ts";

const parameters = listParameters(PRESETS.tiny);
const LAYERS = ["encoder/2/batch_norm", "encoder/3/batch_norm", "decoder/1/batch_norm"];

function held(options: BatchNormFreezeOptions, step = 0): string[] {
  const freeze = freezeBatchNorm(options);
  return [
    ...parameters.filter((info) => freeze.holdsParameter(info, step)).map(({ path }) => path),
    ...LAYERS.filter((path) => freeze.holdsStatistics(path, step)),
  ];
}

const AFFINE = [
  "encoder/2/batch_norm/gamma",
  "encoder/2/batch_norm/beta",
  "encoder/3/batch_norm/gamma",
  "encoder/3/batch_norm/beta",
];
const STATISTICS = ["encoder/2/batch_norm", "encoder/3/batch_norm"];

Deno.test("freezeBatchNorm() holds all of the encoder's batch norm, and nothing else", () => {
  assert.deepEqual(held({}), [...AFFINE, ...STATISTICS]);
  assert.deepEqual(held({}, 1_000_000), [...AFFINE, ...STATISTICS]);
});

Deno.test("freezeBatchNorm() has a switch for each half", () => {
  assert.deepEqual(held({ affine: false }), STATISTICS);
  assert.deepEqual(held({ statistics: false }), AFFINE);
  assert.deepEqual(held({ affine: false, statistics: false }), []);
});

Deno.test("freezeBatchNorm() starts at a step", () => {
  assert.deepEqual(held({ fromStep: 5 }, 4), []);
  assert.deepEqual(held({ fromStep: 5 }, 5), [...AFFINE, ...STATISTICS]);
});

Deno.test("freezeBatchNorm() takes other layers", () => {
  const where = (path: string) => path.startsWith("decoder/1/");
  assert.deepEqual(held({ where }), [
    "decoder/1/batch_norm/gamma",
    "decoder/1/batch_norm/beta",
    "decoder/1/batch_norm",
  ]);
});
