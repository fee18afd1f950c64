import assert from "node:assert/strict";
import { ownedBuffers } from "../../../src/data/owned_buffers.ts";

Deno.test("ownedBuffers() finds the memory of whole arrays, once each, and leaves windows alone", () => {
  const whole = new Uint8Array(4);
  const clamped = new Uint8ClampedArray(8);
  const window = new Uint8Array(new ArrayBuffer(8), 2, 4);
  const value = {
    args: [whole, { name: "a", rgba: clamped, none: undefined, nothing: null }],
    again: whole,
    window,
    sharp: new Uint8Array(new SharedArrayBuffer(4)), // is shared already, and cannot be moved
  };
  assert.deepEqual(ownedBuffers(value), [whole.buffer, clamped.buffer]);
  assert.deepEqual(ownedBuffers("text"), []);
});
