import assert from "node:assert/strict";
import {
  improveField,
  type MatchedLevel,
  measureField,
  startField,
} from "../../../../src/methods/patchmatch/match_field.ts";
import { patchDistance } from "../../../../src/methods/patchmatch/patch_distance.ts";
import { findPatches } from "../../../../src/methods/patchmatch/patch_sets.ts";
import { createRandom } from "../../../../src/random.ts";

/** Soft waves with noise and a square hole that holds what is there. */
function makeLevel(width: number, height: number, seed = 1) {
  const random = createRandom(seed);
  const rgb255 = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
    return 128 + 60 * Math.sin(x / 5 + i % 3) + 50 * Math.cos(y / 7) + random.integer(-8, 8);
  });
  const holeMask = Uint8Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return x >= width / 3 && x < width / 2 && y >= height / 3 && y < height / 2 ? 1 : 0;
  });
  return { width, height, rgb255, holeMask };
}

function start(width: number, height: number, coarser?: MatchedLevel): MatchedLevel {
  const level = makeLevel(width, height);
  const patches = findPatches(level, { radius: 3 });
  const random = createRandom(3);
  return { level, patches, field: startField(level, patches, { random, coarser }) };
}

/** Fails unless all targets, and no other pixel, have a source at the stated distance. */
function assertSound({ level, patches, field }: MatchedLevel): void {
  const isTarget = new Uint8Array(field.match.length);
  for (const target of patches.targets) {
    isTarget[target] = 1;
    const match = field.match[target]!;
    assert.equal(patches.isSource[match], 1);
    assert.equal(
      field.distance[target],
      patchDistance(level.rgb255, level.width, patches.radius, target, match, Infinity),
    );
  }
  field.match.forEach((match, i) => assert.equal(match >= 0, isTarget[i] === 1));
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const distances = ({ patches, field }: MatchedLevel) =>
  Array.from(patches.targets, (target) => field.distance[target]!);

Deno.test("improveField() comes close to a search through everything and never below it", () => {
  const matched = start(60, 48);
  const { level, patches } = matched;
  const best = Array.from(patches.targets, (target) => {
    let least = Infinity;
    for (const source of patches.sources) {
      least = patchDistance(level.rgb255, 60, 3, target, source, least) < least
        ? patchDistance(level.rgb255, 60, 3, target, source, least)
        : least;
    }
    return least;
  });
  const initial = mean(distances(matched)) / mean(best);
  const random = createRandom(9);
  for (let scan = 0; scan < 5; scan++) {
    const before = distances(matched);
    improveField(matched, { random, backward: scan % 2 === 1 });
    distances(matched).forEach((distance, i) => assert.ok(distance <= before[i]!));
  }
  assertSound(matched);
  distances(matched).forEach((distance, i) => assert.ok(distance >= best[i]!));
  const ratio = mean(distances(matched)) / mean(best);
  // Barnes et al. call 4 to 5 scans enough. Measured: 77 times the least mean distance before, 1.09 times after.
  assert.ok(initial > 50, `${initial}`);
  assert.ok(ratio < 1.15, `${ratio}`);
});

Deno.test("improveField() finds a shifted copy by propagation from one good match", () => {
  // Noise of period 20 in x: every target has a perfect match 20 pixels to the left or right.
  for (const backward of [false, true]) {
    const random = createRandom(4);
    const tile = Uint8Array.from({ length: 20 * 40 * 3 }, () => random.integer(0, 255));
    const [width, height] = [60, 40];
    const rgb255 = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
      const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
      return tile[(y * 20 + x % 20) * 3 + i % 3]!;
    });
    const holeMask = new Uint8Array(width * height);
    for (let y = 10; y < 20; y++) holeMask.fill(1, y * width + 25, y * width + 35);
    const level = { width, height, rgb255, holeMask };
    const patches = findPatches(level, { radius: 2 });
    const field = startField(level, patches, { random });
    const { targets } = patches;
    const first = backward ? targets.at(-1)! : targets[0]!;
    field.match[first] = first - 20;
    measureField({ level, patches, field });
    improveField({ level, patches, field }, { random, backward });
    // 14x14 targets; each but the first has a neighbour that was scanned before it.
    assert.deepEqual(
      Array.from(targets, (target) => field.distance[target]),
      new Array(196).fill(0),
    );
  }
});

Deno.test("startField() without a coarser level draws sources for all targets", () => {
  const matched = start(60, 48);
  assertSound(matched);
  assert.ok(new Set(matched.field.match).size > matched.patches.targets.length / 2);
});

Deno.test("startField() doubles the offsets of the coarser level", () => {
  const coarser = start(30, 24);
  const finer = start(60, 48, coarser);
  assertSound(finer);
  let taken = 0;
  for (const target of finer.patches.targets) {
    const [x, y] = [target % 60, Math.floor(target / 60)];
    const from = (y >> 1) * 30 + (x >> 1);
    const match = coarser.field.match[from]!;
    if (match < 0) continue;
    const column = x + 2 * (match % 30 - (x >> 1));
    const row = y + 2 * (Math.floor(match / 30) - (y >> 1));
    if (finer.patches.isSource[row * 60 + column] === 0) continue;
    assert.equal(finer.field.match[target], row * 60 + column);
    taken++;
  }
  // This coarse hole lies over the whole fine one, and none of its doubled matches overlaps the fine hole.
  assert.equal(taken, finer.patches.targets.length);
});

Deno.test("measureField() follows the pixels", () => {
  const matched = start(60, 48);
  for (let i = 0; i < matched.level.holeMask.length; i++) {
    if (matched.level.holeMask[i] !== 0) matched.level.rgb255.fill(200, i * 3, i * 3 + 3);
  }
  assert.throws(() => assertSound(matched));
  measureField(matched);
  assertSound(matched);
});
