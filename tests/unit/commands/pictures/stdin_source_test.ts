import assert from "node:assert/strict";
import { packTar } from "modern-tar";
import { openStdin } from "../../../../src/commands/pictures/stdin_source.ts";

const piecesOf = (bytes: Uint8Array<ArrayBuffer>, size: number) => {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.slice(at, at + size));
  return ReadableStream.from(pieces);
};

const bytesOf = (stream: ReadableStream<Uint8Array>) => new Response(stream).bytes();

Deno.test("openStdin() gives a picture whole, however small its pieces are", async () => {
  const bytes = new Uint8Array(2000).map((_, i) => i * 7);
  for (const size of [1, 511, 512, 513, 5000]) {
    for (const length of [0, 1, 300, 512, 2000]) {
      const source = await openStdin(piecesOf(bytes.slice(0, length), size));
      assert.equal(source.kind, "picture");
      assert.deepEqual(source.kind === "picture" && await source.read(), bytes.slice(0, length));
    }
  }
});

Deno.test("openStdin() knows an archive by its header, compressed or not", async () => {
  const tar = await packTar([{
    header: { name: "a.png", size: 3000 },
    body: new Uint8Array(3000),
  }]);
  for (const size of [100, 10_000]) {
    const plain = await openStdin(piecesOf(tar, size));
    assert.equal(plain.kind, "tar");
    assert.deepEqual(plain.kind === "tar" && await bytesOf(plain.stream), tar);
    const packed = piecesOf(tar, size).pipeThrough(new CompressionStream("gzip"));
    const source = await openStdin(packed);
    assert.equal(source.kind, "tar");
    assert.deepEqual(source.kind === "tar" && await bytesOf(source.stream), tar);
  }
});

Deno.test("openStdin() leaves other compressed streams to who reads pictures", async () => {
  const packed = piecesOf(new Uint8Array(5000), 5000).pipeThrough(new CompressionStream("gzip"));
  const source = await openStdin(packed);
  assert.equal(source.kind, "picture");
  assert.deepEqual(source.kind === "picture" && [...(await source.read()).slice(0, 2)], [31, 139]);
  // Cut in the middle: nothing is thrown here.
  const damaged = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3);
  assert.equal((await openStdin(piecesOf(damaged, 4))).kind, "picture");
});
