import assert from "node:assert/strict";
import { join } from "node:path";
import { listImages } from "../../../src/data/list_images.ts";

/** Makes a folder with empty files and hands it to the test; `root` has no link in its own path. */
async function withFiles(
  files: readonly string[],
  test: (root: string) => Promise<void>,
): Promise<void> {
  const root = await Deno.realPath(await Deno.makeTempDir({ prefix: "pconv-" }));
  try {
    for (const file of files) {
      await Deno.mkdir(join(root, file, ".."), { recursive: true });
      await Deno.writeTextFile(join(root, file), "");
    }
    await test(root);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

async function relatives(root: string, recursive = true): Promise<string[]> {
  return (await listImages(root, { recursive })).images.map((image) => image.relative);
}

Deno.test("listImages() finds the known extensions in any case, in code-unit order", async () => {
  const wanted = [
    "B.JPG",
    "a.png",
    "b/a.Webp",
    "b/c/z.jpeg",
    "b.gif",
    "c.TIF",
    "c.tiff",
    "d.avif",
    "e.bmp",
    "ä.png",
  ];
  const others = ["a.txt", "png", "a.png.part", "a.tifff", "a.heic"];
  await withFiles([...wanted, ...others], async (root) => {
    // "." is 0x2e and "/" is 0x2f, so "b.gif" is before "b/a.Webp".
    const expected = [
      "B.JPG",
      "a.png",
      "b.gif",
      "b/a.Webp",
      "b/c/z.jpeg",
      "c.TIF",
      "c.tiff",
      "d.avif",
      "e.bmp",
      "ä.png",
    ];
    const { images, problems } = await listImages(root);
    assert.deepEqual(images, expected.map((name) => ({ path: join(root, name), relative: name })));
    assert.deepEqual(problems, []);
  });
});

Deno.test("listImages() stays in the folder without recursive", async () => {
  await withFiles(["a.png", "b/c.png"], async (root) => {
    assert.deepEqual(await relatives(root, false), ["a.png"]);
  });
});

Deno.test("listImages() ignores names that start with a dot, but not in the root's own path", async () => {
  await withFiles([".a.png", ".git/b.png", ".hidden/c.png", "d.png"], async (root) => {
    assert.deepEqual(await relatives(root), ["d.png"]);
    assert.deepEqual(await relatives(join(root, ".hidden")), ["c.png"]);
  });
});

Deno.test("listImages() ignores a folder named like an image, but looks into it", async () => {
  await withFiles(["x.png/y.png"], async (root) => {
    assert.deepEqual(await relatives(root), ["x.png/y.png"]);
  });
});

Deno.test("listImages() follows links and lists each folder once, by its own path", async () => {
  await withFiles(["root/sub/a.png", "outside/b.png"], async (folder) => {
    const root = join(folder, "root");
    await Deno.symlink(join(root, "sub"), join(root, "alias"));
    await Deno.symlink(join(folder, "outside"), join(root, "other"));
    await Deno.symlink(join(folder, "outside", "b.png"), join(root, "link.png"));
    assert.deepEqual(await relatives(root), ["link.png", "other/b.png", "sub/a.png"]);
  });
});

Deno.test("listImages() is safe against links that lead back", async () => {
  await withFiles(["root/sub/a.png", "beside.png"], async (folder) => {
    const root = join(folder, "root");
    await Deno.symlink(root, join(root, "sub", "self"));
    await Deno.symlink(folder, join(root, "up"));
    await Deno.symlink("/", join(root, "top"));
    assert.deepEqual(await listImages(root), {
      images: [{ path: join(root, "sub/a.png"), relative: "sub/a.png" }],
      problems: [],
      unread: [],
    });
  });
});

Deno.test("listImages() reports broken links and goes on", async () => {
  await withFiles(["a.png", "z.png"], async (root) => {
    await Deno.symlink(join(root, "nowhere"), join(root, "broken.png"));
    const { images, problems } = await listImages(root);
    assert.equal(images.length, 2);
    assert.equal(problems.length, 1);
    assert.ok(problems[0]!.startsWith(`Cannot read ${JSON.stringify(join(root, "broken.png"))}: `));
  });
});

Deno.test("listImages() reports an unreadable folder and goes on", async () => {
  await withFiles(["a/x.png", "b/secret.png", "c/y.png"], async (root) => {
    // The tests may run as root, who can read everything: Deno's own permission stands in for the system's.
    const module = new URL("../../../src/data/list_images.ts", import.meta.url).href;
    const script = join(root, "list.ts");
    await Deno.writeTextFile(
      script,
      `import { listImages } from ${JSON.stringify(module)};
       await Deno.stdout.write(new TextEncoder().encode(JSON.stringify(await listImages(Deno.args[0]!))));`,
    );
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "--no-check", "--no-prompt", "--allow-read", `--deny-read=${join(root, "b")}`],
        ...[script, root],
      ],
      env: { NO_COLOR: "1" },
    }).output();
    assert.equal(code, 0, new TextDecoder().decode(stderr));
    const { images, problems } = JSON.parse(new TextDecoder().decode(stdout));
    assert.deepEqual(images.map((image: { relative: string }) => image.relative), [
      "a/x.png",
      "c/y.png",
    ]);
    assert.equal(problems.length, 1);
    assert.ok(
      problems[0].startsWith(`Cannot read ${JSON.stringify(join(root, "b"))}: `),
      problems[0],
    );
  });
});

Deno.test("listImages() refuses a root that is missing or no folder", async () => {
  await withFiles(["a.png"], async (root) => {
    for (const name of ["missing", "a.png"]) {
      const path = join(root, name);
      await assert.rejects(listImages(path), (error: Error) => {
        assert.equal(error.name, "InputError");
        assert.ok(error.message.startsWith(`Cannot list images in ${JSON.stringify(path)}: `));
        return error.cause instanceof Error;
      });
    }
  });
});

Deno.test("listImages() gives an empty list for an empty folder", async () => {
  await withFiles([], async (root) => {
    assert.deepEqual(await listImages(root), { images: [], problems: [], unread: [] });
  });
});

Deno.test("listImages() names pictures of kinds that are not read", async () => {
  await withFiles(["b.HEIC", "a.jfif", "sub/c.psd", "d.txt", ".e.heic"], async (root) => {
    const { images, unread } = await listImages(root);
    assert.deepEqual(images.map(({ relative }) => relative), ["a.jfif"]);
    assert.deepEqual(unread, ["b.HEIC", "sub/c.psd"]);
  });
});
