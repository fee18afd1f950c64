import assert from "node:assert/strict";
import { crc32 } from "node:zlib";
import { joinBytes } from "../../../../src/data/metadata/join_bytes.ts";
import { pngChunk, pngChunks } from "../../../../src/data/metadata/png_chunks.ts";

Deno.test("pngChunk() writes length, type, content and the checksum of the latter two", () => {
  const chunk = pngChunk("tEXt", Uint8Array.of(65, 0));
  assert.deepEqual([...chunk.subarray(0, 10)], [0, 0, 0, 2, 0x74, 0x45, 0x58, 0x74, 65, 0]);
  assert.equal(new DataView(chunk.buffer).getUint32(10), crc32(chunk.subarray(4, 10)));
  // The end chunk is the same in every PNG.
  assert.equal(pngChunk("IEND").toHex(), "0000000049454e44ae426082");
});

Deno.test("pngChunks() lists whole chunks up to the end chunk", () => {
  const text = pngChunk("tEXt", Uint8Array.of(65, 0));
  const file = joinBytes([new Uint8Array(8), text, pngChunk("IEND"), text]);
  assert.deepEqual(
    pngChunks(file).map(({ type, start, end, data }) => [type, start, end, ...data]),
    [["tEXt", 8, 22, 65, 0], ["IEND", 22, 34]],
  );
  assert.equal(pngChunks(file.subarray(0, 33)).length, 1);
  assert.deepEqual(pngChunks(file.subarray(0, 19)), []);
});
