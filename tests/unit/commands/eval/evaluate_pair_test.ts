import assert from "node:assert/strict";
import { damagePair, fillPair, scorePair } from "../../../../src/commands/eval/evaluate_pair.ts";
import type { EvalMethod } from "../../../../src/commands/eval/eval_methods.ts";
import type { PlannedPair } from "../../../../src/commands/eval/plan_pairs.ts";
import type { DamagedImage, FillOptions } from "../../../../src/methods/types.ts";

const pair: PlannedPair = {
  index: 7,
  stem: "00007",
  aliases: [],
  image: { path: "in/a.png", relative: "a.png" },
  mask: { path: "masks/m.png", relative: "m.png" },
};

const truth = Uint8Array.from({ length: 16 * 16 * 3 }, (_, i) => 1 + i % 200);

/** A hole of 2x2 pixels in the middle. */
const holeMask = Uint8Array.from({ length: 16 * 16 }, (_, i) => {
  const [x, y] = [i % 16, Math.floor(i / 16)];
  return x >= 7 && x < 9 && y >= 7 && y < 9 ? 1 : 0;
});

const loaded = { width: 16, height: 16, truth, holeMask, remarks: ["grey image"] as const };

/** A method that paints everything 9, and says what it was given. */
function painter(seen: { image?: DamagedImage; options?: FillOptions }): EvalMethod {
  const predict = (image: DamagedImage, options: FillOptions = {}) => {
    Object.assign(seen, { image, options });
    return Promise.resolve(new Uint8Array(image.rgb255.length).fill(9));
  };
  return {
    name: "nine",
    what: "nine",
    identity: "nine",
    problems: [],
    method: { name: "nine", predict, fill: predict },
  };
}

Deno.test("damagePair() grows the hole and takes its pixels away", () => {
  const { damaged, remarks } = damagePair(pair, loaded, 0);
  assert.deepEqual(damaged.holeMask, holeMask);
  damaged.rgb255.forEach((value, i) => {
    assert.equal(value, holeMask[Math.floor(i / 3)] === 1 ? 0 : truth[i]);
  });
  assert.deepEqual(remarks, ["grey image"]);
  // At 16 a kernel of 65 reaches 1 pixel: (65 - 1) / 2 · 16 / 512.
  const grown = damagePair(pair, loaded, 65).damaged.holeMask;
  assert.equal(grown.reduce((sum, hole) => sum + hole, 0), 16);
});

Deno.test("damagePair() refuses a pair with nothing to fill, or nothing known", () => {
  const none = { ...loaded, holeMask: new Uint8Array(256) };
  assert.throws(() => damagePair(pair, none, 0), {
    name: "InputError",
    message: 'Cannot evaluate image "a.png" with mask "m.png": no pixel is hole, ' +
      "some must be hole and some known",
  });
  assert.throws(() => damagePair(pair, loaded, 1023), {
    message:
      'Cannot evaluate image "a.png" with mask "m.png" dilated by 1023: all pixels are hole, ' +
      "some must be hole and some known",
  });
});

Deno.test("fillPair() composes with the truth, whatever the method gave for known pixels", async () => {
  const seen: { image?: DamagedImage; options?: FillOptions } = {};
  const damaged = damagePair(pair, loaded, 65);
  const { composite, raw, elapsedMs } = await fillPair(
    damaged,
    painter(seen),
    new AbortController().signal,
  );
  composite.forEach((value, i) => {
    const isHole = damaged.damaged.holeMask[Math.floor(i / 3)] === 1;
    assert.equal(value, isHole ? 9 : truth[i]);
  });
  assert.ok(raw!.every((value) => value === 9));
  assert.ok(elapsedMs !== null && elapsedMs >= 0);
  assert.equal(seen.image, damaged.damaged, "a method sees the damaged picture and not the truth");
  assert.equal(seen.options!.stem, "00007-d65");
});

Deno.test("scorePair() writes a whole line, with presets and what judges said", async () => {
  const damaged = damagePair(pair, loaded, 0);
  const result = await fillPair(damaged, painter({}), new AbortController().signal);
  const record = scorePair(damaged, { ...result, elapsedMs: 5 }, {
    method: "nine",
    presets: ["lama"],
    judged: { lpips: 0.5 },
  });
  const { scores, presets, ...rest } = record;
  assert.deepEqual(rest, {
    pair: 7,
    image: "a.png",
    mask: "m.png",
    dilate: 0,
    width: 16,
    height: 16,
    // 4 of 256 pixels, 7 from the border; 50 · 16 / 512 = 1.6 would do.
    ratio: 4 / 256,
    bin: 0,
    border: "N",
    method: "nine",
    lpips: 0.5,
    remarks: ["grey image"],
    elapsedMs: 5,
  });
  assert.ok(scores.raw !== undefined);
  assert.equal(presets!["lama"]!.bin, "0-10%");
  assert.equal(typeof presets!["lama"]!.values["ssim"], "number");
});
