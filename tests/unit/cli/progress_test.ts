import assert from "node:assert/strict";
import { createProgress } from "../../../src/cli/progress.ts";

/** A progress line on an invented screen with an invented clock. */
function setUp(options: { isTerminal: boolean; isQuiet?: boolean; columns?: number }) {
  const clock = { ms: 1000 };
  const written: string[] = [];
  const progress = createProgress({
    write: (text) => written.push(text),
    columns: () => options.columns ?? 80,
    now: () => clock.ms,
    isTerminal: options.isTerminal,
    isQuiet: options.isQuiet ?? false,
  });
  return { clock, progress, take: () => written.splice(0) };
}

const CLEAR = "\r\x1b[K";

Deno.test("createProgress() rewrites one line on a terminal with rate and time left", () => {
  const { clock, progress, take } = setUp({ isTerminal: true });
  progress.update({ done: 0, total: 100, unit: "images", text: "a.jpg" });
  assert.deepEqual(take(), [`${CLEAR}0/100 images  a.jpg`]);
  clock.ms += 10_000;
  progress.update({ done: 20, total: 100, unit: "images", text: "b.jpg" });
  // 20 images in 10 s are 2 a second; the other 80 take 40 s.
  assert.deepEqual(take(), [`${CLEAR}20/100 images  2.0 images/s  40 s left  b.jpg`]);
  progress.finish("Wrote 100 images");
  assert.deepEqual(take(), [CLEAR, "Wrote 100 images\n"]);
});

Deno.test("createProgress() rewrites at most ten times a second", () => {
  const { clock, progress, take } = setUp({ isTerminal: true });
  for (let done = 0; done < 100; done++) {
    progress.update({ done, unit: "steps", text: "" });
    clock.ms += 10;
  }
  // Steps 0, 10, 20 ... 90 of the first second.
  assert.equal(take().length, 10);
});

Deno.test("createProgress() leaves the last column free and keeps to one line", () => {
  const { progress, take } = setUp({ isTerminal: true, columns: 20 });
  progress.update({ done: 1, unit: "images", text: "bad\n\x1b[2Jname-that-is-long.jpg" });
  assert.deepEqual(take(), [`${CLEAR}1 images  bad [2Jna`]);
});

Deno.test("createProgress() counts the rate from where a resumed run starts", () => {
  const { clock, progress, take } = setUp({ isTerminal: true });
  progress.update({ done: 500, total: 520, unit: "steps", text: "" });
  clock.ms += 5000;
  progress.update({ done: 505, total: 520, unit: "steps", text: "" });
  // Five steps in 5 s; fifteen are left.
  assert.equal(take()[1], `${CLEAR}505/520 steps  1.0 steps/s  15 s left`);
});

Deno.test("createProgress() starts anew when the count goes back or was finished", () => {
  const { clock, progress, take } = setUp({ isTerminal: true });
  progress.update({ done: 8, unit: "images", text: "first" });
  progress.update({ done: 0, unit: "images", text: "second" });
  assert.deepEqual(take(), [`${CLEAR}8 images  first`, `${CLEAR}0 images  second`]);
  progress.finish();
  clock.ms += 50;
  progress.update({ done: 9, unit: "images", text: "third" });
  assert.deepEqual(take(), [CLEAR, `${CLEAR}9 images  third`]);
});

Deno.test("createProgress() writes a plain line every ten seconds where there is no terminal", () => {
  const { clock, progress, take } = setUp({ isTerminal: false });
  for (let done = 0; done <= 25; done++) {
    progress.update({ done, total: 25, unit: "steps", text: "loss 1" });
    clock.ms += 1000;
  }
  assert.deepEqual(take(), [
    "10/25 steps  1.0 steps/s  15 s left  loss 1\n",
    "20/25 steps  1.0 steps/s  5.0 s left  loss 1\n",
  ]);
  progress.clear();
  progress.finish("Done");
  assert.deepEqual(take(), ["Done\n"]);
});

Deno.test("createProgress() clears the line once to make room for another", () => {
  const { progress, take } = setUp({ isTerminal: true });
  progress.update({ done: 1, unit: "images", text: "" });
  progress.clear();
  progress.clear();
  assert.deepEqual(take(), [`${CLEAR}1 images`, CLEAR]);
});

Deno.test("createProgress() says nothing when quiet", () => {
  const { progress, take } = setUp({ isTerminal: true, isQuiet: true });
  progress.update({ done: 1, unit: "images", text: "" });
  progress.finish("Done");
  assert.deepEqual(take(), []);
});
