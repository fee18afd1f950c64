import assert from "node:assert/strict";
import { createImageCache, keptShorterSide } from "../../../src/data/image_cache.ts";

function countingReader(width: number, height: number) {
  const reads: string[] = [];
  const read = (path: string) => {
    reads.push(path);
    return Promise.resolve({ rgb255: new Uint8Array(width * height * 3).fill(9), width, height });
  };
  return { reads, read };
}

Deno.test("createImageCache() reads an image once while it fits", async () => {
  const { reads, read } = countingReader(10, 10);
  const cached = createImageCache({ read, bytes: 600, mostShorterSide: 100 });
  for (const path of ["a", "b", "c", "a", "b", "c"]) await cached(path);
  // Two images of 300 bytes fit, the third one is read each time.
  assert.deepEqual(reads, ["a", "b", "c", "c"]);
});

Deno.test("createImageCache() shrinks large images and keeps their proportions", async () => {
  const { read } = countingReader(80, 40);
  const image = await createImageCache({ read, bytes: 0, mostShorterSide: 10 })("a");
  assert.deepEqual([image.width, image.height], [20, 10]);
  assert.deepEqual(image.rgb255, new Uint8Array(20 * 10 * 3).fill(9));
});

Deno.test("createImageCache() passes failures on and tries again", async () => {
  let calls = 0;
  const read = () => Promise.reject(new Error(`call ${++calls}`));
  const cached = createImageCache({ read, bytes: 100, mostShorterSide: 10 });
  await assert.rejects(cached("a"), { message: "call 1" });
  await assert.rejects(cached("a"), { message: "call 2" });
});

Deno.test("keptShorterSide() is four crops, but at most 512 pixels or two crops", () => {
  const sides = [32, 128, 192, 256, 512, 1024].map(keptShorterSide);
  assert.deepEqual(sides, [128, 512, 512, 512, 1024, 2048]);
});
