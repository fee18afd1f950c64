import assert from "node:assert/strict";
import { spreadOrder } from "../../../../src/evaluation/study/spread_order.ts";
import { createRandom } from "../../../../src/random.ts";

const order = (groups: readonly number[], seed: number) =>
  spreadOrder(groups, { groupOf: (group) => group, random: createRandom(seed) });

const meetings = (groups: readonly number[]) =>
  groups.filter((group, i) => i > 0 && group === groups[i - 1]).length;

Deno.test("spreadOrder() keeps a group apart wherever no group has more than half", () => {
  // 1 fills exactly half, rounded up: only 1x1x1x1 is left.
  for (const groups of [[1, 1, 1, 1, 2, 2, 3], [1, 1, 2, 2], [1, 2, 3, 4, 1, 2, 3, 4], [1]]) {
    for (let seed = 0; seed < 50; seed++) {
      const found = order(groups, seed);
      assert.equal(meetings(found), 0, found.join());
      assert.deepEqual([...found].sort(), [...groups].sort());
    }
  }
});

Deno.test("spreadOrder() lets only the surplus meet", () => {
  // Five of a kind and two others: 1 2 1 3 1 leaves two, each beside another 1.
  for (let seed = 0; seed < 20; seed++) {
    assert.equal(meetings(order([1, 1, 1, 1, 1, 2, 3], seed)), 2);
  }
});

Deno.test("spreadOrder() gives another order for another seed, the same for the same", () => {
  const groups = Array.from({ length: 12 }, (_, i) => i);
  assert.deepEqual(order(groups, 1), order(groups, 1));
  const seen = new Set(Array.from({ length: 20 }, (_, seed) => order(groups, seed).join()));
  assert.equal(seen.size, 20);
});
