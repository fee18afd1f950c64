import assert from "node:assert/strict";
import { placeFeatureMap } from "../../../../src/engine/cpu/feature_map.ts";
import { MemoryArena } from "../../../../src/engine/cpu/memory_arena.ts";
import { placePyramid } from "../../../../src/engine/cpu/place_pyramid.ts";
import { scriptKernel } from "../../../../src/engine/cpu/script.ts";
import { pyramidPlanes } from "../../../../src/engine/plan/pyramid_planes.ts";
import { pyramidKernels } from "../../../../src/kernels/simd/pyramid_kernels.ts";
import { encodeModule } from "../../../../src/kernels/simd/wasm_module.ts";
import { makeHoledPicture, makeRandomMask } from "../../../support/holed_picture.ts";

const PAGES = 64;

/** Makes the fills of a picture in memory; levels as in the network. */
async function fill(picture: ReturnType<typeof makeHoledPicture>, levels: number) {
  const { height, width, rgb01, validMask } = picture;
  const memory = new WebAssembly.Memory({ initial: PAGES });
  const bytes = encodeModule(pyramidKernels(), { initial: PAGES, isShared: false });
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
  const arena = new MemoryArena(memory, 0);
  const mapAt = (level: number) =>
    placeFeatureMap(arena, {
      height: height / 2 ** level,
      width: width / 2 ** level,
      channels: 4,
      pad: 1,
    });
  const image = mapAt(0);
  const fills = Array.from({ length: levels }, (_, level) => mapAt(level));
  const { address, calls } = placePyramid(arena, { image, fills });
  const values = new Float32Array(memory.buffer);
  for (let i = 0; i < validMask.length; i++) {
    if (validMask[i] === 0) continue;
    const to = (image.origin + Math.floor(i / width) * image.pitch) / 4 + (i % width) * 4;
    values.set([...rgb01.subarray(i * 3, i * 3 + 3)].map((value) => value - 0.5), to);
    values[to + 3] = 1;
  }
  scriptKernel(memory, instance.exports)(address, 0, calls.length, 0, 0);
  return fills.map((map) => {
    const pixels: number[][] = [];
    for (let y = 0; y < map.height; y++) {
      for (let x = 0; x < map.width; x++) {
        const at = (map.origin + y * map.pitch) / 4 + x * 4;
        pixels.push([...values.subarray(at, at + 4)]);
      }
    }
    return pixels;
  });
}

// Sizes with odd levels below the network's: 24 goes to 12, 6, 3, 2, 1.
for (const [height, width] of [[8, 8], [24, 40], [32, 8]] as const) {
  for (const share of [0.02, 0.5, 0.98, 1]) {
    Deno.test(`placePyramid() makes the fill of pyramidPlanes(): ${height}x${width}, ${share} known`, async () => {
      const validMask = makeRandomMask(height, width, { seed: 3, share });
      validMask[height * width - 1] = 1;
      const picture = { ...makeHoledPicture({ height, width }), validMask };
      const levels = 3;
      const made = await fill(picture, levels);
      const expected = pyramidPlanes({ ...picture, rgb: picture.rgb01 });
      made.forEach((pixels, level) => {
        const scale = 2 ** level;
        pixels.forEach(([red, green, blue, known], i) => {
          [red, green, blue].forEach((value, c) => {
            const error = Math.abs(value! + 0.5 - expected[level]![i * 3 + c]!);
            // Measured 1.5e-7: means of colours minus 0.5.
            assert.ok(error <= 3e-7, `level ${level}, pixel ${i}: off by ${error}`);
          });
          // The share of known pixels in a block, by counting.
          const [y, x] = [Math.floor(i / (width / scale)) * scale, i % (width / scale) * scale];
          let count = 0;
          for (let j = 0; j < scale * scale; j++) {
            count += validMask[(y + Math.floor(j / scale)) * width + x + j % scale]!;
          }
          assert.equal(known, count / scale ** 2);
        });
      });
    });
  }
}
