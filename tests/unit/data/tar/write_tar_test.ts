import assert from "node:assert/strict";
import { readTar } from "../../../../src/data/tar/read_tar.ts";
import { writeTar } from "../../../../src/data/tar/write_tar.ts";

const member = (name: string, size: number) => ({
  name,
  bytes: new Uint8Array(size).map((_, i) => i),
  modified: new Date("2020-02-03T04:05:06Z"),
  mode: 0o640,
});

Deno.test("writeTar() writes what readTar() reads, names of any length too", async () => {
  const members = [
    member("a.png", 700),
    member(`${"ä/".repeat(90)}b.png`, 1),
    member("empty.png", 0),
    member("large.png", 300_000),
  ];
  const chunks: Uint8Array[] = [];
  const writer = writeTar((bytes) => Promise.resolve(void chunks.push(bytes.slice())));
  for (const one of members) await writer.add(one);
  await writer.finish();
  const read = await Array.fromAsync(readTar(ReadableStream.from(chunks), { name: "out" }));
  assert.deepEqual(read, members);
});

Deno.test("writeTar() passes on what was written before it takes the next", async () => {
  let written = 0;
  const writer = writeTar((bytes) => Promise.resolve(void (written += bytes.length)));
  await writer.add(member("a.png", 10_000));
  assert.ok(written >= 10_000, `${written} bytes`);
  await writer.finish();
  assert.equal(written % 512, 0);
});

Deno.test("writeTar() throws what the writer throws", async () => {
  const gone = new Error("gone");
  const writer = writeTar(() => Promise.reject(gone));
  await assert.rejects(writer.add(member("a.png", 100_000)), gone);
  // Told once.
  await writer.finish();
  let isEnd = false;
  const late = writeTar(() => isEnd ? Promise.reject(gone) : Promise.resolve());
  await late.add(member("a.png", 100));
  isEnd = true;
  await assert.rejects(late.finish(), gone);
});
