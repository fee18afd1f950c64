import assert from "node:assert/strict";
import { InputError } from "../../../src/errors.ts";
import { encodeImage } from "../../../src/data/encode_image.ts";
import { localCodec } from "../../../src/data/picture_codec.ts";
import { openPictureWorkers, type PictureWorkers } from "../../../src/data/picture_workers.ts";
import { maskPicture, middle, photo } from "../../cli/pictures.ts";

async function withWorkers(count: number, body: (workers: PictureWorkers) => Promise<void>) {
  const workers = openPictureWorkers({ count });
  try {
    await body(workers);
  } finally {
    workers.close();
  }
}

const PNG = { format: "png", keepAlpha: true } as const;

Deno.test("openPictureWorkers() gives the bytes and pixels of localCodec in every format", async () => {
  const picture = photo(37, 21, (x) => x * 6);
  const mask = await encodeImage(maskPicture(37, 21, middle(37, 21)), PNG);
  await withWorkers(2, async (workers) => {
    for (const format of ["png", "jpeg", "webp"] as const) {
      const options = { format, keepAlpha: true };
      const bytes = await localCodec.encode(picture, options);
      const encoded = workers.encode({ ...picture, rgba: picture.rgba.slice() }, options);
      const decoded = workers.decode(bytes.slice(), { name: "a" });
      const holes = workers.readHoles(mask.slice(), { name: "m", invert: true });
      assert.deepEqual(await encoded, bytes);
      assert.deepEqual(await decoded, await localCodec.decode(bytes, { name: "a" }));
      assert.deepEqual(
        await holes,
        await localCodec.readHoles(mask, { name: "m", invert: true }),
      );
    }
  });
});

Deno.test("openPictureWorkers() moves buffers both ways; with 0 threads nothing is taken away", async () => {
  await withWorkers(1, async (workers) => {
    const picture = photo(8, 8);
    const bytes = await workers.encode(picture, PNG);
    assert.equal(picture.rgba.length, 0, "the pixels were copied");
    const { bytes: back } = await workers.decode(bytes, { name: "a" });
    assert.equal(bytes.length, 0, "the file was copied");
    assert.deepEqual(back, await encodeImage(photo(8, 8), PNG));
  });
  await withWorkers(0, async (workers) => {
    const picture = photo(8, 8);
    await workers.encode(picture, PNG);
    assert.equal(picture.rgba.length, 8 * 8 * 4);
  });
});

Deno.test("openPictureWorkers() moves metadata, 16 bits and patches there and back", async () => {
  await withWorkers(1, async (workers) => {
    const rgba16 = Uint16Array.from({ length: 8 * 8 * 4 }, (_, i) => i * 251);
    const picture = { ...photo(8, 8), rgba16: rgba16.slice() };
    const metadata = { xmp: Uint8Array.of(60, 120, 62), dpi: { x: 254, y: 254 } };
    const bytes = await workers.encode(picture, { ...PNG, metadata });
    assert.equal(picture.rgba16.length, 0, "16 bits were copied");
    const { image } = await workers.decode(bytes, { name: "a" });
    assert.deepEqual(image.rgba16, rgba16);
    assert.deepEqual(image.metadata.xmp, Uint8Array.of(60, 120, 62));
    const { rgba } = photo(8, 8);
    const jpeg = await workers.encode(photo(8, 8), { format: "jpeg", keepAlpha: false });
    const patch = { rgba, holeMask: new Uint8Array(64).fill(1, 0, 9), orientation: 1 };
    const expected = await localCodec.patch(jpeg.slice(), { ...patch, rgba: rgba.slice() });
    assert.deepEqual(await workers.patch(jpeg, patch), {
      ...expected,
      patch: { ...patch, holeMask: new Uint8Array(64).fill(1, 0, 9), rgba: photo(8, 8).rgba },
    });
    assert.equal(rgba.length, 0, "the pixels were copied");
  });
});

Deno.test("openPictureWorkers() passes errors on with class, message and hint, and goes on", async () => {
  await withWorkers(1, async (workers) => {
    await assert.rejects(workers.decode(new Uint8Array(), { name: "a" }), (error) => {
      assert.ok(error instanceof InputError);
      assert.match(error.message, /^Cannot read image "a": file is empty/);
      return true;
    });
    const wide = { width: 70_000, height: 1, rgba: new Uint8ClampedArray(280_000) };
    await assert.rejects(workers.encode(wide, { format: "jpeg", keepAlpha: false }), {
      name: "InputError",
      hint: "Choose PNG, which has no such limit",
    });
    const wrong = { width: 2, height: 2, rgba: new Uint8ClampedArray(3) };
    await assert.rejects(workers.encode(wrong, PNG), {
      name: "RangeError",
      message: /has 3 bytes/,
    });
    const message = "Cannot read mask: threshold is 0, must be 1 to 255";
    const bytes = await workers.encode(photo(4, 4), PNG);
    const holes = workers.readHoles(bytes, { name: "m", threshold: 0 });
    await assert.rejects(holes, { name: "RangeError", message });
    assert.ok((await workers.encode(photo(4, 4), PNG)).length > 0);
  });
});

Deno.test("openPictureWorkers() takes calls up in their order", async () => {
  await withWorkers(1, async (workers) => {
    const ended: number[] = [];
    const calls = [400, 4, 40].map((side, index) =>
      workers.encode(photo(side, side), PNG).then(() => ended.push(index))
    );
    await Promise.all(calls);
    assert.deepEqual(ended, [0, 1, 2]);
  });
});

Deno.test("openPictureWorkers() rejects what is open when it is closed, and all that follows", async () => {
  const workers = openPictureWorkers({ count: 1 });
  const open = [photo(64, 64), photo(8, 8)].map((picture) => workers.encode(picture, PNG));
  const expected = { message: "Cannot work on a picture: the workers are closed" };
  const checked = open.map((call) => assert.rejects(call, expected));
  workers.close();
  await Promise.all(checked);
  await assert.rejects(workers.encode(photo(8, 8), PNG), expected);
});

Deno.test("openPictureWorkers() fails the call of a thread that dies, and replaces the thread", async () => {
  let started = 0;
  const source = "onmessage = () => { throw new Error('out of order'); };";
  const workers = openPictureWorkers({
    count: 1,
    start: () => {
      started++;
      return started === 1
        ? new Worker(`data:text/javascript,${encodeURIComponent(source)}`, { type: "module" })
        : new Worker(import.meta.resolve("../../../src/data/picture_worker.ts"), {
          type: "module",
        });
    },
  });
  try {
    const [dead, next] = [photo(8, 8), photo(9, 9)].map((picture) => workers.encode(picture, PNG));
    await assert.rejects(dead!, {
      name: "Error",
      message: /^Cannot work on a picture: a worker failed with: .*out of order/,
    });
    assert.deepEqual(await next, await encodeImage(photo(9, 9), PNG));
    assert.equal(started, 2);
  } finally {
    workers.close();
  }
});

Deno.test("openPictureWorkers() fails a call that cannot be sent, and goes on", async () => {
  await withWorkers(1, async (workers) => {
    const name = Symbol("no name") as unknown as string;
    await assert.rejects(workers.decode(new Uint8Array(1), { name }), { name: "DataCloneError" });
    assert.ok((await workers.encode(photo(8, 8), PNG)).length > 0);
  });
});

Deno.test("openPictureWorkers() refuses a count that is none", () => {
  for (const count of [-1, 0.5, NaN]) {
    assert.throws(() => openPictureWorkers({ count }), {
      name: "RangeError",
      message:
        `Cannot open picture workers: count is ${count}, must be a whole number of at least 0`,
    });
  }
});
