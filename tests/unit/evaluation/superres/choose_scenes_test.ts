import assert from "node:assert/strict";
import { chooseScenes } from "../../../../src/evaluation/superres/choose_scenes.ts";
import { superresRecordOf } from "./superres_record_of.ts";

/** Gains of the network over bicubic by picture, at x2 and x3. */
const GAINS = { a: [1, -3], b: [-2, -1], c: [3, 0], d: [2, null] } as const;

const records = Object.entries(GAINS).flatMap(([image, gains]) =>
  gains.flatMap((gain, i) => [
    superresRecordOf({ image, scale: i + 2 }),
    superresRecordOf({
      ...{ image, scale: i + 2, method: "net" },
      psnrY: gain === null ? null : 30 + gain,
    }),
  ])
).toReversed();

const names = (scenes: readonly { image: string; scale: number }[]) =>
  scenes.map(({ image, scale }) => `${image}${scale}`);

Deno.test("chooseScenes() takes the first of each scale, the best gains, and losses below bicubic alone", () => {
  const two = chooseScenes(records, { count: 2, primary: "net" });
  assert.deepEqual(names(two.examples), ["a2", "b2", "a3", "b3"]);
  assert.deepEqual(names(two.gains), ["c2", "d2"]);
  // A gain of 0 is neither; an endless PSNR has none.
  assert.deepEqual(names(two.losses), ["b2", "a3", "b3"]);
  const one = chooseScenes(records, { count: 1, primary: "net" });
  assert.deepEqual(names(one.gains), ["c2"]);
  assert.deepEqual(names(one.losses), ["b2", "a3"]);
});

Deno.test("chooseScenes() has neither gains nor losses without bicubic", () => {
  const mine = records.filter(({ method }) => method === "net");
  const { examples, gains, losses } = chooseScenes(mine, { count: 1, primary: "net" });
  assert.deepEqual([names(examples), gains, losses], [["a2", "a3"], [], []]);
});
