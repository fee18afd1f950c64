import assert from "node:assert/strict";
import {
  encodeMessage,
  field,
  floatField,
  intField,
  message,
} from "../../../../src/checkpoint/export/protobuf.ts";

const hex = (...fields: Parameters<typeof message>[0]) => encodeMessage(message(fields)).toHex();

Deno.test("fields are written as Protocol Buffers' own guide shows", () => {
  // protobuf.dev/programming-guides/encoding: 150 in field 1, "testing" in field 2, a message of field 1 in field 3.
  assert.equal(hex(intField(1, 150)), "089601");
  assert.equal(hex(field(2, "testing")), "120774657374696e67");
  assert.equal(hex(field(3, intField(1, 150))), "1a03089601");
});

Deno.test("numbers of all sizes, and field numbers above 15", () => {
  // By hand: seven bits a byte, the lowest first.
  assert.equal(hex(intField(1, 0)), "0800");
  assert.equal(hex(intField(1, 127)), "087f");
  assert.equal(hex(intField(1, 128)), "088001");
  assert.equal(hex(intField(1, 2 ** 35)), "08808080808001");
  assert.equal(hex(intField(20, 2)), "a00102");
  // 1.5 as float32 is 0x3fc00000; wire type 5.
  assert.equal(hex(floatField(2, 1.5)), "150000c03f");
});

Deno.test("bytes and messages may be mixed and empty", () => {
  assert.equal(hex(field(9, Uint8Array.of(1, 2)), field(1, "")), "4a0201020a00");
  assert.equal(hex(), "");
});

Deno.test("intField() refuses what is no whole number from 0", () => {
  for (const value of [-1, 0.5, NaN, 2 ** 53]) {
    assert.throws(() => intField(1, value), { name: "RangeError" });
  }
});
