import assert from "node:assert/strict";
import {
  closeCrew,
  Crew,
  CREW_BYTES,
  type Kernel,
  type WorkItem,
} from "../../../../src/engine/cpu/crew.ts";

// Followers and rounds of several threads are tested in open_cpu_engine_test.ts.

const makeWords = (): Int32Array => new Int32Array(new SharedArrayBuffer(CREW_BYTES));

/** A crew of one whose kernels write down how they were called. */
function makeCrew(words: Int32Array = makeWords()) {
  const calls: number[][] = [];
  const kernels = [0, 1].map((index): Kernel => (...values) => void calls.push([index, ...values]));
  return { crew: new Crew(words, 1, kernels), calls };
}

const item = (kernel: number, first: number): WorkItem => [kernel, -5, first, first + 1, 3, 4];

Deno.test("Crew does all items once, step by step", () => {
  const { crew, calls } = makeCrew();
  const steps = [[item(0, 1), item(1, 2)], [], [item(1, 3)]];
  crew.lead(steps);
  assert.deepEqual(calls, steps.flat());
});

Deno.test("Crew does a second round, shorter or longer, as if there had been none", () => {
  const { crew, calls } = makeCrew();
  crew.lead([[item(0, 1), item(0, 2)], [item(0, 3)]]);
  crew.lead([[item(1, 4)]]);
  crew.lead([]);
  crew.lead([[item(1, 5)], [item(0, 6)], [item(0, 7)]]);
  assert.deepEqual(calls.map(([, , first]) => first), [1, 2, 3, 4, 5, 6, 7]);
});

Deno.test("Crew begins a round that its leader finishes later", () => {
  const { crew, calls } = makeCrew();
  crew.begin([[item(0, 1)], [item(1, 2)]]);
  assert.deepEqual(calls, []);
  crew.finish();
  assert.deepEqual(calls, [item(0, 1), item(1, 2)]);
});

Deno.test("Crew holds as much work as it says, and refuses more", () => {
  const { crew, calls } = makeCrew();
  const full = Array.from({ length: 32768 }, (_, i) => item(0, i));
  const parts = Array.from({ length: 63 }, (_, i) => full.slice(i * 521, (i + 1) * 521));
  crew.lead(parts);
  // 63 · 521 are 32823 places, so the last step is shorter.
  assert.equal(calls.length, 32768);
  assert.deepEqual(calls.at(-1), full.at(-1));
  assert.throws(() => crew.lead([full, [item(0, 0)]]), {
    name: "RangeError",
    message: "Cannot share out work: 2 steps with 32769 items, must be at most 63 with 32768",
  });
  assert.throws(() => crew.lead(new Array(64).fill([])), /64 steps with 0 items/);
});

Deno.test("Crew passes on what a kernel throws", () => {
  const crew = new Crew(makeWords(), 1, [() => {
    throw new Error("unreachable");
  }]);
  assert.throws(() => crew.lead([[item(0, 1)]]), /unreachable/);
});

Deno.test("Crew follows nobody once it is closed, and leads no more", () => {
  for (const close of [closeCrew, (words: Int32Array) => makeCrew(words).crew.close()]) {
    const words = makeWords();
    const { crew, calls } = makeCrew(words);
    close(words);
    crew.follow();
    assert.throws(() => crew.lead([[item(0, 1)]]), /the crew is closed/);
    assert.deepEqual(calls, []);
  }
});

Deno.test("Crew leaves a round that is closed in its middle", () => {
  const words = makeWords();
  const done: number[] = [];
  const kernel: Kernel = (_, first) => {
    done.push(first);
    if (first === 2) closeCrew(words);
  };
  // Two threads, of which the other never comes.
  const crew = new Crew(words, 2, [kernel]);
  const work = [[item(0, 1), item(0, 2), item(0, 3)], [item(0, 4)]];
  assert.throws(() => crew.lead(work), /the crew is closed/);
  assert.deepEqual(done, [1, 2]);
});

Deno.test("Crew closes itself when a kernel throws on its leader: followers are in the middle of the round", () => {
  const words = makeWords();
  const crew = new Crew(words, 2, [() => {
    throw new Error("unreachable");
  }]);
  assert.throws(() => crew.lead([[item(0, 1)]]), /unreachable/);
  // A second round does not wait for anybody.
  assert.throws(() => crew.lead([[item(0, 2)]]), /unreachable|the crew is closed/);
});
