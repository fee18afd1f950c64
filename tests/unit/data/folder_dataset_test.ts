import assert from "node:assert/strict";
import { join } from "node:path";
import { listDataset, shuffledOrder } from "../../../src/data/folder_dataset.ts";
import { InputError } from "../../../src/errors.ts";

async function withFolder(files: string[], test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    for (const file of files) {
      await Deno.mkdir(join(folder, file, ".."), { recursive: true });
      await Deno.writeTextFile(join(folder, file), "x");
    }
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("listDataset() lists images of all folders in a fixed order", async () => {
  const files = [
    "b.png",
    "a/2.JPG",
    "a/1.jpeg",
    "Z.webp",
    "notes.txt",
    ".hidden.png",
    ".git/c.png",
  ];
  await withFolder(files, async (folder) => {
    const expected = ["Z.webp", "a/1.jpeg", "a/2.JPG", "b.png"].map((name) => join(folder, name));
    assert.deepEqual(await listDataset(folder), expected);
  });
});

Deno.test("listDataset() wants a folder", async () => {
  await withFolder(["one.png"], async (folder) => {
    const path = join(folder, "one.png");
    await assert.rejects(listDataset(path), {
      name: "InputError",
      message: `Cannot use image folder "${path}": it is a file, must be a folder`,
    });
    await assert.rejects(listDataset(path, { kind: "mask folder" }), {
      message: `Cannot use mask folder "${path}": it is a file, must be a folder`,
    });
  });
});

Deno.test("listDataset() walks out of loops of links", async () => {
  await withFolder(["a/1.png", "b/2.png"], async (folder) => {
    await Deno.symlink(folder, join(folder, "a", "up"));
    await Deno.symlink(join(folder, "a"), join(folder, "b", "beside"));
    const expected = ["a/1.png", "b/2.png"].map((name) => join(folder, name));
    assert.deepEqual(await listDataset(folder), expected);
  });
});

Deno.test("listDataset() names what cannot be read, ten at most", async () => {
  await withFolder(["a.png"], async (folder) => {
    // A link to itself: following it never ends.
    await Deno.symlink(join(folder, "loop.png"), join(folder, "loop.png"));
    await assert.rejects(listDataset(folder), (error: unknown) => {
      assert.ok(error instanceof InputError);
      assert.ok(error.message.startsWith(`Cannot read "${folder}/loop.png": `), error.message);
      assert.match(error.hint!, /^Mend or remove what cannot be read/);
      return true;
    });
    for (let i = 10; i < 22; i++) await Deno.symlink("nowhere", join(folder, `${i}.png`));
    await assert.rejects(listDataset(folder), (error: unknown) => {
      const lines = (error as Error).message.split("\n");
      assert.equal(lines.length, 11);
      assert.equal(lines[0], `Cannot read "${folder}/10.png": it does not exist`);
      assert.equal(lines[10], "and 3 more");
      return true;
    });
  });
});

Deno.test("listDataset() tells of a missing and of an empty folder", async () => {
  await assert.rejects(listDataset("/no/such/folder"), (error: unknown) => {
    assert.ok(error instanceof InputError && error.cause instanceof Deno.errors.NotFound);
    assert.equal(error.message, 'Cannot list images in "/no/such/folder": it does not exist');
    return true;
  });
  await withFolder(["notes.txt"], async (folder) => {
    await assert.rejects(listDataset(folder), {
      name: "InputError",
      message:
        `Cannot use image folder "${folder}": it holds no image (.png, .jpg, .webp, .gif, .tif, .avif, .bmp)`,
    });
  });
});

Deno.test("shuffledOrder() visits each image once and differs by seed and epoch", () => {
  const order = shuffledOrder(50, 3, 0);
  assert.deepEqual([...order].sort((a, b) => a - b), Array.from({ length: 50 }, (_, i) => i));
  assert.deepEqual(shuffledOrder(50, 3, 0), order);
  assert.notDeepEqual(shuffledOrder(50, 3, 1), order);
  assert.notDeepEqual(shuffledOrder(50, 4, 0), order);
  assert.deepEqual([...shuffledOrder(1, 0, 0)], [0]);
});

Deno.test("shuffledOrder() puts an image at every place about equally often", () => {
  const places = new Array<number>(5).fill(0);
  for (let epoch = 0; epoch < 1000; epoch++) places[shuffledOrder(5, 9, epoch).indexOf(0)]!++;
  // Expected 200 with a standard deviation of 12.6; five deviations are 63.
  for (const count of places) assert.ok(Math.abs(count - 200) < 63, `${places}`);
});
