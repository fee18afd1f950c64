import assert from "node:assert/strict";
import { createAxis, type CreateAxisOptions } from "../../../src/report/axis.ts";

function labels(low: number, high: number, options: Partial<CreateAxisOptions> = {}): string[] {
  return createAxis(low, high, { scale: "linear", ticks: 5, ...options }).ticks.map((tick) =>
    tick.label
  );
}

Deno.test("createAxis() puts linear ticks at round values, written alike", () => {
  assert.deepEqual(labels(0, 1), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
  assert.deepEqual(labels(26.314, 26.352), ["26.32", "26.33", "26.34", "26.35"]);
  assert.deepEqual(labels(-5.1, -4), ["-5.0", "-4.8", "-4.6", "-4.4", "-4.2", "-4.0"]);
  assert.deepEqual(labels(0, 2.2e-3), ["0", "5e-4", "1e-3", "1.5e-3", "2e-3"]);
});

Deno.test("createAxis() puts logarithmic ticks at powers of ten, and between them where these are few", () => {
  const log = { scale: "log" } as const;
  assert.deepEqual(labels(0.01, 100, log), ["0.01", "0.1", "1", "10", "100"]);
  assert.deepEqual(labels(0.15, 2.1, log), ["0.2", "0.5", "1.0", "2.0"]);
  // Within 1 to 2 there is no second one, so they are as on a linear axis.
  assert.deepEqual(labels(1.1, 1.5, log), ["1.1", "1.2", "1.3", "1.4", "1.5"]);
  assert.deepEqual(labels(1e-12, 1e12, log), ["1e-10", "1e-5", "1", "100,000", "1e10"]);
});

Deno.test("createAxis() places values between its ends", () => {
  const linear = createAxis(10, 20, { scale: "linear", ticks: 5 });
  assert.deepEqual([10, 15, 20].map(linear.place), [0, 0.5, 1]);
  const padded = createAxis(10, 20, { scale: "linear", ticks: 5, padding: 0.25 });
  assert.deepEqual([7.5, 22.5].map(padded.place), [0, 1]);
  const log = createAxis(1, 100, { scale: "log", ticks: 5 });
  assert.deepEqual([1, 10, 100].map(log.place), [0, 0.5, 1]);
});

for (const scale of ["linear", "log"] as const) {
  Deno.test(`createAxis() gives a single value room on a ${scale} axis`, () => {
    const axis = createAxis(2, 2, { scale, ticks: 5 });
    assert.ok(Math.abs(axis.place(2) - 0.5) < 1e-9);
    assert.ok(axis.ticks.length >= 2);
  });
}

Deno.test("createAxis() gives zero room", () => {
  assert.equal(createAxis(0, 0, { scale: "linear", ticks: 5 }).place(0), 0.5);
});

Deno.test("createAxis() refuses ends that it cannot draw", () => {
  assert.throws(() => createAxis(0, 1, { scale: "log", ticks: 5 }), {
    name: "RangeError",
    message: "Cannot draw a log axis from 0 to 1",
  });
  assert.throws(() => createAxis(0, Infinity, { scale: "linear", ticks: 5 }), RangeError);
});
