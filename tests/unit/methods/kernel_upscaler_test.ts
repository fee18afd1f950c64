import assert from "node:assert/strict";
import { resample, roundToBytes } from "../../../src/data/resample.ts";
import { kernelUpscaler } from "../../../src/methods/kernel_upscaler.ts";

const KERNELS = ["nearest", "bilinear", "bicubic", "lanczos"] as const;
const [width, height] = [7, 4];
const rgb255 = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 37) % 251);

Deno.test("kernelUpscaler() enlarges by resample(), rounded and clipped", async () => {
  for (const kernel of KERNELS) {
    const upscaler = kernelUpscaler(kernel);
    assert.equal(upscaler.name, kernel);
    const size = { width: 3 * width, height: 3 * height };
    assert.deepEqual(await upscaler.upscale({ width, height, rgb255 }, { scale: 3 }), {
      ...size,
      rgb255: roundToBytes(resample({ width, height, data: rgb255 }, { ...size, kernel })),
    });
  }
});

Deno.test("kernelUpscaler() refuses holes, but not a mask without any", async () => {
  const holeMask = new Uint8Array(width * height);
  const upscaler = kernelUpscaler("bicubic");
  const picture = { width, height, rgb255, holeMask };
  assert.equal((await upscaler.upscale(picture, { scale: 2 })).width, 14);
  holeMask[5] = 1;
  await assert.rejects(upscaler.upscale(picture, { scale: 2 }), {
    name: "RangeError",
    message: 'Cannot enlarge by "bicubic": the picture has holes, must have none',
  });
});

Deno.test("kernelUpscaler() stops when it is told to", async () => {
  const reason = new Error("enough");
  const signal = AbortSignal.abort(reason);
  const picture = { width, height, rgb255 };
  await assert.rejects(kernelUpscaler("lanczos").upscale(picture, { scale: 2, signal }), reason);
});
