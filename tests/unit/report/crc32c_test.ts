import assert from "node:assert/strict";
import { crc32c, maskedCrc32c } from "../../../src/report/crc32c.ts";

// RFC 3720, appendix B.4; it prints the bytes of each checksum in the order in which they are sent, low one first.
const READ_COMMAND =
  "01c00000000000000000000000000000140000000000040000000014000000182800000000000000" +
  "0200000000000000";
const CASES: readonly (readonly [name: string, bytes: Uint8Array, crc: number])[] = [
  ["32 zeros", new Uint8Array(32), 0x8a9136aa],
  ["32 bytes of ones", new Uint8Array(32).fill(0xff), 0x62a8ab43],
  ["32 ascending bytes", Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
  ["32 descending bytes", Uint8Array.from({ length: 32 }, (_, i) => 31 - i), 0x113fdb5c],
  ["an iSCSI read command", Uint8Array.fromHex(READ_COMMAND), 0xd9963a56],
  // The check value of CRC-32/ISCSI in the catalogue of parametrised CRC algorithms.
  ["the digits 1 to 9", new TextEncoder().encode("123456789"), 0xe3069283],
  ["nothing", new Uint8Array(0), 0],
];

for (const [name, bytes, crc] of CASES) {
  Deno.test(`crc32c() of ${name} is the published value`, () => {
    assert.equal(crc32c(bytes), crc);
  });
}

Deno.test("maskedCrc32c() turns the checksum by 15 bits and adds a constant", () => {
  // 0x8a9136aa turned right by 15 bits is 0x6d551522; plus 0xa282ead8 that is 0x10fd7fffa.
  assert.equal(maskedCrc32c(new Uint8Array(32)), 0x0fd7fffa);
});
