import assert from "node:assert/strict";
import { join } from "node:path";
import { writeFileAtomic } from "../../../src/data/atomic_write.ts";

/** Runs a test in a fresh folder that is removed afterwards. */
async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "pconv-" });
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function names(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map((entry) => entry.name).sort();
}

Deno.test("writeFileAtomic() makes parent folders and leaves only the file", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "a", "b", "c.bin");
    const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => i * 7);
    await writeFileAtomic(path, bytes);
    assert.deepEqual(await Deno.readFile(path), bytes);
    assert.deepEqual(names(join(folder, "a", "b")), ["c.bin"]);
  });
});

Deno.test("writeFileAtomic() replaces a longer file whole, and writes an empty one", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "a.bin");
    await Deno.writeFile(path, new Uint8Array(1000).fill(9));
    await writeFileAtomic(path, Uint8Array.of(1, 2));
    assert.deepEqual([...await Deno.readFile(path)], [1, 2]);
    await writeFileAtomic(path, new Uint8Array());
    assert.equal((await Deno.stat(path)).size, 0);
  });
});

Deno.test("writeFileAtomic() never touches the old file, so a reader of it sees it whole", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "a.bin");
    await Deno.writeFile(path, new Uint8Array(1000).fill(9));
    using reader = await Deno.open(path);
    await writeFileAtomic(path, new Uint8Array(500).fill(1));
    const bytes = await new Response(reader.readable).bytes();
    assert.deepEqual(bytes, new Uint8Array(1000).fill(9));
    assert.deepEqual(await Deno.readFile(path), new Uint8Array(500).fill(1));
  });
});

Deno.test("writeFileAtomic() survives many writers of one file", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "a.bin");
    const contents = Array.from({ length: 8 }, (_, i) => new Uint8Array(10_000).fill(i));
    await Promise.all(contents.map((bytes) => writeFileAtomic(path, bytes)));
    const bytes = await Deno.readFile(path);
    assert.deepEqual(bytes, contents[bytes[0]!]);
    assert.deepEqual(names(folder), ["a.bin"]);
  });
});

Deno.test("writeFileAtomic() names the path and removes the temporary if renaming fails", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "taken");
    await Deno.mkdir(join(path, "full"), { recursive: true });
    await assert.rejects(writeFileAtomic(path, new Uint8Array(3)), (error: Error) => {
      assert.equal(error.name, "InputError");
      assert.ok(error.message.startsWith(`Cannot write ${JSON.stringify(path)}: `), error.message);
      assert.ok(!error.message.includes("os error") && !error.message.includes(".tmp"));
      return error.cause instanceof Error;
    });
    assert.deepEqual(names(folder), ["taken"]);
    assert.deepEqual(names(path), ["full"]);
  });
});

Deno.test("writeFileAtomic() refuses a parent that is a file", async () => {
  await inFolder(async (folder) => {
    await Deno.writeTextFile(join(folder, "file"), "x");
    const path = join(folder, "file", "a.png");
    await assert.rejects(writeFileAtomic(path, new Uint8Array(3)), { name: "InputError" });
    assert.deepEqual(names(folder), ["file"]);
  });
});

Deno.test("writeFileAtomic() may be told to give no name that is taken", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "a.txt");
    const mine = new TextEncoder().encode("mine");
    const options = {
      mayReplace: false,
      // Somebody else is faster.
      beforeNaming: () => Deno.writeTextFile(path, "theirs"),
    };
    await assert.rejects(writeFileAtomic(path, mine, options), {
      message: `Cannot write ${JSON.stringify(path)}: it exists`,
    });
    assert.equal(await Deno.readTextFile(path), "theirs");
    assert.deepEqual(names(folder), ["a.txt"]);
    await Deno.remove(path);
    await writeFileAtomic(path, mine, { mayReplace: false });
    assert.deepEqual(await Deno.readFile(path), mine);
    assert.deepEqual(names(folder), ["a.txt"]);
  });
});

Deno.test("writeFileAtomic() lets the written bytes be read back before they have a name", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "a.bin");
    await writeFileAtomic(path, Uint8Array.of(1, 2), {
      tag: "0a1b",
      async beforeNaming(readBack) {
        assert.deepEqual(await readBack(), Uint8Array.of(1, 2));
        assert.match(names(folder).join(), /^\.pconv-0a1b-[0-9a-f-]+\.tmp$/);
      },
    });
    assert.deepEqual(names(folder), ["a.bin"]);
  });
});
