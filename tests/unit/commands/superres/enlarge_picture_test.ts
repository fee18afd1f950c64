import assert from "node:assert/strict";
import { createBudget } from "../../../../src/commands/pictures/budget.ts";
import type { PictureTask } from "../../../../src/commands/pictures/picture_work.ts";
import {
  type EnlargeSettings,
  enlargeWork,
} from "../../../../src/commands/superres/enlarge_picture.ts";
import { decodeImage } from "../../../../src/data/decode_image.ts";
import { encodeImage } from "../../../../src/data/encode_image.ts";
import { enlarge } from "../../../../src/data/enlarge.ts";
import { readHoleBox } from "../../../../src/data/hole_box.ts";
import { readImageHeader } from "../../../../src/data/image_header.ts";
import { localCodec } from "../../../../src/data/picture_codec.ts";
import { kernelUpscaler } from "../../../../src/methods/kernel_upscaler.ts";
import type { SmallPicture, Upscaler } from "../../../../src/methods/upscaler.ts";

/** Two pixels over two, the left ones half and wholly transparent. */
const PIXELS = [[10, 20, 30, 128], [40, 50, 60, 255], [70, 80, 90, 0], [11, 12, 13, 255]];
const RGBA = Uint8ClampedArray.from(PIXELS.flat());

/** Paints everything one grey and remembers what it was given. */
function painter(seen: SmallPicture[]): Upscaler {
  return {
    name: "painter",
    upscale: (picture, { scale }) => {
      seen.push(picture);
      const [width, height] = [picture.width * scale, picture.height * scale];
      const rgb255 = new Uint8Array(width * height * 3).fill(77);
      return Promise.resolve({ width, height, rgb255 });
    },
  };
}

const PNG = await encodeImage({ width: 2, height: 2, rgba: RGBA }, {
  ...{ format: "png", keepAlpha: true },
});

const MASKS = {
  ...{ invertMask: false, maskThreshold: 128, strict: false },
  masks: {
    read: () => Promise.reject(new Error("no file")),
    sha256: () => Promise.reject(new Error("no file")),
  },
};

/** Enlarges the 2x2 picture. */
function enlargeIt(task: Partial<PictureTask> = {}, settings: Partial<EnlargeSettings> = {}) {
  return enlargeWork({
    ...{ upscaler: kernelUpscaler("nearest"), scale: 2, codec: localCodec, quality: undefined },
    upscales: createBudget(1),
    ...settings,
  }).make({
    input: { name: "in.png", bytes: PNG.slice() },
    header: readImageHeader(PNG),
    ...{ format: "png", stem: "in", mask: [], masks: MASKS },
    turn: { signal: new AbortController().signal, admit: () => Promise.resolve() },
    output: "out.png",
    ...task,
  });
}

const read = (bytes: Uint8Array) => decodeImage(bytes, { name: "out" });

/** Bicubic enlargement, twice, of four values of alpha. */
const bicubic = async (...alpha: number[]) => [
  ...await enlarge({ width: 2, height: 2, channels: 1, data: Uint8Array.from(alpha) }, {
    scale: 2,
  }),
];

Deno.test("enlargeWork() enlarges colours as they are and alpha bicubically, and tells", async () => {
  const { encoded, ...made } = await enlargeIt();
  assert.deepEqual(made, {
    ...{ status: "enlarged", width: 4, height: 4, holeRatio: 0, warnings: [] },
    more: { method: "nearest", scale: 2 },
  });
  const { rgba } = await read(encoded);
  const colours = (at: number) => [...rgba.subarray(at * 4, at * 4 + 3)];
  // By hand: nearest repeats each pixel twice on both axes; the colour under alpha 0 is kept.
  assert.deepEqual([0, 1, 4].map(colours), new Array(3).fill([10, 20, 30]));
  assert.deepEqual([12, 13].map(colours), new Array(2).fill([70, 80, 90]));
  const alpha = [...rgba].filter((_, i) => i % 4 === 3);
  assert.deepEqual(alpha, await bicubic(128, 255, 0, 255));
});

Deno.test("enlargeWork() hands holes of the alpha on, and makes them opaque", async () => {
  const seen: SmallPicture[] = [];
  const { holeRatio, encoded } = await enlargeIt({ mask: [{ kind: "alpha" }] }, {
    upscaler: painter(seen),
  });
  assert.equal(holeRatio, 0.25);
  assert.deepEqual([...seen[0]!.holeMask!], [0, 0, 1, 0]);
  assert.deepEqual([...seen[0]!.rgb255.subarray(6)], [70, 80, 90, 11, 12, 13]);
  const alpha = [...(await read(encoded)).rgba].filter((_, i) => i % 4 === 3);
  assert.deepEqual(alpha, await bicubic(128, 255, 255, 255));
});

Deno.test("enlargeWork() hands no mask on if there is no hole, and refuses all hole", async () => {
  const seen: SmallPicture[] = [];
  await enlargeIt({}, { upscaler: painter(seen) });
  assert.equal(seen[0]!.holeMask, undefined);
  const all = { kind: "boxes", boxes: [readHoleBox("0,0,2,2")!] } as const;
  await assert.rejects(enlargeIt({ mask: [all] }), {
    message: 'Cannot enlarge "in.png": the mask covers all 4 pixels, some must be known',
  });
});

Deno.test("enlargeWork() tells what JPEG cannot hold, and keeps what it can", async () => {
  const exif = Uint8Array.from([0x49, 0x49, 42, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  const bytes = await encodeImage({ width: 2, height: 2, rgba: RGBA }, {
    ...{ format: "png", keepAlpha: true, metadata: { exif, dpi: { x: 300, y: 300 } } },
  });
  const { warnings, encoded } = await enlargeIt({
    ...{ input: { name: "in.png", bytes }, format: "jpeg" },
  });
  assert.deepEqual(warnings, ['"in.png" has transparency, which JPEG cannot hold']);
  const { format, width, metadata } = await read(encoded);
  // 300 pixels per inch were those of the small picture.
  assert.deepEqual([format, width, metadata.exif, metadata.dpi], ["jpeg", 4, exif, undefined]);
});

Deno.test("enlargeWork() looks at the size before anything is decoded", () => {
  const { check } = enlargeWork({
    ...{ upscaler: kernelUpscaler("nearest"), scale: 8, codec: localCodec, quality: undefined },
    upscales: createBudget(1),
  });
  const header = { ...readImageHeader(PNG), width: 12_000, height: 8_000 };
  assert.throws(
    () => check!({ input: { name: "in.png", bytes: PNG }, header, format: "png" }),
    {
      message: 'Cannot enlarge "in.png" 8 times: 96000x64000 is 6144000000 pixels, ' +
        "must be at most 178000000",
      hint: "The largest scale for it is 1",
    },
  );
});

Deno.test("enlargeWork() stops before the upscaler when the signal has fired", async () => {
  const reason = new Error("enough");
  const turn = { signal: AbortSignal.abort(reason), admit: () => Promise.resolve() };
  const seen: SmallPicture[] = [];
  await assert.rejects(enlargeIt({ turn }, { upscaler: painter(seen) }), reason);
  assert.equal(seen.length, 0);
});
