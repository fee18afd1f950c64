import assert from "node:assert/strict";
import { sha256 } from "../../../../src/checkpoint/sha256.ts";
import { readVgg16 } from "../../../../src/checkpoint/vgg16_file.ts";
import { weightsFetch } from "../../../../src/commands/weights/weights_fetch.ts";
import { type FileServer, serveFile } from "../../../support/file_server.ts";
import { makeTorchZip } from "../../../support/foreign_bytes.ts";
import { listFiles } from "../../../support/run_cli.ts";
import { type CommandResult, runCommand } from "../../../support/run_command.ts";
import { withTempDir } from "../../../support/temp_dir.ts";
import { vgg16As } from "../../../support/vgg16_files.ts";

const content = await makeTorchZip(vgg16As("torchvision"));
const hash = await sha256(content);

async function withServer(
  name: string,
  body: (
    fetchFrom: (...words: readonly string[]) => Promise<CommandResult>,
    folder: string,
    server: FileServer,
  ) => Promise<void>,
): Promise<void> {
  await withTempDir(async (folder) => {
    await using server = serveFile(content, name);
    const words = [
      "weights",
      "fetch",
      "vgg16",
      "--url",
      server.url,
      "-o",
      `${folder}/vgg16.safetensors`,
    ];
    await body((...more) => runCommand([...words, ...more], weightsFetch), folder, server);
  });
}

Deno.test("weights fetch downloads, checks, converts, and keeps only the result", async () => {
  await withServer("some.pth", async (fetchFrom, folder) => {
    const { code, out, err } = await fetchFrom("--sha256", hash);
    assert.deepEqual([code, out], [0, `${folder}/vgg16.safetensors\n`]);
    assert.equal(
      err,
      `SHA-256 of the download is ${hash}, as it must\n` +
        "Assuming torchvision's convention, as the names are torchvision's; --convention says otherwise\n" +
        `Wrote VGG-16 up to pool3; train with --vgg ${folder}/vgg16.safetensors\n`,
    );
    assert.deepEqual(await listFiles(folder), ["vgg16.safetensors"]);
    assert.equal((await readVgg16(`${folder}/vgg16.safetensors`)).arrays.size, 14);
  });
});

Deno.test("weights fetch keeps the download if asked, and does not fetch it again", async () => {
  await withServer("some.pth", async (fetchFrom, folder, server) => {
    const kept = await fetchFrom("--sha256", hash.slice(0, 10), "--keep");
    assert.match(
      kept.err,
      new RegExp(`^SHA-256 of the download begins with ${hash.slice(0, 10)}, as it must\n`),
    );
    assert.match(kept.err, /\nKept the download: .*some\.pth\n$/);
    assert.deepEqual(await listFiles(folder), ["some.pth", "vgg16.safetensors"]);
    const requests = server.requests.length;
    const again = await fetchFrom("--sha256", hash, "--overwrite");
    assert.equal(again.code, 0, again.err);
    assert.equal(server.requests.length, requests);
  });
});

Deno.test("weights fetch checks the digits in the name, as PyTorch writes them", async () => {
  await withServer(`vgg16-${hash.slice(0, 8)}.pth`, async (fetchFrom) => {
    const { code, err } = await fetchFrom("--convention", "torchvision");
    assert.equal(code, 0, err);
    assert.match(
      err,
      new RegExp(`^SHA-256 of the download begins with ${hash.slice(0, 8)}, as it must\nWrote`),
    );
  });
  await withServer("vgg16-01234567.pth", async (fetchFrom, folder) => {
    const { code, err } = await fetchFrom();
    assert.equal(code, 1);
    assert.match(err, new RegExp(`is ${hash}, must be one that begins with 01234567\n`));
    assert.deepEqual(await listFiles(folder), []);
  });
});

Deno.test("weights fetch warns if nothing can be checked", async () => {
  await withServer("some.pth", async (fetchFrom) => {
    const { code, err } = await fetchFrom();
    assert.equal(code, 0, err);
    assert.match(
      err,
      /^warning: Cannot check the download "http:.*some\.pth": its SHA-256 is not known\n/,
    );
  });
});

Deno.test("weights fetch asks nothing of the server if the result exists or the hash is none", async () => {
  await withServer("some.pth", async (fetchFrom, folder, server) => {
    await Deno.writeTextFile(`${folder}/vgg16.safetensors`, "precious");
    const taken = await fetchFrom();
    assert.equal(taken.code, 1);
    assert.match(taken.err, /it exists, must be a new file\nhint: Give --overwrite/);
    const noHash = await fetchFrom("--sha256", "xyz");
    assert.equal(noHash.code, 2);
    assert.match(
      noHash.err,
      /^error: Cannot check by --sha256 "xyz": it must be 64 hexadecimal digits/,
    );
    assert.equal(server.requests.length, 0);
  });
});

Deno.test("weights fetch goes on where an earlier run broke off, and says so", async () => {
  await withServer("some.pth", async (fetchFrom, folder, server) => {
    await Deno.writeFile(`${folder}/some.pth.part`, content.subarray(0, 70_000));
    const note = { url: server.url, validator: '"one"', totalBytes: content.length };
    await Deno.writeTextFile(`${folder}/some.pth.part.json`, JSON.stringify(note));
    const { code, err } = await fetchFrom("--sha256", hash);
    assert.equal(code, 0, err);
    assert.match(err, /^Went on after 70000 bytes of an earlier download\n/);
    assert.equal(server.requests[0]!.get("range"), "bytes=70000-");
  });
});

Deno.test("weights fetch keeps a sound download that holds something else, for a second look", async () => {
  await withServer("some.pth", async (fetchFrom, folder, server) => {
    server.content = new TextEncoder().encode("<html>not here</html>");
    const { code, err } = await fetchFrom();
    assert.equal(code, 3);
    assert.match(err, /some\.pth": file is a web page, must be safetensors\n/);
    assert.deepEqual(await listFiles(folder), ["some.pth"]);
  });
});

Deno.test("weights fetch keeps the result if the download has its name", async () => {
  await withServer("vgg16.safetensors", async (fetchFrom, folder) => {
    const { code, err } = await fetchFrom("--sha256", hash);
    assert.equal(code, 0, err);
    assert.deepEqual(await listFiles(folder), ["vgg16.safetensors"]);
    assert.equal((await readVgg16(`${folder}/vgg16.safetensors`)).arrays.size, 14);
  });
});

Deno.test("weights fetch uses a file that is there already, and lets it stay", async () => {
  await withServer("some.pth", async (fetchFrom, folder, server) => {
    await Deno.writeFile(`${folder}/some.pth`, content);
    const { code, err } = await fetchFrom("--sha256", hash);
    assert.equal(code, 0, err);
    assert.equal(server.requests.length, 0);
    assert.deepEqual(await listFiles(folder), ["some.pth", "vgg16.safetensors"]);
  });
});
