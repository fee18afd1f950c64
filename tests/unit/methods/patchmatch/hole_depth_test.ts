import assert from "node:assert/strict";
import { holeDepth } from "../../../../src/methods/patchmatch/hole_depth.ts";
import { createRandom } from "../../../../src/random.ts";

Deno.test("holeDepth() equals the least chessboard distance over all known pixels", () => {
  for (let seed = 0; seed < 20; seed++) {
    const random = createRandom(seed);
    const [width, height] = [random.integer(1, 17), random.integer(1, 13)];
    const holeMask = Uint8Array.from(
      { length: width * height },
      () => random.uniform() < 0.95 ? 1 : 0,
    );
    holeMask[random.integer(0, holeMask.length - 1)] = 0;
    const expected = Array.from(holeMask, (_, at) => {
      let least = Infinity;
      for (let other = 0; other < holeMask.length; other++) {
        if (holeMask[other] !== 0) continue;
        const across = Math.abs(at % width - other % width);
        const down = Math.abs(Math.floor(at / width) - Math.floor(other / width));
        least = Math.min(least, Math.max(across, down));
      }
      return least;
    });
    assert.deepEqual([...holeDepth(holeMask, { width, height })], expected);
  }
});

Deno.test("holeDepth() is 65535 where nothing is known", () => {
  const depth = holeDepth(new Uint8Array(6).fill(1), { width: 3, height: 2 });
  assert.deepEqual([...depth], new Array(6).fill(65535));
});
