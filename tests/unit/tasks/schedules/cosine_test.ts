import assert from "node:assert/strict";
import { cosine } from "../../../../tasks/schedules/cosine.ts";

const near = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) < 1e-12, `${actual}, must be ${expected}`);

Deno.test("cosine() falls from the first step to the last, half way in the middle", () => {
  const rate = cosine({ from: 3, to: 1, steps: 101 });
  near(rate(0), 3);
  near(rate(25), 1 + 2 * (1 + Math.SQRT1_2) / 2);
  near(rate(50), 2);
  near(rate(100), 1);
});

Deno.test("cosine() stays at its end after the last step", () => {
  const rate = cosine({ from: 3, to: 1, steps: 10 });
  near(rate(10), 1);
  near(rate(1000), 1);
});

Deno.test("cosine() rises in equal steps during the warm-up, to the top at its end", () => {
  const rate = cosine({ from: 3, to: 0, steps: 100, warmUp: 3 });
  near(rate(0), 1);
  near(rate(1), 2);
  near(rate(2), 3);
  near(rate(3), 3);
});

Deno.test("cosine() of a single step is its top", () => {
  near(cosine({ from: 3, to: 1, steps: 1 })(0), 3);
});
