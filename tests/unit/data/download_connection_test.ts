import assert from "node:assert/strict";
import {
  type Broken,
  fetchRest,
  type FetchRestOptions,
} from "../../../src/data/download_connection.ts";
import { openPart, type PartFile } from "../../../src/data/part_file.ts";
import { type FileServer, serveFile } from "../../support/file_server.ts";
import { withTempDir } from "../../support/temp_dir.ts";

const content = Uint8Array.from({ length: 10_000 }, (_, i) => i % 251);

/** Opens a part and a server, and gives a function that makes one connection. */
async function withServer(
  body: (
    part: PartFile,
    server: FileServer,
    fetchOnce: (options?: FetchRestOptions) => Promise<Broken | undefined>,
  ) => Promise<void>,
): Promise<void> {
  await withTempDir(async (folder) => {
    await using server = serveFile(content);
    const part = await openPart(`${folder}/file.bin`, server.url);
    try {
      await body(part, server, (options = {}) => fetchRest(part, server.url, options));
    } finally {
      part.close();
    }
  });
}

Deno.test("fetchRest() gets the whole, asks for no compression and tells how far it is", async () => {
  await withServer(async (part, server, fetchOnce) => {
    const told: [number, number | undefined][] = [];
    const onProgress = (
      { receivedBytes, totalBytes }: { receivedBytes: number; totalBytes: number | undefined },
    ) => void told.push([receivedBytes, totalBytes]);
    assert.equal(await fetchOnce({ onProgress }), undefined);
    assert.equal(part.receivedBytes, content.length);
    assert.deepEqual(told.at(-1), [content.length, content.length]);
    assert.ok(told.every(([, total]) => total === content.length));
    assert.equal(server.requests[0]!.get("accept-encoding"), "identity");
    assert.equal(server.requests[0]!.get("range"), null);
  });
});

Deno.test("fetchRest() asks only for what is missing, if the content is still the same", async () => {
  await withServer(async (part, server, fetchOnce) => {
    server.breakAfter = 4000;
    assert.match((await fetchOnce())!.reason, /connection|body/);
    const before = part.receivedBytes;
    assert.ok(before > 0 && before <= 4000, `${before} bytes`);
    server.breakAfter = Infinity;
    assert.equal(await fetchOnce(), undefined);
    assert.equal(part.receivedBytes, content.length);
    assert.equal(server.requests[1]!.get("range"), `bytes=${before}-`);
    assert.equal(server.requests[1]!.get("if-range"), '"one"');
  });
});

/** Leaves the first 4000 bytes in the part, as an interrupted download would. */
async function receiveSome(part: PartFile, validator: string | null = '"one"'): Promise<void> {
  await part.restart({ validator, totalBytes: content.length });
  await part.append(content.subarray(0, 4000));
}

Deno.test("fetchRest() starts over if the content has changed or the server knows no ranges", async () => {
  for (const change of [{ etag: '"two"' }, { ranges: false }]) {
    await withServer(async (part, server, fetchOnce) => {
      await receiveSome(part);
      Object.assign(server, change);
      assert.equal(await fetchOnce(), undefined);
      assert.deepEqual([part.receivedBytes, part.resumedBytes], [content.length, 0]);
    });
  }
});

Deno.test("fetchRest() takes up bytes that the server cannot vouch for only if a hash will", async () => {
  await withServer(async (part, server, fetchOnce) => {
    server.etag = null;
    await receiveSome(part, null);
    assert.equal(await fetchOnce({ sha256: "12345678" }), undefined);
    assert.equal(server.requests[0]!.get("range"), "bytes=4000-");
    assert.equal(server.requests[0]!.get("if-range"), null);
    await receiveSome(part, null);
    assert.equal(await fetchOnce(), undefined);
    assert.equal(server.requests[1]!.get("range"), null);
    assert.equal(part.receivedBytes, content.length);
  });
});

Deno.test("fetchRest() asks nothing if all is there", async () => {
  await withServer(async (part, server, fetchOnce) => {
    await part.restart({ validator: '"one"', totalBytes: content.length });
    await part.append(content);
    assert.equal(await fetchOnce(), undefined);
    assert.equal(server.requests.length, 0);
  });
});

Deno.test("fetchRest() drops the part if the server sends another range than asked for", async () => {
  for (
    const contentRange of [
      (text: string) => text.replace("bytes 4000-", "bytes 3999-"),
      (text: string) => text.replace("/10000", "/20000"),
      () => "nonsense",
    ]
  ) {
    await withServer(async (part, server, fetchOnce) => {
      await receiveSome(part);
      server.contentRange = contentRange;
      assert.deepEqual(await fetchOnce(), {
        reason: "server does not have the range that is missing",
      });
      assert.equal(part.receivedBytes, 0);
      assert.equal(await fetchOnce(), undefined);
      assert.equal(part.receivedBytes, content.length);
    });
  }
});

Deno.test("fetchRest() drops the part if it is longer than the file", async () => {
  await withServer(async (part, server, fetchOnce) => {
    await receiveSome(part);
    server.content = content.subarray(0, 3000);
    assert.equal((await fetchOnce())!.reason, "server does not have the range that is missing");
    assert.equal(part.receivedBytes, 0);
  });
});

Deno.test("fetchRest() tells answers that may pass from those that will not", async () => {
  await withServer(async (_part, server, fetchOnce) => {
    server.statuses.push(503, 429, 404, 403);
    const reports = [await fetchOnce(), await fetchOnce(), await fetchOnce(), await fetchOnce()];
    assert.deepEqual(reports.map((report) => [report!.reason, report!.isFinal]), [
      ["server answers 503 Service Unavailable", false],
      ["server answers 429 Too Many Requests", false],
      ["server answers 404 Not Found", true],
      ["server answers 403 Forbidden", true],
    ]);
  });
});

Deno.test("fetchRest() gives up a connection that brings nothing more", async () => {
  await withServer(async (part, server, fetchOnce) => {
    server.hangAfter = 2000;
    const broken = await fetchOnce({ stallMs: 200 });
    assert.equal(broken!.reason, "no data came for 0.2 s");
    assert.equal(broken!.isFinal, undefined);
    assert.equal(part.receivedBytes, 2000);
  });
});

Deno.test("fetchRest() stops at the signal and keeps what came", async () => {
  await withServer(async (part, server, fetchOnce) => {
    server.hangAfter = 2000;
    const stop = new AbortController();
    const onProgress = () => part.receivedBytes === 2000 && stop.abort(new Error("stopped"));
    await assert.rejects(fetchOnce({ signal: stop.signal, onProgress }), /^Error: stopped$/);
    assert.equal(part.receivedBytes, 2000);
  });
});

Deno.test("fetchRest() says in words why a server cannot be reached", async () => {
  await withTempDir(async (folder) => {
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const url = `http://127.0.0.1:${listener.addr.port}/file.bin`;
    // Nobody listens there any more.
    listener.close();
    const part = await openPart(`${folder}/file.bin`, url);
    const broken = await fetchRest(part, url, {});
    part.close();
    assert.equal(broken!.isOffline, true);
    assert.match(broken!.reason, /^127\.0\.0\.1:\d+: connection refused$/);
    assert.equal(broken!.hint, "Check the connection to the network");
  });
});

Deno.test({
  name: "fetchRest() says which permission is missing",
  permissions: { read: true, write: true, env: true, net: false },
  fn: async () => {
    await withTempDir(async (folder) => {
      const part = await openPart(`${folder}/file.bin`, "https://a.example/file.bin");
      const broken = await fetchRest(part, "https://a.example/file.bin", {});
      part.close();
      assert.equal(broken!.reason, "network access is not allowed");
      assert.equal(broken!.hint, "Start the program with --allow-net=a.example");
    });
  },
});
