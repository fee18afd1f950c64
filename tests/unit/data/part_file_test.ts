import assert from "node:assert/strict";
import { sha256 } from "../../../src/checkpoint/sha256.ts";
import { hashFile, openPart } from "../../../src/data/part_file.ts";
import { InputError } from "../../../src/errors.ts";
import { withTempDir } from "../../support/temp_dir.ts";

const URL_A = "http://a.example/file";
const note = { validator: '"one"', totalBytes: 4 };

async function names(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name } of Deno.readDir(folder)) found.push(name);
  return found.sort();
}

Deno.test("openPart() gives the file its name when it is finished, not before", async () => {
  await withTempDir(async (folder) => {
    const path = `${folder}/deep/file.bin`;
    const part = await openPart(path, URL_A);
    await part.restart(note);
    await part.append(Uint8Array.of(1, 2));
    await part.append(Uint8Array.of(3));
    assert.deepEqual(await names(`${folder}/deep`), ["file.bin.part", "file.bin.part.json"]);
    assert.equal(await part.digest(), await sha256(Uint8Array.of(1, 2, 3)));
    await part.finish();
    assert.deepEqual(await names(`${folder}/deep`), ["file.bin"]);
    assert.deepEqual([...await Deno.readFile(path)], [1, 2, 3]);
  });
});

Deno.test("openPart() goes on with the bytes of the same address, with the right hash", async () => {
  await withTempDir(async (folder) => {
    const path = `${folder}/file.bin`;
    const first = await openPart(path, URL_A);
    await first.restart(note);
    await first.append(Uint8Array.of(1, 2));
    first.close();
    const second = await openPart(path, URL_A);
    assert.deepEqual(
      [second.receivedBytes, second.resumedBytes, second.validator, second.totalBytes],
      [2, 2, '"one"', 4],
    );
    await second.append(Uint8Array.of(3));
    assert.deepEqual([second.receivedBytes, second.resumedBytes], [3, 2]);
    assert.equal(await second.digest(), await sha256(Uint8Array.of(1, 2, 3)));
    await second.restart(note);
    await second.append(Uint8Array.of(9));
    assert.deepEqual([second.receivedBytes, second.resumedBytes], [1, 0]);
    await second.finish();
    assert.deepEqual([...await Deno.readFile(path)], [9]);
  });
});

Deno.test("openPart() drops bytes of another address, or without a sound note", async () => {
  await withTempDir(async (folder) => {
    const path = `${folder}/file.bin`;
    for (
      const text of [
        JSON.stringify({ url: "http://b.example", ...note }),
        "{",
        '{"url":5}',
        undefined,
      ]
    ) {
      await Deno.writeFile(`${path}.part`, Uint8Array.of(1, 2));
      if (text === undefined) await Deno.remove(`${path}.part.json`);
      else await Deno.writeTextFile(`${path}.part.json`, text);
      const part = await openPart(path, URL_A);
      assert.deepEqual([part.receivedBytes, part.validator, part.totalBytes], [0, null, null]);
      part.close();
      assert.equal((await Deno.stat(`${path}.part`)).size, 0);
    }
  });
});

Deno.test("openPart() removes all traces on discard(), and lets nobody else in", async () => {
  await withTempDir(async (folder) => {
    const path = `${folder}/file.bin`;
    const part = await openPart(path, URL_A);
    await part.restart(note);
    await assert.rejects(
      openPart(path, URL_A),
      (error) =>
        error instanceof InputError && /\.part": another process writes it$/.test(error.message),
    );
    await part.discard();
    assert.deepEqual(await names(folder), []);
  });
});

Deno.test("openPart() names the file that cannot be written", async () => {
  await withTempDir(async (folder) => {
    await Deno.writeTextFile(`${folder}/file`, "");
    await assert.rejects(
      openPart(`${folder}/file/below.bin`, URL_A),
      (error) =>
        error instanceof InputError && /^Cannot write ".*below\.bin\.part": /.test(error.message),
    );
  });
});

Deno.test("hashFile() reads an open file to its end", async () => {
  await withTempDir(async (folder) => {
    const bytes = Uint8Array.from({ length: 3_000_000 }, (_, i) => i % 251);
    await Deno.writeFile(`${folder}/a`, bytes);
    using file = await Deno.open(`${folder}/a`);
    const [size, hash] = await hashFile(file);
    assert.deepEqual([size, hash.digest("hex")], [bytes.length, await sha256(bytes)]);
  });
});
