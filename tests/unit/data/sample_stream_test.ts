import assert from "node:assert/strict";
import { join } from "node:path";
import { Image } from "imagescript";
import { shuffledOrder } from "../../../src/data/folder_dataset.ts";
import type { MaskFolder } from "../../../src/data/mask_folder.ts";
import { cutPlanes } from "../../../src/data/lattice_sample.ts";
import { makeSample } from "../../../src/data/make_sample.ts";
import { openSamples, type SampleBatch } from "../../../src/data/sample_stream.ts";
import { createRandom } from "../../../src/random.ts";
import { maskPicture, writePicture } from "../../cli/pictures.ts";

/** Writes images of one grey level each, `10 * (i + 1)`, so that a sample tells its image. */
async function withImages(
  count: number,
  test: (paths: string[], folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const paths: string[] = [];
    for (let i = 0; i < count; i++) {
      const image = new Image(40 + i, 36);
      const level = 10 * (i + 1);
      image.fill((level * 0x01010100 + 0xff) >>> 0);
      paths.push(join(folder, `${i}.png`));
      await Deno.writeFile(paths[i]!, await image.encode());
    }
    await test(paths, folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const SMALL = { size: 16, batchSize: 3, seed: 5 };

/** Which image each sample of a batch shows. */
function imagesOf({ rgb255 }: SampleBatch, size: number): number[] {
  const stride = size * size * 3;
  return Array.from({ length: rgb255.length / stride }, (_, n) => {
    const values = new Set(rgb255.subarray(n * stride, (n + 1) * stride));
    assert.equal(values.size, 1);
    return [...values][0]! / 10 - 1;
  });
}

Deno.test("openSamples() visits each image once an epoch, in the shuffled order", async () => {
  await withImages(6, async (images) => {
    const stream = openSamples({ images, ...SMALL });
    const seen: number[] = [];
    for (let step = 0; step < 4; step++) {
      const batch = await stream.batch(step);
      assert.equal(batch.rgb255.length, 3 * 16 * 16 * 3);
      assert.equal(batch.holeMask.length, 3 * 16 * 16);
      seen.push(...imagesOf(batch, 16));
    }
    await stream.close();
    assert.deepEqual(seen, [...shuffledOrder(6, 5, 0), ...shuffledOrder(6, 5, 1)]);
  });
});

Deno.test("openSamples() gives a resumed run the batches of one that ran from 0", async () => {
  await withImages(4, async (images) => {
    const whole = openSamples({ images, ...SMALL });
    const batches: SampleBatch[] = [];
    for (let step = 0; step < 5; step++) batches.push(await whole.batch(step));
    await whole.close();
    assert.notDeepEqual(batches[0], batches[1]);
    const resumed = openSamples({ images, ...SMALL, workers: 2, ahead: 1, cacheBytes: 0 });
    assert.deepEqual(await resumed.batch(3), batches[3]);
    assert.deepEqual(await resumed.batch(4), batches[4]);
    assert.deepEqual(await resumed.batch(1), batches[1]);
    // Asked for at once and out of order, twice the same.
    const steps = [4, 0, 2, 2];
    const together = await Promise.all(steps.map((step) => resumed.batch(step)));
    assert.deepEqual(together, steps.map((step) => batches[step]));
    await resumed.close();
    const other = openSamples({ images, ...SMALL, seed: 6 });
    assert.notDeepEqual(await other.batch(0), batches[0]);
    await other.close();
  });
});

Deno.test("openSamples() gives lattices by seed and index, whatever threads make them", async () => {
  await withImages(4, async (images) => {
    const plain = openSamples({ images, ...SMALL });
    assert.deepEqual(Object.keys(await plain.batch(0)), ["rgb255", "holeMask"]);
    await plain.close();
    const lattices = { share: 0.5, scales: [2, 4] } as const;
    const whole = openSamples({ images, ...SMALL, lattices });
    const batches: SampleBatch[] = [];
    for (let step = 0; step < 4; step++) batches.push(await whole.batch(step));
    await whole.close();
    const area = SMALL.size ** 2;
    let count = 0;
    for (const [step, { rgb255, holeMask, lattice }] of batches.entries()) {
      const { input255, guess255, guessMask } = lattice!;
      imagesOf({ rgb255, holeMask }, SMALL.size).forEach((image, slot) => {
        const random = createRandom(SMALL.seed, step * SMALL.batchSize + slot);
        const level = 10 * (image + 1);
        const made = makeSample(
          {
            width: 40 + image,
            height: 36,
            rgb255: new Uint8Array((40 + image) * 36 * 3).fill(level),
          },
          random,
          { size: SMALL.size, lattices },
        );
        const planes = cutPlanes(lattice!, slot * area, (slot + 1) * area);
        assert.deepEqual(planes, made.lattice);
        assert.deepEqual(holeMask.subarray(slot * area, (slot + 1) * area), made.holeMask);
        if (planes.input255.includes(0)) count++;
      });
      assert.deepEqual([input255.length, guess255.length], [rgb255.length, rgb255.length]);
      assert.equal(guessMask.length, holeMask.length);
    }
    assert.ok(count > 0 && count < 12, `${count} of 12 are lattices`);
    const resumed = openSamples({
      images,
      ...SMALL,
      lattices,
      workers: 3,
      ahead: 1,
      cacheBytes: 0,
    });
    assert.deepEqual(await resumed.batch(2), batches[2]);
    assert.deepEqual(await resumed.batch(3), batches[3]);
    await resumed.close();
  });
});

Deno.test("openSamples() reports a broken image once and takes the next one", async () => {
  await withImages(4, async (images) => {
    await Deno.writeTextFile(images[1]!, "no picture");
    await Deno.remove(images[2]!);
    const reports: string[] = [];
    const stream = openSamples({
      images,
      ...SMALL,
      batchSize: 4,
      onBadImage: (path, message) => {
        assert.ok(message.length > 0);
        reports.push(path);
      },
    });
    const seen = [
      ...imagesOf(await stream.batch(0), 16),
      ...imagesOf(await stream.batch(1), 16),
    ];
    await stream.close();
    const order = [...shuffledOrder(4, 5, 0), ...shuffledOrder(4, 5, 1)];
    assert.deepEqual(seen, order.map((image) => image === 1 || image === 2 ? 3 : image));
    assert.deepEqual(stream.leftOut.map(({ path }) => path), reports);
    assert.match(
      stream.leftOut.find(({ path }) => path === images[2])!.message,
      /^Cannot read image ".*2\.png": it does not exist$/,
    );
    assert.deepEqual(reports.sort(), [images[1], images[2]]);
  });
});

Deno.test("openSamples() reports a broken image once, however many workers meet it", async () => {
  await withImages(6, async (images) => {
    for (const broken of images.slice(0, 5)) await Deno.writeTextFile(broken, "no picture");
    const stream = openSamples({ images, ...SMALL, batchSize: 6, workers: 3 });
    for (let step = 0; step < 3; step++) {
      assert.deepEqual(imagesOf(await stream.batch(step), 16), [5, 5, 5, 5, 5, 5]);
    }
    await stream.close();
    assert.deepEqual(stream.leftOut.map(({ path }) => path).sort(), images.slice(0, 5));
  });
});

Deno.test("openSamples() rejects, and does not go round for ever, when all images go bad in a run", async () => {
  for (const workers of [1, 2]) {
    await withImages(4, async (images) => {
      const stream = openSamples({ images, ...SMALL, ahead: 0, cacheBytes: 0, workers });
      await stream.batch(0);
      assert.deepEqual(stream.leftOut, []);
      for (const image of images) await Deno.remove(image);
      // A step may still be made of images that were read before; the next ones may not.
      await assert.rejects(async () => {
        for (let step = 1; step < 4; step++) await stream.batch(step);
      }, {
        name: "InputError",
        message: /^Cannot read any of the 4 images, the last one with: .* it does not exist$/,
      });
      await stream.close();
      assert.equal(stream.leftOut.length, 4);
    });
  }
});

/** A folder beside the images with masks of half a hole each, left and right. */
async function writeMasks(folder: string): Promise<MaskFolder> {
  const files = [join(folder, "masks", "left.png"), join(folder, "masks", "right.png")];
  await writePicture(files[0]!, maskPicture(64, 64, (x) => x < 32));
  await writePicture(files[1]!, maskPicture(64, 64, (x) => x >= 32));
  return { folder: join(folder, "masks"), files, polarity: "white", dilate: [9, 49] };
}

Deno.test("openSamples() takes masks from files, the same with any number of workers", async () => {
  await withImages(4, async (images, folder) => {
    const masks = await writeMasks(folder);
    const options = { images, ...SMALL, masks, maskRatio: [0.3, 0.7] as const };
    const stream = openSamples(options);
    const batches = [await stream.batch(0), await stream.batch(1)];
    await stream.close();
    assert.equal(stream.missedRatios, 0);
    for (const { holeMask } of batches) {
      for (let slot = 0; slot < SMALL.batchSize; slot++) {
        const holes = holeMask.subarray(slot * 256, (slot + 1) * 256);
        const share = holes.reduce((sum, value) => sum + value, 0) / 256;
        assert.ok(share > 0.3 && share <= 0.7, `${share}`);
      }
    }
    const generated = openSamples({ ...SMALL, images });
    const plain = await generated.batch(0);
    await generated.close();
    assert.deepEqual(plain.rgb255, batches[0]!.rgb255); // where holes come from does not move the crops
    assert.notDeepEqual(plain.holeMask, batches[0]!.holeMask);
    const resumed = openSamples({ ...options, workers: 2, cacheBytes: 0 });
    assert.deepEqual(await resumed.batch(1), batches[1]);
    await resumed.close();
  });
});

Deno.test("openSamples() tells once of masks that never meet the ratio bounds", async () => {
  await withImages(3, async (images, folder) => {
    const told: number[] = [];
    const masks = await writeMasks(folder);
    const stream = openSamples({
      images,
      ...SMALL,
      masks,
      maskRatio: [0.9, 0.95],
      onMissedRatio: (share) => told.push(share),
    });
    await stream.batch(0);
    await stream.batch(1);
    await stream.close();
    assert.ok(stream.missedRatios >= 6);
    assert.equal(told.length, 1);
    assert.ok(told[0]! > 0.3 && told[0]! < 0.9, `${told}`);
  });
});

Deno.test("openSamples() leaves out masks that cannot be read, and rejects without any", async () => {
  await withImages(3, async (images, folder) => {
    const masks = await writeMasks(folder);
    await Deno.writeTextFile(masks.files[0]!, "no picture");
    const stream = openSamples({ images, ...SMALL, masks });
    await stream.batch(0);
    await stream.batch(1);
    await stream.close();
    assert.deepEqual(stream.leftOut.map(({ path }) => path), [masks.files[0]]);
    await Deno.remove(masks.files[1]!);
    const none = openSamples({ images, ...SMALL, masks });
    await assert.rejects(none.batch(0), {
      name: "InputError",
      message: /^Cannot read any of the 2 masks in ".*masks", the last one with: /,
    });
    await none.close();
  });
});

Deno.test("openSamples() rejects if no image can be read", async () => {
  await withImages(0, async (_, folder) => {
    const images = ["a.png", "b.png"].map((name) => join(folder, name));
    const stream = openSamples({ images, ...SMALL });
    await assert.rejects(stream.batch(0), (error: Error) => {
      assert.equal(error.name, "InputError");
      assert.match(error.message, /^Cannot read any of the 2 images, the last one with: /);
      return true;
    });
    await assert.rejects(stream.batch(0), { name: "InputError" });
    await stream.close();
  });
});

Deno.test("openSamples() rejects, and does not hang, when samples cannot be made", async () => {
  await withImages(1, async (images) => {
    // A bound that only the worker looks at.
    const stream = openSamples({ images, ...SMALL, maskRatio: [0.9, 0.1] });
    await assert.rejects(stream.batch(0), { message: /ratio is \[0.9, 0.1\]/ });
    await stream.close();
  });
});

Deno.test("openSamples() rejects what is awaited when it is closed", async () => {
  await withImages(1, async (images) => {
    const stream = openSamples({ images, ...SMALL });
    const awaited = assert.rejects(stream.batch(0), {
      message: "Cannot make samples: the stream is closed",
    });
    await stream.close();
    await awaited;
    await assert.rejects(stream.batch(1), { message: /is closed/ });
  });
});

Deno.test("openSamples() refuses impossible options", () => {
  assert.throws(() => openSamples({ images: [], ...SMALL }), {
    name: "InputError",
    message: "Cannot open samples: there is no image",
  });
  assert.throws(() => openSamples({ images: ["a.png"], ...SMALL, batchSize: 0 }), {
    name: "RangeError",
    message: "Cannot open samples: batchSize is 0, must be a whole number of at least 1",
  });
});
