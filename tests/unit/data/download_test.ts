import assert from "node:assert/strict";
import { sha256 } from "../../../src/checkpoint/sha256.ts";
import { download, type DownloadOptions } from "../../../src/data/download.ts";
import { InputError } from "../../../src/errors.ts";
import { type FileServer, serveFile } from "../../support/file_server.ts";
import { listFiles } from "../../support/run_cli.ts";
import { withTempDir } from "../../support/temp_dir.ts";

const content = Uint8Array.from({ length: 300_000 }, (_, i) => i % 251);
const hash = await sha256(content);

async function withServer(
  body: (
    server: FileServer,
    get: (options?: Partial<DownloadOptions>) => ReturnType<typeof download>,
    folder: string,
  ) => Promise<void>,
): Promise<void> {
  await withTempDir(async (folder) => {
    await using server = serveFile(content);
    await body(
      server,
      (options = {}) =>
        download(server.url, { path: `${folder}/file.bin`, sha256: hash, retryMs: 1, ...options }),
      folder,
    );
  });
}

function refused(pattern: RegExp, hint?: RegExp) {
  return (error: unknown) => {
    assert.ok(error instanceof InputError, String(error));
    assert.match(error.message, pattern);
    if (hint !== undefined) assert.match(error.hint ?? "", hint);
    return true;
  };
}

async function assertComplete(folder: string): Promise<void> {
  assert.deepEqual(await listFiles(folder), ["file.bin"]);
  assert.deepEqual(await Deno.readFile(`${folder}/file.bin`), content);
}

Deno.test("download() fetches a file and leaves nothing else", async () => {
  await withServer(async (server, get, folder) => {
    const done = await get();
    assert.deepEqual(done, { sha256: hash, sizeBytes: content.length, resumedBytes: 0 });
    await assertComplete(folder);
    assert.equal(server.requests.length, 1);
  });
});

Deno.test("download() takes the first digits of a hash, in either case, or none", async () => {
  for (const sha256 of [hash.slice(0, 8), hash.toUpperCase(), undefined]) {
    await withServer(async (_server, get, folder) => {
      assert.equal((await get({ sha256 })).sha256, hash);
      await assertComplete(folder);
    });
  }
});

Deno.test("download() goes on where connections break, as long as they bring something", async () => {
  await withServer(async (server, get, folder) => {
    // Four connections, one more than may fail in a row.
    server.breakAfter = 80_000;
    const done = await get({ attempts: 2 });
    assert.deepEqual(done, { sha256: hash, sizeBytes: content.length, resumedBytes: 0 });
    await assertComplete(folder);
    assert.ok(server.requests.length >= 4, `${server.requests.length} requests`);
    assert.ok(server.requests.slice(1).every((headers) => headers.has("range")));
  });
});

Deno.test("download() fails after some connections in vain, and another run goes on", async () => {
  await withServer(async (server, get, folder) => {
    server.breakAfter = 5000;
    await assert.rejects(
      get({ attempts: 3 }),
      refused(
        /^Cannot download "http:.*file\.bin": /,
        /^Run the command again: it goes on after the \d+ bytes that came$/,
      ),
    );
    assert.equal(server.requests.length, 3);
    assert.deepEqual(await listFiles(folder), ["file.bin.part", "file.bin.part.json"]);
    const { size } = await Deno.stat(`${folder}/file.bin.part`);
    assert.ok(size > 0 && size <= 15_000, `${size} bytes`);
    server.breakAfter = Infinity;
    assert.deepEqual(await get(), { sha256: hash, sizeBytes: content.length, resumedBytes: size });
    assert.equal(server.requests.at(-1)!.get("range"), `bytes=${size}-`);
    await assertComplete(folder);
  });
});

Deno.test("download() starts over where the server ignores ranges", async () => {
  await withServer(async (server, get, folder) => {
    server.breakAfter = 5000;
    await assert.rejects(get({ attempts: 1 }));
    Object.assign(server, { breakAfter: Infinity, ranges: false });
    assert.equal((await get()).resumedBytes, 0);
    await assertComplete(folder);
  });
});

Deno.test("download() removes a file of another hash and names both", async () => {
  await withServer(async (_server, get, folder) => {
    const wrong = "0123456789abcdef".repeat(4);
    await assert.rejects(
      get({ sha256: wrong }),
      refused(
        new RegExp(
          `^Cannot use download "http.*": SHA-256 of its 300000 bytes is ${hash}, must be ${wrong}$`,
        ),
      ),
    );
    await assert.rejects(
      get({ sha256: "01234567" }),
      refused(/, must be one that begins with 01234567$/),
    );
    assert.deepEqual(await listFiles(folder), []);
  });
});

Deno.test("download() never shows half a file under its name", async () => {
  await withServer(async (server, get, folder) => {
    await Deno.writeTextFile(`${folder}/file.bin`, "an older one");
    server.breakAfter = 100_000;
    const seen = new Set<string>();
    const onProgress = () => void seen.add(Deno.readTextFileSync(`${folder}/file.bin`));
    await get({ onProgress });
    assert.deepEqual([...seen], ["an older one"]);
    await assertComplete(folder);
  });
});

Deno.test("download() takes a body that ends early for broken, with and without a stated size", async () => {
  await withServer(async (server, get, folder) => {
    Object.assign(server, { tellsSize: false, breakAfter: 5000 });
    // Without a size only the hash can tell.
    await assert.rejects(
      get({ attempts: 2 }),
      refused(/SHA-256 of its 5000 bytes is \w{64}, must be/),
    );
    assert.deepEqual(await listFiles(folder), []);
    server.tellsSize = true;
    await assert.rejects(get({ attempts: 1 }), refused(/^Cannot download/, /goes on after/));
  });
});

Deno.test("download() fails at once if the file is not there, and leaves nothing", async () => {
  await withServer(async (server, get, folder) => {
    server.statuses.push(404);
    await assert.rejects(
      get(),
      refused(/^Cannot download "http.*": server answers 404 Not Found$/),
    );
    assert.equal(server.requests.length, 1);
    assert.deepEqual(await listFiles(folder), []);
  });
});

Deno.test("download() waits for a server that is busy", async () => {
  await withServer(async (server, get, folder) => {
    server.statuses.push(503, 500);
    await get();
    assert.equal(server.requests.length, 3);
    await assertComplete(folder);
  });
});

Deno.test("download() fails at once without a network", async () => {
  await withTempDir(async (folder) => {
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const url = `http://127.0.0.1:${listener.addr.port}/file.bin`;
    listener.close();
    await assert.rejects(
      // A second try would wait for an hour.
      download(url, { path: `${folder}/file.bin`, retryMs: 3_600_000 }),
      refused(/127\.0\.0\.1:\d+: connection refused$/, /^Check the connection to the network$/),
    );
    assert.deepEqual(await listFiles(folder), []);
  });
});

Deno.test("download() fetches nothing if the file is there and has the hash", async () => {
  await withServer(async (server, get) => {
    await get();
    assert.deepEqual(await get(), {
      sha256: hash,
      sizeBytes: content.length,
      resumedBytes: content.length,
    });
    assert.equal(server.requests.length, 1);
    // Without a hash nothing says that it is the right one.
    await get({ sha256: undefined });
    assert.equal(server.requests.length, 2);
  });
});

Deno.test("download() stops at the signal, also while it waits, and keeps what came", async () => {
  await withServer(async (server, get, folder) => {
    server.breakAfter = 5000;
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error("stopped")), 300);
    await assert.rejects(get({ signal: stop.signal, retryMs: 3_600_000 }), /^Error: stopped$/);
    assert.deepEqual(await listFiles(folder), ["file.bin.part", "file.bin.part.json"]);
  });
});

Deno.test("download() refuses addresses that are none", async () => {
  for (const url of ["file:///etc/passwd", "vgg16.pth", "http://"]) {
    await assert.rejects(
      download(url, { path: "never-written" }),
      refused(/^Cannot download ".*": address must begin with http:\/\/ or https:\/\/$/),
    );
  }
});
