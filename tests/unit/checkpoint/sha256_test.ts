import assert from "node:assert/strict";
import { sha256 } from "../../../src/checkpoint/sha256.ts";

Deno.test('sha256() gives the digest of "abc" that FIPS 180-2, appendix B.1, prints', async () => {
  assert.equal(
    await sha256(new TextEncoder().encode("abc")),
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  );
});

Deno.test("sha256() covers only the bytes of a view", async () => {
  const abc = new TextEncoder().encode("xabcx").subarray(1, 4);
  assert.equal(await sha256(abc), await sha256(Uint8Array.of(97, 98, 99)));
});
