import assert from "node:assert/strict";
import { largestFactors, usedBlocks, walkScan } from "../../../../src/data/jpeg/walk_scan.ts";

/** Luma 2x2 and one colour, 33x17 pixels: 3x2 units of 16x16. */
const LUMA = { h: 2, v: 2, blocksWide: 6 };
const COLOUR = { h: 1, v: 1, blocksWide: 3 };
const SIZE = { width: 33, height: 17, ...largestFactors([LUMA, COLOUR]) };

function visited(components: Parameters<typeof walkScan>[0]): string[] {
  const seen: string[] = [];
  walkScan(components, SIZE, {
    unit: () => seen.push("|"),
    block: (index, block) => seen.push(`${index}:${block}`),
  });
  return seen;
}

Deno.test("walkScan() goes through units of several components", () => {
  const seen = visited([LUMA, COLOUR]);
  assert.equal(seen.filter((entry) => entry === "|").length, 6);
  assert.deepEqual(seen.slice(0, 12), [
    ...["|", "0:0", "0:1", "0:6", "0:7", "1:0"],
    ...["|", "0:2", "0:3", "0:8", "0:9", "1:1"],
  ]);
  assert.deepEqual(seen.slice(-6), ["|", "0:16", "0:17", "0:22", "0:23", "1:5"]);
});

Deno.test("walkScan() leaves out what only fills up units where a component is alone", () => {
  // 33 pixels are five blocks of eight, 17 are three.
  assert.deepEqual(usedBlocks(LUMA, SIZE), { wide: 5, high: 3 });
  // 17 and 9 samples of colour are three and two blocks.
  assert.deepEqual(usedBlocks(COLOUR, SIZE), { wide: 3, high: 2 });
  const blocks = visited([LUMA]).filter((entry) => entry !== "|");
  assert.deepEqual(blocks.slice(0, 7), ["0:0", "0:1", "0:2", "0:3", "0:4", "0:6", "0:7"]);
  assert.equal(blocks.length, 15);
  assert.equal(blocks.at(-1), "0:16");
});
