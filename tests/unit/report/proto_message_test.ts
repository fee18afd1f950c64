import assert from "node:assert/strict";
import { encodeMessage } from "../../../src/report/proto_message.ts";

// The examples of protobuf.dev/programming-guides/encoding.
Deno.test("encodeMessage() encodes the published example of a varint", () => {
  assert.equal(encodeMessage([[1, "varint", 150]]).toHex(), "089601");
});

Deno.test("encodeMessage() encodes the published example of a text", () => {
  assert.equal(encodeMessage([[2, "bytes", "testing"]]).toHex(), "120774657374696e67");
});

Deno.test("encodeMessage() encodes the published example of a message within a message", () => {
  const inner = encodeMessage([[1, "varint", 150]]);
  assert.equal(encodeMessage([[3, "bytes", inner]]).toHex(), "1a03089601");
});

Deno.test("encodeMessage() writes float and double little-endian", () => {
  // IEEE 754: 1.5 is 0x3fc00000 and 0x3ff8000000000000. Keys: 2·8 + 5 and 1·8 + 1.
  assert.equal(encodeMessage([[2, "float", 1.5]]).toHex(), "150000c03f");
  assert.equal(encodeMessage([[1, "double", 1.5]]).toHex(), "09000000000000f83f");
});

Deno.test("encodeMessage() takes whole numbers beyond 32 bits", () => {
  // 2^53 - 1 is 53 ones: seven groups of seven, then four.
  const bytes = encodeMessage([[2, "varint", Number.MAX_SAFE_INTEGER]]).toHex();
  assert.equal(bytes, "10" + "ff".repeat(7) + "0f");
});

Deno.test("encodeMessage() counts bytes of a text, not letters", () => {
  assert.equal(encodeMessage([[1, "bytes", "é"]]).toHex(), "0a02c3a9");
});

for (const value of [-1, 1.5, 2 ** 53, NaN]) {
  Deno.test(`encodeMessage() refuses the varint ${value}`, () => {
    assert.throws(() => encodeMessage([[1, "varint", value]]), {
      name: "RangeError",
      message: `Cannot encode ${value}: must be a whole number from 0 to 9007199254740991`,
    });
  });
}
