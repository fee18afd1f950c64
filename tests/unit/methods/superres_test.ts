import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { BackendError } from "../../../src/errors.ts";
import { latticeGuess } from "../../../src/data/lattice_guess.ts";
import { superres, type SuperresOptions } from "../../../src/methods/superres.ts";
import type { SmallPicture, Upscaler } from "../../../src/methods/upscaler.ts";
import { disposeParameters, type UNetParameters } from "../../../src/model/parameters.ts";
import { runUNet } from "../../../src/model/pconv_unet.ts";
import type { UNetConfig } from "../../../src/model/unet_config.ts";
import { pyramidFill } from "../../../src/ops/pyramid_fill.ts";
import { engineOf } from "../../support/engine_of.ts";
import { cpuTest, useBackend } from "../../support/for_each_backend.ts";
import { makeTinyParameters, TINY_CONFIG } from "../../support/tiny_weights.ts";

type IsHole = (x: number, y: number) => boolean;

/** Slopes and a ripple; holes hold a colour that must not be used. */
function small(width: number, height: number, isHole?: IsHole, held = 255): SmallPicture {
  const rgb255 = new Uint8Array(width * height * 3);
  const holeMask = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      holeMask[i] = isHole?.(x, y) ? 1 : 0;
      const ripple = 128 + 60 * Math.sin(x / 2.5) * Math.cos(y / 3.1);
      const colour = [40 + 150 * x / width, 60 + 120 * y / height, ripple];
      rgb255.set(holeMask[i] === 1 ? [held, 0, held] : colour, i * 3);
    }
  }
  return isHole === undefined ? { width, height, rgb255 } : { width, height, rgb255, holeMask };
}

interface UpscalerOptions extends Partial<SuperresOptions> {
  readonly parameters?: UNetParameters;
}

/** Enlarges with the tiny network, which is freed after. */
async function withUpscaler(
  { parameters, ...options }: UpscalerOptions,
  body: (upscaler: Upscaler) => Promise<void>,
): Promise<void> {
  await useBackend("cpu");
  const config = options.config ?? TINY_CONFIG;
  const numbers = parameters ?? makeTinyParameters(config);
  const engine = await engineOf(config, numbers);
  const upscaler = superres({ config, engine, tile: 4096, blend: false, ...options });
  try {
    await body(upscaler);
  } finally {
    upscaler.close!();
    disposeParameters(numbers);
  }
}

/** The picture that the network makes, without tiles. */
async function enlarge(
  picture: SmallPicture,
  scale: number,
  options: Partial<SuperresOptions> = {},
): Promise<Uint8Array> {
  let large = new Uint8Array();
  await withUpscaler(options, async (upscaler) => {
    large = (await upscaler.upscale(picture, { scale })).rgb255;
  });
  return large;
}

/** Largest and mean difference in grey levels. */
function difference(a: Uint8Array, b: Uint8Array) {
  let [largest, sum] = [0, 0];
  a.forEach((value, i) => {
    largest = Math.max(largest, Math.abs(value - b[i]!));
    sum += Math.abs(value - b[i]!);
  });
  return { largest, mean: sum / a.length };
}

cpuTest("superres() copies known pixels to the lattice and paints what is between", async () => {
  for (const [width, height, scale] of [[1, 1, 8], [9, 7, 2], [5, 11, 3], [1, 40, 4]] as const) {
    const picture = small(width, height);
    const before = Uint8Array.from(picture.rgb255);
    await withUpscaler({}, async (upscaler) => {
      assert.equal(upscaler.name, "superres");
      const large = await upscaler.upscale(picture, { scale });
      assert.deepEqual(picture.rgb255, before, "the input was written to");
      assert.deepEqual([large.width, large.height], [width * scale, height * scale]);
      assert.equal(large.rgb255.length, width * height * scale * scale * 3);
      const half = Math.floor(scale / 2);
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          const at = ((scale * y + half) * width * scale + scale * x + half) * 3;
          const from = (y * width + x) * 3;
          assert.deepEqual(
            large.rgb255.subarray(at, at + 3),
            picture.rgb255.subarray(from, from + 3),
            `pixel (${x}, ${y}) of ${width}x${height}, ${scale} times`,
          );
        }
      }
    });
  }
});

cpuTest("superres() is the network over the fill of the guess, rounded", async () => {
  const picture = small(8, 6, (x, y) => x === 3 && y > 1);
  const blended = await enlarge(picture, 4, { blend: true });
  const { width, height, known255, holeMask, guess255, guessMask } = latticeGuess(picture, {
    scale: 4,
  });
  const parameters = makeTinyParameters();
  // 32x24 is a multiple of 8, so nothing is added.
  const output = tf.tidy(() => {
    const rgb01 = (rgb: Uint8Array) =>
      tf.div(tf.tensor4d(rgb, [1, height, width, 3], "float32"), 255) as tf.Tensor4D;
    const mask = (values: Uint8Array) => tf.tensor4d(values, [1, height, width, 1], "float32");
    const validMask = tf.sub(1, mask(holeMask)) as tf.Tensor4D;
    const fills = pyramidFill({ features: rgb01(guess255), validMask: mask(guessMask) });
    return runUNet(TINY_CONFIG, parameters, { features: rgb01(known255), validMask }, { fills })
      .output;
  });
  const expected = Uint8Array.from(
    await output.data(),
    (value) => Math.round(255 * Math.min(1, Math.max(0, value))),
  );
  output.dispose();
  disposeParameters(parameters);
  assert.deepEqual(blended, expected);
});

cpuTest(
  "superres() with `blend` also takes the network's known pixels, and no others",
  async () => {
    const picture = small(10, 8);
    const kept = await enlarge(picture, 4);
    const blended = await enlarge(picture, 4, { blend: true });
    const { holeMask } = latticeGuess(picture, { scale: 4 });
    let changed = 0;
    holeMask.forEach((hole, i) => {
      const [a, b] = [kept, blended].map((rgb) => [...rgb.subarray(i * 3, i * 3 + 3)]);
      if (hole === 1) assert.deepEqual(a, b, `pixel ${i}`);
      else if (String(a) !== String(b)) changed++;
    });
    // Weights by formula reproduce nothing.
    assert.ok(changed > 40, `${changed} of 80 known pixels differ`);
  },
);

cpuTest("superres() fills holes of the small picture and never looks under them", async () => {
  const isHole: IsHole = (x, y) => x > 3 && x < 9 && y > 2 && y < 8;
  const filled = await enlarge(small(14, 12, isHole), 3);
  assert.deepEqual(await enlarge(small(14, 12, isHole, 7), 3), filled);
  // The hole's middle pixel stands at (3 · 6 + 1, 3 · 5 + 1); magenta would be as far away as can be.
  const at = ((3 * 5 + 1) * 42 + 3 * 6 + 1) * 3;
  const green = small(14, 12).rgb255[(5 * 14 + 6) * 3 + 1]!;
  assert.ok(Math.abs(filled[at + 1]! - green) < 40, `green is ${filled[at + 1]}, was ${green}`);
});

cpuTest("superres() in tiles is nearly the whole, with holes too", async () => {
  for (const isHole of [undefined, (x: number, y: number) => Math.hypot(x - 30, y - 25) < 9]) {
    // 240x204, not a multiple of 8.
    const picture = small(60, 51, isHole);
    const whole = await enlarge(picture, 4, { blend: true });
    const tiled = await enlarge(picture, 4, { blend: true, tile: 128 });
    const { largest, mean } = difference(tiled, whole);
    // Measured 3 and 0.063: near a tile's edge a network sees less. The shipped pconv-lite, in tiles of 512 of
    // canvases of 640x600 and 800x600, was within 2 and 0.016.
    assert.ok(largest <= 6 && mean <= 0.125, `largest ${largest}, mean ${mean}`);
  }
});

cpuTest("superres() gives tiles the fill of the whole", async () => {
  const isHole: IsHole = (x, y) => Math.hypot(x - 40, y - 35) < 25;
  for (const picture of [small(80, 71), small(80, 71, isHole)]) {
    const one = await enlarge(picture, 4, { tile: 128 });
    const own = await enlarge(picture, 4, { tile: 128, wholePixels: 0 });
    const { largest } = difference(own, one);
    // Measured 1: the same sums in another order, and what is added at the right and bottom.
    assert.ok(largest <= 1, `largest ${largest}`);
  }
});

cpuTest("superres() runs networks without a base, and with typical convolutions", async () => {
  const bases: UNetConfig[] = [
    { ...TINY_CONFIG, base: "none" },
    { ...TINY_CONFIG, base: "none", convolution: "typical" },
  ];
  for (const config of bases) {
    const picture = small(6, 5);
    const large = await enlarge(picture, 2, { config });
    assert.equal(large.length, 12 * 10 * 3);
    assert.deepEqual(large.subarray((12 + 1) * 3, (12 + 1) * 3 + 3), picture.rgb255.subarray(0, 3));
  }
});

cpuTest("superres() stops when it is told to, also between tiles", async () => {
  await withUpscaler({ tile: 16 }, async (upscaler) => {
    const reason = new Error("enough");
    const signal = AbortSignal.abort(reason);
    await assert.rejects(upscaler.upscale(small(4, 4), { scale: 2, signal }), reason);
    const controller = new AbortController();
    const work = upscaler.upscale(small(40, 40), { scale: 4, signal: controller.signal });
    setTimeout(() => controller.abort(reason), 20);
    await assert.rejects(work, reason);
  });
});

cpuTest("superres() refuses numbers that are not finite", async () => {
  const parameters = makeTinyParameters();
  const last = [...parameters.trained.values()].at(-1)!;
  tf.tidy(() => last.variable.assign(tf.fill(last.variable.shape, NaN)));
  await withUpscaler({ parameters }, async (upscaler) => {
    await assert.rejects(upscaler.upscale(small(4, 4), { scale: 2 }), (error) => {
      assert.ok(error instanceof BackendError);
      return true;
    });
  });
});

cpuTest("superres() refuses scales and sizes that do not fit", async () => {
  await withUpscaler({}, async (upscaler) => {
    for (const scale of [0, 1, -2, 2.5, NaN]) {
      await assert.rejects(upscaler.upscale(small(4, 4), { scale }), { name: "RangeError" });
    }
    const picture = small(4, 4, () => false);
    for (const wrong of [{ width: 3 }, { holeMask: new Uint8Array(3) }]) {
      const work = upscaler.upscale({ ...picture, ...wrong }, { scale: 2 });
      await assert.rejects(work, { name: "RangeError" });
    }
  });
});
