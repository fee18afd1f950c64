import assert from "node:assert/strict";
import { holeDepth } from "../../../../src/methods/patchmatch/hole_depth.ts";
import { startField } from "../../../../src/methods/patchmatch/match_field.ts";
import { findPatches } from "../../../../src/methods/patchmatch/patch_sets.ts";
import { vote } from "../../../../src/methods/patchmatch/vote.ts";
import { createRandom } from "../../../../src/random.ts";

const [WIDTH, HEIGHT] = [24, 20];

function makeLevel(isHole: (x: number, y: number) => boolean, contrast = 255) {
  const random = createRandom(8);
  const rgb255 = Uint8Array.from(
    { length: WIDTH * HEIGHT * 3 },
    () => random.integer(0, contrast),
  );
  const holeMask = Uint8Array.from(
    { length: WIDTH * HEIGHT },
    (_, i) => isHole(i % WIDTH, Math.floor(i / WIDTH)) ? 1 : 0,
  );
  const level = { width: WIDTH, height: HEIGHT, rgb255, holeMask };
  const patches = findPatches(level, { radius: 2 });
  return { level, patches, field: startField(level, patches, { random }) };
}

/** All votes patch by patch, weights as the formula has them. */
function naiveVote(
  { level, patches, field }: ReturnType<typeof makeLevel>,
  { depth, percentile }: { depth: Uint16Array; percentile: number },
): number[] {
  const { targets, radius } = patches;
  const sorted = Array.from(targets, (target) => field.distance[target]!).sort((a, b) => a - b);
  const variance = sorted[Math.floor((sorted.length - 1) * percentile / 100)]!;
  const sums = new Float64Array(level.rgb255.length);
  const totals = new Float64Array(level.holeMask.length);
  for (const target of targets) {
    const weight = 1.3 ** -depth[target]! * Math.exp(-field.distance[target]! / (2 * variance));
    for (let y = -radius; y <= radius; y++) {
      for (let x = -radius; x <= radius; x++) {
        const shift = y * WIDTH + x;
        totals[target + shift]! += weight;
        for (let c = 0; c < 3; c++) {
          const value = level.rgb255[(field.match[target]! + shift) * 3 + c]!;
          sums[(target + shift) * 3 + c]! += weight * value;
        }
      }
    }
  }
  return Array.from(level.rgb255, (value, i) => {
    const pixel = Math.floor(i / 3);
    return level.holeMask[pixel] === 0 ? value : sums[i]! / totals[pixel]!;
  });
}

Deno.test("vote() is the weighted mean of all patches over a pixel, at the picture's rim too", () => {
  for (const percentile of [20, 75]) {
    const matched = makeLevel((x, y) => (x < 7 && y < 6) || (x > 17 && y > 15));
    const options = { depth: holeDepth(matched.level.holeMask, matched.level), percentile };
    const expected = naiveVote(matched, options);
    vote(matched, options);
    // Rounded half up; a mean that close to a half could fall on either side.
    matched.level.rgb255.forEach((value, i) => {
      assert.ok(Math.abs(value - expected[i]!) <= 0.5 + 1e-9, `${i}: ${value}, ${expected[i]}`);
    });
    assert.ok(new Set(matched.level.rgb255.filter((_, i) => i < 21)).size > 5, "not all alike");
  }
});

Deno.test("vote() copies where all patches say the same", () => {
  const matched = makeLevel((x, y) => x >= 2 && x < 5 && y >= 5 && y < 9);
  const { level, field, patches } = matched;
  for (const target of patches.targets) field.match[target] = target + 10;
  const before = level.rgb255.slice();
  vote(matched, { depth: holeDepth(level.holeMask, level), percentile: 75 });
  for (let i = 0; i < level.holeMask.length; i++) {
    const from = level.holeMask[i] === 0 ? i : i + 10;
    const expected = before.subarray(from * 3, from * 3 + 3);
    assert.deepEqual(level.rgb255.subarray(i * 3, i * 3 + 3), expected);
  }
});

Deno.test("vote() survives weights that would all be 0", () => {
  // Percentile 0 with a perfect match makes σ² 1, all other exponents huge, and the depth 1.3^-60000.
  const matched = makeLevel((x, y) => x >= 8 && x < 12 && y >= 5 && y < 9);
  const { level, field, patches } = matched;
  field.distance.fill(9_000_000);
  field.distance[patches.targets[0]!] = 0;
  const depth = new Uint16Array(WIDTH * HEIGHT).fill(60_000);
  level.rgb255.fill(0);
  for (let i = 0; i < level.holeMask.length; i++) {
    if (level.holeMask[i] === 0) level.rgb255.fill(50, i * 3, i * 3 + 3);
  }
  vote(matched, { depth, percentile: 0 });
  assert.ok(level.rgb255.every((value) => value === 50));
});
