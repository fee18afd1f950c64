import assert from "node:assert/strict";
import {
  joinBytes,
  latin1Bytes,
  latin1Text,
  startsWith,
} from "../../../../src/data/metadata/join_bytes.ts";

Deno.test("joinBytes() copies arrays and lists one behind the other", () => {
  const window = Uint8Array.of(9, 1, 2, 9).subarray(1, 3);
  const whole = joinBytes([window, [3], new Uint8Array(), [4, 5]]);
  assert.deepEqual(whole, Uint8Array.of(1, 2, 3, 4, 5));
  assert.equal(whole.buffer.byteLength, 5);
  assert.deepEqual(joinBytes([]), new Uint8Array());
});

Deno.test("latin1Text() and latin1Bytes() keep every byte, of long arrays too", () => {
  const bytes = Uint8Array.from({ length: 20_001 }, (_, i) => i * 7);
  const text = latin1Text(bytes);
  assert.equal(text.length, 20_001);
  assert.equal(text[1], "\x07");
  assert.deepEqual(latin1Bytes(text), bytes);
});

Deno.test("startsWith() compares bytes with characters", () => {
  assert.ok(startsWith(Uint8Array.of(0x45, 0x78, 0), "Ex"));
  assert.ok(startsWith(Uint8Array.of(0x45), ""));
  assert.ok(!startsWith(Uint8Array.of(0x45), "Ex"));
  assert.ok(!startsWith(Uint8Array.of(0x45, 0x79), "Ex"));
});
