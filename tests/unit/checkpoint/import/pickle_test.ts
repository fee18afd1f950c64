import assert from "node:assert/strict";
import { readPickle } from "../../../../src/checkpoint/import/pickle.ts";
import type { PickleValue } from "../../../../src/checkpoint/import/pickle_machine.ts";
import { refuseWeights } from "../../../../src/checkpoint/import/refusal.ts";
import { WeightsError } from "../../../../src/errors.ts";
import { type BytePart, bytesOf, littleEndian } from "../../../support/foreign_bytes.ts";

// What Python itself writes is in tests/oracle/foreign_files_test.ts.

const options = { refuse: refuseWeights("a.pkl"), globals: new Map() };

function read(...parts: readonly BytePart[]): PickleValue {
  return readPickle(bytesOf(...parts, "."), options).value;
}

function assertRefused(bytes: Uint8Array, pattern: RegExp): void {
  assert.throws(
    () => readPickle(bytes, options),
    (error) => {
      assert.ok(error instanceof WeightsError, String(error));
      assert.match(error.message, pattern);
      return true;
    },
  );
}

Deno.test("readPickle() reads numbers of every size", () => {
  assert.equal(read("J", littleEndian(-2, 4)), -2);
  assert.equal(read(0x8a, 0), 0);
  assert.equal(read(0x8a, 1, 0xff), -1);
  assert.equal(read(0x8a, 2, 0, 0x80), -32768);
  assert.equal(read(0x8a, 9, new Uint8Array(8), 1), 2n ** 64n);
  assert.equal(read("L123L\n"), 123);
  assert.equal(read("I-5\n"), -5);
  assert.equal(read("F1e3\n"), 1000);
  assert.deepEqual([read("I01\n"), read("I00\n")], [true, false]);
});

Deno.test("readPickle() reads text of Python 2, escaped text and bytes", () => {
  assert.equal(read("U", 2, "ab"), "ab");
  assert.equal(read("T", littleEndian(1, 4), 0xfc), "ü");
  assert.equal(read("S'ab'\n"), "ab");
  assert.equal(read("Va\\u00fc\\U0001f600", 0xfc, "\n"), "aü😀ü");
  assert.deepEqual(read("C", 2, 1, 2), Uint8Array.of(1, 2));
});

Deno.test("readPickle() remembers, repeats and drops values", () => {
  assert.deepEqual(read("]q", 7, "(K", 1, "K", 2, "eh", 7, 0x86), [[1, 2], [1, 2]]);
  assert.deepEqual(read("K", 1, "2", 0x86), [1, 1]);
  assert.equal(read("K", 1, "K", 2, "0"), 1);
  assert.deepEqual(read("K", 3, "p12\ng12\n", 0x86), [3, 3]);
});

Deno.test("readPickle() begins and ends where it is told", () => {
  const { value, end } = readPickle(bytesOf("xxK", 9, ".rest"), { ...options, at: 2 });
  assert.deepEqual([value, end], [9, 5]);
});

Deno.test("readPickle() holds a list that holds itself", () => {
  const list = read("]q", 1, "h", 1, "a");
  assert.ok(Array.isArray(list));
  assert.equal(list[0], list);
});

Deno.test("readPickle() refuses what is cut off at any byte", () => {
  const whole = bytesOf(0x80, 2, "}q", 1, "(X", littleEndian(1, 4), "aK", 1, "U", 1, "bL5L\nu.");
  assert.equal(readPickle(whole, options).end, whole.length);
  for (let length = 0; length < whole.length; length++) {
    assertRefused(whole.slice(0, length), /file ends/);
  }
});

Deno.test("readPickle() refuses opcodes that it does not know by their number", () => {
  // Set, frozen set, buffer, class instance, extension: none is in a checkpoint.
  for (const opcode of [0x8f, 0x91, 0x97, 0x69, 0x82]) {
    assertRefused(bytesOf(opcode, "."), new RegExp(`opcode 0x${opcode.toString(16)} at byte 0`));
  }
});

Deno.test("readPickle() refuses every pickle that contradicts itself", () => {
  for (
    const [text, pattern] of [
      [".", /a value is missing/],
      ["0.", /a value is missing/],
      ["K\x01(0.", /a value is missing/],
      ["t.", /a mark is missing/],
      ["K\x01K\x02a.", /appends to what is no list/],
      ["]K\x01K\x02s.", /sets an item of what is no dictionary/],
      ["}(K\x01u.", /a key has no value/],
      ["h\x05.", /a memory is missing/],
      ["Inope\n.", /"nope" is no number/],
      ["Snope\n.", /"nope" is no quoted text/],
    ] as const
  ) assertRefused(bytesOf(text), pattern);
});

Deno.test("readPickle() stops a pickle of endless steps", () => {
  assertRefused(new Uint8Array(3_000_000).fill("N".charCodeAt(0)), /more than 2000000 steps/);
});
