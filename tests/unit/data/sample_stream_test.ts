import assert from "node:assert/strict";
import { join } from "node:path";
import { Image } from "imagescript";
import { shuffledOrder } from "../../../src/data/folder_dataset.ts";
import { openSamples, type SampleBatch } from "../../../src/data/sample_stream.ts";

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
    assert.deepEqual(reports.sort(), [images[1], images[2]]);
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
