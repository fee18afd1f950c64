import assert from "node:assert/strict";
import { latin1Bytes, latin1Text } from "../../../../src/data/metadata/join_bytes.ts";
import {
  decodeRawProfile,
  encodeRawProfile,
} from "../../../../src/data/metadata/png_raw_profile.ts";

Deno.test("encodeRawProfile() writes ImageMagick's layout", () => {
  const text = latin1Text(encodeRawProfile("iptc", Uint8Array.of(0x38, 0xab, 0)));
  assert.equal(text, "\niptc\n       3\n38ab00\n");
});

Deno.test("decodeRawProfile() reads back every byte, over lines of 36", () => {
  for (const length of [0, 1, 36, 37, 300]) {
    const profile = Uint8Array.from({ length }, (_, i) => i * 37);
    assert.deepEqual(decodeRawProfile(encodeRawProfile("exif", profile)), profile);
  }
  assert.deepEqual(decodeRawProfile(latin1Bytes("\nexif\n 2\nA b\nCD")), Uint8Array.of(0xab, 0xcd));
});

Deno.test("decodeRawProfile() refuses what is cut short or no profile", () => {
  for (
    const text of ["", "\nexif\n", "\nexif\n 3\nabcd\n", "\nexif\n 999999999\nab", "iptc 3 ab"]
  ) {
    assert.equal(decodeRawProfile(latin1Bytes(text)), undefined, JSON.stringify(text));
  }
});
