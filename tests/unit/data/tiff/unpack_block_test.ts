import assert from "node:assert/strict";
import { deflateSync } from "node:zlib";
import { unpackBlock } from "../../../../src/data/tiff/unpack_block.ts";

Deno.test("unpackBlock() unpacks PackBits: the example of TIFF 6.0, section 9", async () => {
  const packed = Uint8Array.of(
    ...[0xfe, 0xaa, 0x02, 0x80, 0x00, 0x2a, 0xfd, 0xaa, 0x03, 0x80, 0x00, 0x2a, 0x22, 0xf7, 0xaa],
  );
  const expected = [
    ...[0xaa, 0xaa, 0xaa, 0x80, 0x00, 0x2a, 0xaa, 0xaa, 0xaa, 0xaa, 0x80, 0x00, 0x2a, 0x22],
    ...Array.from({ length: 10 }, () => 0xaa),
  ];
  const options = { compression: 32773, length: 24, most: 24 } as const;
  assert.deepEqual([...await unpackBlock(packed, options)], expected);
  assert.deepEqual([...await unpackBlock(packed, { ...options, length: 2 })], [0xaa, 0xaa]);
  await assert.rejects(
    unpackBlock(packed, { ...options, length: 25 }),
    /PackBits data is cut short/,
  );
});

Deno.test("unpackBlock() takes what a writer has filled up, and no more", async () => {
  const options = { compression: 8, length: 10, most: 20 } as const;
  assert.deepEqual([...await unpackBlock(deflateSync(new Uint8Array(20).fill(3)), options)], [
    ...new Uint8Array(10).fill(3),
  ]);
  for (const length of [9, 21, 5_000_000]) {
    await assert.rejects(unpackBlock(deflateSync(new Uint8Array(length)), options), {
      name: "SyntaxError",
      message: /Deflate data is (damaged or )?cut short/,
    });
  }
  await assert.rejects(unpackBlock(Uint8Array.of(1, 2, 3), options), /damaged or cut short/);
});

Deno.test("unpackBlock() takes plain bytes", async () => {
  const options = { compression: 1, length: 2, most: 9 } as const;
  assert.deepEqual([...await unpackBlock(Uint8Array.of(1, 2, 3), options)], [1, 2]);
  await assert.rejects(unpackBlock(Uint8Array.of(1), options), /pixels are cut short/);
});
