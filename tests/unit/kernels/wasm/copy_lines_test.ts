import assert from "node:assert/strict";
import { copyLines } from "../../../../src/kernels/wasm/copy_lines.ts";
import { openOwnMemory } from "../own_memory.ts";

for (
  const [numbers, step, expected] of [[3, 4, [1, 2, 3, 5, 6, 7, 7]], [3, 3, [
    1,
    2,
    3,
    4,
    5,
    6,
    7,
  ]]] as const
) {
  Deno.test(`copyLines() takes ${numbers} of ${step} numbers`, () => {
    const { workspace, take, put, get } = openOwnMemory();
    const [source, target] = [put([1, 2, 3, 4, 5, 6, 7, 8]), take(28)];
    copyLines(workspace, take, { source, sourceStep: 4 * step, target, numbers, lines: 2 });
    assert.deepEqual(get(target, 7), expected);
  });
}
