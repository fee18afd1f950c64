import assert from "node:assert/strict";
import { type FillSettings, fillWork } from "../../../../src/commands/inpaint/fill_picture.ts";
import { createBudget } from "../../../../src/commands/pictures/budget.ts";
import type { PictureTask } from "../../../../src/commands/pictures/picture_work.ts";
import { decodeImage } from "../../../../src/data/decode_image.ts";
import { encodeImage } from "../../../../src/data/encode_image.ts";
import { type HoleBox, readHoleBox } from "../../../../src/data/hole_box.ts";
import { readImageHeader } from "../../../../src/data/image_header.ts";
import { localCodec } from "../../../../src/data/picture_codec.ts";
import { InputError } from "../../../../src/errors.ts";
import type { DamagedImage, FillMethod } from "../../../../src/methods/types.ts";

/** Two pixels over two, the upper ones half transparent. */
const RGBA = Uint8ClampedArray.from(
  [[10, 20, 30, 128], [40, 50, 60, 128], [70, 80, 90, 255], [11, 12, 13, 255]].flat(),
);

const PNG = await encodeImage({ width: 2, height: 2, rgba: RGBA }, {
  format: "png",
  keepAlpha: true,
});

/** The upper right pixel. */
const BOX: HoleBox = readHoleBox("1,0,1,1")!;

/** Paints everything white, known pixels too: these must not come through. */
function whitewash(seen: DamagedImage[] = []): FillMethod {
  return {
    name: "whitewash",
    fill: (image) => {
      seen.push(image);
      return Promise.resolve(new Uint8Array(image.rgb255.length).fill(255));
    },
  };
}

/** Fills the 2x2 picture. */
function fill(
  task: Partial<PictureTask> & { readonly output?: string } = {},
  settings: Partial<FillSettings> = {},
) {
  const bytes = task.input?.bytes ?? PNG;
  return fillWork({
    ...{ method: whitewash(), fills: createBudget(1), codec: localCodec },
    ...{ quality: undefined, sideBySide: false, verify: false },
    ...settings,
  }).make({
    input: { name: "in.png", bytes: bytes.slice() },
    header: readImageHeader(bytes),
    ...{ format: "png", stem: "in", mask: [{ kind: "boxes", boxes: [BOX] }] },
    masks: {
      ...{ invertMask: false, maskThreshold: 128, strict: false },
      masks: {
        read: () => Promise.reject(new Error("no file")),
        sha256: () => Promise.reject(new Error("no file")),
      },
    },
    turn: { signal: new AbortController().signal, admit: () => Promise.resolve() },
    output: "out/in.png",
    ...task,
  });
}

const pixelsOf = async (bytes: Uint8Array) => [...(await decodeImage(bytes, { name: "x" })).rgba];

Deno.test("fillWork() copies known pixels whatever the method does", async () => {
  const seen: DamagedImage[] = [];
  const { encoded, verify: _, ...rest } = await fill({}, { method: whitewash(seen) });
  assert.deepEqual(rest, {
    ...{ status: "filled", width: 2, height: 2, holeRatio: 0.25, warnings: [], beside: [] },
  });
  assert.deepEqual([...seen[0]!.holeMask], [0, 1, 0, 0]);
  assert.deepEqual([...seen[0]!.rgb255], [10, 20, 30, 40, 50, 60, 70, 80, 90, 11, 12, 13]);
  // Alpha stays half transparent in the hole; only the colour was filled.
  assert.deepEqual(await pixelsOf(encoded), [
    ...[10, 20, 30, 128, 255, 255, 255, 128],
    ...RGBA.subarray(8),
  ]);
});

Deno.test("fillWork() with alpha as the mask makes the hole opaque", async () => {
  const masks = {
    ...{ invertMask: false, maskThreshold: 200, strict: false },
    masks: {
      read: () => Promise.reject(new Error("no file")),
      sha256: () => Promise.reject(new Error("no file")),
    },
  };
  const { holeRatio, warnings, encoded } = await fill({ mask: [{ kind: "alpha" }], masks });
  assert.equal(holeRatio, 0.5);
  assert.deepEqual(warnings, ['alpha of "in.png" has 2 grey pixels, cut at 200']);
  assert.deepEqual(await pixelsOf(encoded), [...new Array(8).fill(255), ...RGBA.subarray(8)]);
});

Deno.test("fillWork() gives a picture without a hole back byte for byte", async () => {
  const masks = {
    ...{ invertMask: false, maskThreshold: 100, strict: false },
    masks: {
      read: () => Promise.reject(new Error("no file")),
      sha256: () => Promise.reject(new Error("no file")),
    },
  };
  const { encoded, status, warnings } = await fill({ mask: [{ kind: "alpha" }], masks });
  assert.deepEqual([encoded, status], [PNG, "unchanged"]);
  assert.equal(warnings.at(-1), '"in.png" has no hole: nothing was filled');
  // Without a mask, as the user asked for.
  const copied = await fill({ mask: [] });
  assert.deepEqual([copied.encoded, copied.status, copied.warnings], [PNG, "copied", []]);
  // In another format it is encoded.
  const other = await fill({ mask: [], format: "webp" });
  assert.deepEqual([other.status, readImageHeader(other.encoded).format], ["copied", "webp"]);
});

Deno.test("fillWork() makes a before/after picture where there is a place for it", async () => {
  const { beside } = await fill({}, { sideBySide: true });
  assert.equal(beside![0]!.path, "out/in.before-after.png");
  assert.equal(readImageHeader(beside![0]!.bytes).width, 12);
  const work = fillWork({
    ...{ method: whitewash(), fills: createBudget(1), codec: localCodec },
    ...{ quality: undefined, sideBySide: true, verify: false },
  });
  assert.deepEqual(work.besideOf!("a/b.c.jpg"), ["a/b.c.before-after.png"]);
});

Deno.test("fillWork() proves what was written, and refuses what differs", async () => {
  const { encoded, verify } = await fill({}, { verify: true });
  assert.match(await verify!(encoded), /^verified: 3 known pixels identical/);
  const worse = await encodeImage({ width: 2, height: 2, rgba: RGBA.map((v) => v + 1) }, {
    ...{ format: "png", keepAlpha: true },
  });
  await assert.rejects(verify!(worse), (error) => {
    assert.ok(error instanceof InputError);
    assert.match(
      error.message,
      /^Cannot verify "out\/in\.png": differs: 3 of 3 known pixels changed/,
    );
    return true;
  });
  // The proof takes the file that came in, not what is in memory.
  assert.equal((await fill()).verify, undefined);
});

Deno.test("fillWork() takes a turn at the method and gives it back, also after a failure", async () => {
  const budget = createBudget(1);
  const broken: FillMethod = { name: "broken", fill: () => Promise.reject(new InputError("no")) };
  for (let time = 0; time < 2; time++) {
    await assert.rejects(fill({}, { method: broken, fills: budget }), { message: "no" });
  }
  const seen: DamagedImage[] = [];
  const turn = { signal: AbortSignal.abort(), admit: () => Promise.resolve() };
  await assert.rejects(fill({ turn }, { method: whitewash(seen) }), { name: "AbortError" });
  assert.equal(seen.length, 0);
});
