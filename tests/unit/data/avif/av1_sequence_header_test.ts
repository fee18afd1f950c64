import assert from "node:assert/strict";
import { readAv1SequenceHeader } from "../../../../src/data/avif/av1_sequence_header.ts";

/** Numbers with their widths in bits, as bytes. */
function bits(...fields: (readonly [value: number, width: number])[]): number[] {
  const text = fields.map(([value, width]) => value.toString(2).padStart(width, "0")).join("");
  return (text.match(/.{1,8}/g) ?? []).map((byte) => parseInt(byte.padEnd(8, "0"), 2));
}

/** A unit of type 1 with its size; 0x0a is type 1 and a size follows. */
function unit(payload: readonly number[]): Uint8Array {
  return Uint8Array.of(0x12, 0, 0x0a, payload.length, ...payload); // behind a temporal delimiter
}

const size = [[9, 4], [8, 4], [640 - 1, 10], [301 - 1, 9]] as const;
const reduced = (profile: number, ...colour: (readonly [number, number])[]) =>
  unit(bits([profile, 3], [1, 1], [1, 1], [8, 5], ...size, [0, 3], [0, 3], ...colour, [0, 16]));

Deno.test("readAv1SequenceHeader() reads the short head of still pictures", () => {
  const expected = { width: 640, height: 301, bitDepth: 8, isGrey: false };
  assert.deepEqual(readAv1SequenceHeader(reduced(0, [0, 1], [0, 1])), expected);
  assert.deepEqual(readAv1SequenceHeader(reduced(0, [0, 1], [1, 1])), {
    ...expected,
    isGrey: true,
  });
  assert.deepEqual(readAv1SequenceHeader(reduced(0, [1, 1], [0, 1])), {
    ...expected,
    bitDepth: 10,
  });
  assert.deepEqual(readAv1SequenceHeader(reduced(1, [0, 1])), expected); // profile 1 is never grey
  const twelve = reduced(2, [1, 1], [1, 1], [0, 1]);
  assert.deepEqual(readAv1SequenceHeader(twelve), { ...expected, bitDepth: 12 });
});

Deno.test("readAv1SequenceHeader() reads the long head, with timing and a decoder model", () => {
  const start = [[0, 3], [0, 1], [0, 1]] as const;
  const timing = [[1, 1], [1, 32], [25, 32], [1, 1], [0b00101, 5]] as const; // Exp-Golomb of 4
  const model = [[1, 1], [9, 5], [1, 32], [0, 10]] as const; // delays of 10 bits
  const points = [
    ...[[1, 1], [1, 5]], // display delays; two operating points
    ...[[0, 12], [9, 5], [1, 1], [1, 1], [0, 21], [1, 1], [3, 4]], // level above 7 has a tier
    ...[[0, 12], [5, 5], [0, 1], [0, 1]],
  ] as const;
  const tools = [
    ...[[1, 1], [0, 7], [0, 3], [0, 4]], // frame numbers, block tools, compound tools
    ...[[1, 1], [0, 2], [0, 1], [1, 1], [0, 1], [0, 1], [3, 3], [0, 3]], // order hint, screen tools
    ...[[1, 1], [1, 1]], // high depth, grey
  ] as const;
  const fields = [...start, ...timing, ...model, ...points, ...size, ...tools, [0, 16]];
  const header = readAv1SequenceHeader(unit(bits(...fields as [number, number][])));
  assert.deepEqual(header, { width: 640, height: 301, bitDepth: 10, isGrey: true });
});

Deno.test("readAv1SequenceHeader() refuses what has no head", () => {
  const refuse = (bytes: number[], name: string) =>
    assert.throws(() => readAv1SequenceHeader(Uint8Array.from(bytes)), { name });
  refuse([], "RangeError");
  refuse([0x0a, 2, 0, 0], "RangeError"); // head of two bytes
  refuse(Array.from({ length: 40 }, (_, i) => i % 2 === 0 ? 0x12 : 0), "SyntaxError"); // delimiters
  refuse([0x0a, ...Array.from({ length: 9 }, () => 0xff)], "SyntaxError"); // size without end
});
