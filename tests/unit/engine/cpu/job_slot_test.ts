import assert from "node:assert/strict";
import { outputOf, requestOf, SlotPool } from "../../../../src/engine/cpu/job_slot.ts";
import type { ForwardRequest } from "../../../../src/engine/types.ts";

function request(height: number, width: number): ForwardRequest {
  const numbers = (length: number, from: number) =>
    Float32Array.from({ length }, (_, i) => from + i);
  const bytes = (from: number) =>
    Uint8Array.from({ length: height * width }, (_, i) => (from + i) % 2);
  return {
    ...{ height, width },
    rgb01: numbers(height * width * 3, 0.5),
    validMask: bytes(0),
    wanted: bytes(1),
    fills: [numbers(height * width * 3, 100), numbers(6, 1000)],
  };
}

Deno.test("a slot holds all parts of a request, and an answer beside them", () => {
  const pool = new SlotPool();
  const whole = request(3, 5);
  const { wanted: _, fills: __, ...bare } = whole;
  const requests: ForwardRequest[] = [whole, bare, { ...bare, wanted: whole.wanted! }];
  for (const sent of requests) {
    const slot = pool.put(sent);
    outputOf(slot).fill(7);
    assert.deepEqual(requestOf(slot), sent);
    const answer = pool.take(slot);
    // Of the request with wanted pixels, every other one from the first on: rows begin or end one pixel later or earlier.
    const [y, x] = [(i: number) => Math.floor(i / 15), (i: number) => Math.floor(i / 3) % 5];
    const isCopied = (i: number) =>
      sent.wanted === undefined || (y(i) % 2 === 0 ? true : x(i) >= 1 && x(i) <= 3);
    assert.deepEqual(answer, new Float32Array(45).map((_, i) => isCopied(i) ? 7 : 0));
  }
});

Deno.test("SlotPool uses slots again for the same size, once they were taken", () => {
  const pool = new SlotPool();
  const [first, second] = [pool.put(request(2, 2)), pool.put(request(2, 2))];
  assert.notEqual(first.buffer, second.buffer);
  const answer = pool.take(first);
  const third = pool.put(request(2, 2));
  assert.equal(third.buffer, first.buffer);
  // The answer is a copy: the next job does not touch it.
  outputOf(third).fill(9);
  assert.ok(answer.every((value) => value === 0));
});

Deno.test("SlotPool lets slots of other sizes go", () => {
  const pool = new SlotPool();
  const small = pool.put(request(2, 2));
  pool.take(small);
  pool.take(pool.put(request(4, 4)));
  assert.notEqual(pool.put(request(2, 2)).buffer, small.buffer);
});
