import assert from "node:assert/strict";
import { createBudget } from "../../../../src/commands/pictures/budget.ts";

/** Lets everything run that waits for no more than promises. */
const settle = () => new Promise((resolve) => setTimeout(resolve));

Deno.test("createBudget() grants what fits, strictly in order, and the rest as it is given back", async () => {
  const budget = createBudget(10);
  const granted: string[] = [];
  const take = async (name: string, amount: number) => {
    const leave = await budget.take(amount);
    granted.push(name);
    return leave;
  };
  const [a, b] = [await take("a", 6), await take("b", 4)];
  const waiting = [take("c", 7), take("d", 1)];
  await settle();
  // Nothing is left for c; d would not fit either.
  assert.deepEqual(granted, ["a", "b"]);
  b();
  await settle();
  // d would fit now, but c stands before it.
  assert.deepEqual(granted, ["a", "b"]);
  a();
  a(); // once more does nothing
  const [c, d] = [await waiting[0]!, await waiting[1]!];
  assert.deepEqual(granted, ["a", "b", "c", "d"]);
  const e = take("e", 3);
  await settle();
  assert.equal(granted.length, 4, "a second return has given back too much");
  c();
  d();
  (await e)();
});

Deno.test("createBudget() lets more than there is go alone", async () => {
  const budget = createBudget(10);
  const small = await budget.take(1);
  let isGranted = false;
  const large = budget.take(25).then((leave) => {
    isGranted = true;
    return leave;
  });
  await settle();
  assert.equal(isGranted, false);
  small();
  const leave = await large;
  const next = budget.take(1).then(() => isGranted = false);
  await settle();
  assert.equal(isGranted, true, "another went beside it");
  leave();
  await next;
  assert.throws(() => createBudget(0), {
    name: "RangeError",
    message: "Cannot make a budget of 0: must be above 0",
  });
});
