import assert from "node:assert/strict";
import { join } from "node:path";
import { createBudget } from "../../../../src/commands/pictures/budget.ts";
import { createMaskReader } from "../../../../src/commands/pictures/mask_reader.ts";
import type { PictureJob } from "../../../../src/commands/pictures/picture_plan.ts";
import { createPlaceBook } from "../../../../src/commands/pictures/place_book.ts";
import type { PictureTurn } from "../../../../src/commands/pictures/run_pictures.ts";
import {
  superresFile,
  type SuperresSettings,
} from "../../../../src/commands/superres/superres_file.ts";
import { decodeImage } from "../../../../src/data/decode_image.ts";
import { encodeImage } from "../../../../src/data/encode_image.ts";
import { localCodec } from "../../../../src/data/picture_codec.ts";
import { enlarge } from "../../../../src/data/enlarge.ts";
import { InputError } from "../../../../src/errors.ts";
import { kernelUpscaler } from "../../../../src/methods/kernel_upscaler.ts";
import type { SmallPicture, Upscaler } from "../../../../src/methods/upscaler.ts";
import { withTempDir } from "../../../support/temp_dir.ts";

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

/** Runs one job on a 2x2 picture "in.png". */
async function withPicture(
  body: (
    at: (name: string) => string,
    work: (
      job?: Partial<PictureJob>,
      settings?: Partial<SuperresSettings>,
      turn?: Partial<PictureTurn>,
    ) => ReturnType<typeof superresFile>,
  ) => Promise<void>,
): Promise<void> {
  await withTempDir(async (folder) => {
    const at = (name: string) => join(folder, name);
    const image = { width: 2, height: 2, rgba: RGBA };
    await Deno.writeFile(
      at("in.png"),
      await encodeImage(image, { format: "png", keepAlpha: true }),
    );
    await body(at, (job = {}, settings = {}, turn = {}) =>
      superresFile({
        input: at("in.png"),
        stem: "in",
        mask: undefined,
        output: { kind: "file", path: at("out.png") },
        ...job,
      }, {
        upscaler: kernelUpscaler("nearest"),
        scale: 2,
        codec: localCodec,
        upscales: createBudget(1),
        masks: createMaskReader(localCodec, { invert: false, threshold: 128 }),
        invertMask: false,
        maskThreshold: 128,
        strict: false,
        places: createPlaceBook({ taken: new Set(), overwrite: false }),
        format: undefined,
        quality: undefined,
        readStdin: () => Promise.reject(new Error("must not be read")),
        writeStdout: () => Promise.reject(new Error("must not be written")),
        ...settings,
      }, {
        signal: new AbortController().signal,
        admit: () => Promise.resolve(),
        ...turn,
      }));
  });
}

const replacing = () => createPlaceBook({ taken: new Set(), overwrite: true });

const read = async (path: string) => await decodeImage(await Deno.readFile(path), { name: path });

/** Bicubic enlargement, twice, of four values of alpha. */
const bicubic = async (...alpha: number[]) => [
  ...await enlarge({ width: 2, height: 2, channels: 1, data: Uint8Array.from(alpha) }, {
    scale: 2,
  }),
];

Deno.test("superresFile() enlarges colours as they are and alpha bicubically, and tells", async () => {
  await withPicture(async (at, work) => {
    const places = replacing();
    const { elapsedMs, ...result } = await work({}, { places });
    assert.ok(elapsedMs >= 0);
    assert.deepEqual(result, {
      input: at("in.png"),
      output: at("out.png"),
      status: "enlarged",
      method: "nearest",
      scale: 2,
      width: 4,
      height: 4,
      holeRatio: 0,
      warnings: [],
    });
    await assert.rejects(
      places.hold([at("out.png")]),
      /is an input, a mask or a result of this run$/,
    );
    const { rgba } = await read(at("out.png"));
    const colours = (at: number) => [...rgba.subarray(at * 4, at * 4 + 3)];
    // By hand: nearest repeats each pixel twice on both axes; the colour under alpha 0 is kept.
    assert.deepEqual([0, 1, 4].map(colours), new Array(3).fill([10, 20, 30]));
    assert.deepEqual([12, 13].map(colours), new Array(2).fill([70, 80, 90]));
    const alpha = [...rgba].filter((_, i) => i % 4 === 3);
    assert.deepEqual(alpha, await bicubic(128, 255, 0, 255));
  });
});

Deno.test("superresFile() hands holes of the alpha on, and makes them opaque", async () => {
  await withPicture(async (at, work) => {
    const seen: SmallPicture[] = [];
    const { holeRatio } = await work({ mask: "alpha" }, { upscaler: painter(seen) });
    assert.equal(holeRatio, 0.25);
    assert.deepEqual([...seen[0]!.holeMask!], [0, 0, 1, 0]);
    assert.deepEqual([...seen[0]!.rgb255.subarray(6)], [70, 80, 90, 11, 12, 13]);
    const alpha = [...(await read(at("out.png"))).rgba].filter((_, i) => i % 4 === 3);
    assert.deepEqual(alpha, await bicubic(128, 255, 255, 255));
  });
});

Deno.test("superresFile() hands no mask on if there is no hole, and refuses all hole", async () => {
  await withPicture(async (at, work) => {
    for (const [name, level] of [["black.png", 0], ["white.png", 255]] as const) {
      const rgba = new Uint8ClampedArray(16).fill(level);
      const image = { width: 2, height: 2, rgba };
      await Deno.writeFile(at(name), await encodeImage(image, { format: "png", keepAlpha: false }));
    }
    const seen: SmallPicture[] = [];
    await work({ mask: at("black.png") }, { upscaler: painter(seen) });
    assert.equal(seen[0]!.holeMask, undefined);
    await assert.rejects(work({ mask: at("white.png") }, { places: replacing() }), {
      message: `Cannot enlarge "${at("in.png")}": the mask covers all 4 pixels, some must be known`,
    });
    const error = new InputError("Cannot enlarge: no mask");
    await assert.rejects(work({ mask: error }), error);
  });
});

Deno.test("superresFile() reads and writes the standard streams", async () => {
  await withPicture(async (at, work) => {
    const input = await Deno.readFile(at("in.png"));
    const written: Uint8Array[] = [];
    const result = await work({ input: "-", output: { kind: "stdout" } }, {
      readStdin: () => Promise.resolve(input),
      writeStdout: (bytes) => Promise.resolve(void written.push(bytes)),
      format: "jpeg",
    });
    assert.deepEqual([result.input, result.output], ["standard input", "standard output"]);
    assert.deepEqual(result.warnings, [
      '"standard input" has transparency, which JPEG cannot hold',
    ]);
    const { format, width } = await decodeImage(written[0]!, { name: "out" });
    assert.deepEqual([format, width], ["jpeg", 4]);
  });
});

Deno.test("superresFile() looks at the size before anything is decoded", async () => {
  await withPicture(async (at, work) => {
    // A header without pixels: decoding would fail.
    const header = (await Deno.readFile(at("in.png"))).slice(0, 60);
    new DataView(header.buffer).setUint32(16, 12_000);
    new DataView(header.buffer).setUint32(20, 8_000);
    await Deno.writeFile(at("in.png"), header);
    await assert.rejects(work({}, { scale: 8 }), {
      message: `Cannot enlarge "${at("in.png")}" 8 times: 96000x64000 is 6144000000 pixels, ` +
        "must be at most 178000000",
      hint: "The largest scale for it is 1",
    });
  });
});

Deno.test("superresFile() writes nothing over a file that exists, or after an abort", async () => {
  await withPicture(async (at, work) => {
    await Deno.writeTextFile(at("out.png"), "mine");
    await assert.rejects(work(), { message: `Cannot write "${at("out.png")}": it exists` });
    const reason = new Error("enough");
    const signal = AbortSignal.abort(reason);
    await assert.rejects(work({}, { places: replacing() }, { signal }), reason);
    assert.equal(await Deno.readTextFile(at("out.png")), "mine");
    await work({}, { places: replacing() });
    assert.equal((await read(at("out.png"))).width, 4);
  });
});
