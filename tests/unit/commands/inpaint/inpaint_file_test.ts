import assert from "node:assert/strict";
import { join } from "node:path";
import {
  inpaintFile,
  type InpaintSettings,
} from "../../../../src/commands/inpaint/inpaint_file.ts";
import { createBudget } from "../../../../src/commands/pictures/budget.ts";
import { createMaskReader } from "../../../../src/commands/pictures/mask_reader.ts";
import type { PictureJob } from "../../../../src/commands/pictures/picture_plan.ts";
import { createPlaceBook } from "../../../../src/commands/pictures/place_book.ts";
import type { PictureTurn } from "../../../../src/commands/pictures/run_pictures.ts";
import { decodeImage } from "../../../../src/data/decode_image.ts";
import { encodeImage } from "../../../../src/data/encode_image.ts";
import { localCodec } from "../../../../src/data/picture_codec.ts";
import { InputError } from "../../../../src/errors.ts";
import type { DamagedImage, FillMethod } from "../../../../src/methods/types.ts";
import { withTempDir } from "../../../support/temp_dir.ts";

/** Two grey pixels over two, the upper ones half transparent. */
const RGBA = Uint8ClampedArray.of(
  10,
  20,
  30,
  128,
  40,
  50,
  60,
  128,
  70,
  80,
  90,
  255,
  11,
  12,
  13,
  255,
);

/** Paints everything white, known pixels too: `inpaintFile` must not let those through. */
function whitewash(seen: DamagedImage[] = []): FillMethod {
  return {
    name: "whitewash",
    fill: (image) => {
      seen.push(image);
      return Promise.resolve(new Uint8Array(image.rgb255.length).fill(255));
    },
  };
}

/** Runs one job on a 2x2 picture "in.png" and a mask "mask.png" whose upper right pixel is hole. */
async function withPicture(
  body: (
    at: (name: string) => string,
    fill: (
      job?: Partial<PictureJob>,
      settings?: Partial<InpaintSettings>,
      turn?: Partial<PictureTurn>,
    ) => ReturnType<typeof inpaintFile>,
  ) => Promise<void>,
): Promise<void> {
  await withTempDir(async (folder) => {
    const at = (name: string) => join(folder, name);
    const write = async (name: string, rgba: Uint8ClampedArray, keepAlpha: boolean) => {
      const image = { width: 2, height: 2, rgba };
      await Deno.writeFile(at(name), await encodeImage(image, { format: "png", keepAlpha }));
    };
    await write("in.png", RGBA, true);
    const mask = new Uint8ClampedArray(16).fill(255, 4, 8);
    await write("mask.png", mask, false);
    await body(at, (job = {}, settings = {}, turn = {}) =>
      inpaintFile({
        input: at("in.png"),
        stem: "in",
        mask: at("mask.png"),
        output: { kind: "file", path: at("out.png") },
        ...job,
      }, {
        method: whitewash(),
        codec: localCodec,
        fills: createBudget(1),
        masks: createMaskReader(localCodec, { invert: false, threshold: 128 }),
        invertMask: false,
        maskThreshold: 128,
        strict: false,
        places: createPlaceBook({ taken: new Set(), overwrite: false }),
        format: undefined,
        quality: undefined,
        sideBySide: false,
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

Deno.test("inpaintFile() copies known pixels whatever the method does, and tells what it did", async () => {
  await withPicture(async (at, fill) => {
    const seen: DamagedImage[] = [];
    const { elapsedMs, ...result } = await fill({}, { method: whitewash(seen) });
    assert.ok(elapsedMs >= 0);
    assert.deepEqual(result, {
      input: at("in.png"),
      output: at("out.png"),
      status: "filled",
      width: 2,
      height: 2,
      holeRatio: 0.25,
      warnings: [],
    });
    assert.deepEqual([...seen[0]!.holeMask], [0, 1, 0, 0]);
    assert.deepEqual([...seen[0]!.rgb255], [10, 20, 30, 40, 50, 60, 70, 80, 90, 11, 12, 13]);
    const { rgba } = await decodeImage(await Deno.readFile(at("out.png")), { name: "out" });
    // Alpha stays half transparent in the hole; only the colour was filled.
    assert.deepEqual([...rgba], [10, 20, 30, 128, 255, 255, 255, 128, ...RGBA.subarray(8)]);
  });
});

Deno.test("inpaintFile() with alpha as the mask makes the hole opaque", async () => {
  await withPicture(async (at, fill) => {
    const { holeRatio, warnings } = await fill({ mask: "alpha" }, { maskThreshold: 200 });
    assert.equal(holeRatio, 0.5);
    assert.deepEqual(warnings, [`alpha of "${at("in.png")}" has 2 grey pixels, cut at 200`]);
    const { rgba } = await decodeImage(await Deno.readFile(at("out.png")), { name: "out" });
    assert.deepEqual([...rgba], [...new Array(8).fill(255), ...RGBA.subarray(8)]);
  });
});

Deno.test("inpaintFile() reads and writes the standard streams", async () => {
  await withPicture(async (at, fill) => {
    const input = await Deno.readFile(at("in.png"));
    const written: Uint8Array[] = [];
    const result = await fill({ input: "-", output: { kind: "stdout" } }, {
      readStdin: () => Promise.resolve(input),
      writeStdout: (bytes) => Promise.resolve(void written.push(bytes)),
      format: "webp",
      sideBySide: true,
    });
    assert.deepEqual([result.input, result.output], ["standard input", "standard output"]);
    assert.equal(written.length, 1);
    assert.equal((await decodeImage(written[0]!, { name: "out" })).format, "webp");
  });
});

Deno.test("inpaintFile() throws the plan's error about a mask", async () => {
  await withPicture(async (_, fill) => {
    const error = new InputError("Cannot inpaint: no mask");
    await assert.rejects(fill({ mask: error }), error);
  });
});

Deno.test("inpaintFile() writes nothing over a file that exists or is taken", async () => {
  await withPicture(async (at, fill) => {
    await Deno.writeTextFile(at("out.png"), "mine");
    await assert.rejects(fill(), { message: `Cannot write "${at("out.png")}": it exists` });
    const places = createPlaceBook({ taken: new Set([at("out.png")]), overwrite: true });
    await assert.rejects(fill({}, { places }), {
      message: `Cannot write "${at("out.png")}": it is an input, a mask or a result of this run`,
    });
    assert.equal(await Deno.readTextFile(at("out.png")), "mine");
    const book = createPlaceBook({ taken: new Set(), overwrite: true });
    await fill({}, { places: book, sideBySide: true });
    for (const name of ["out.png", "out.before-after.png"]) {
      await assert.rejects(book.hold([at(name)]), /is an input, a mask or a result of this run$/);
    }
  });
});

Deno.test("inpaintFile() gives a result the ending of its format, in the input's spelling", async () => {
  await withPicture(async (at, fill) => {
    const cases = [
      [".PNG", undefined, "out.PNG"],
      [".jpg", undefined, "out.png"],
      [".gif", "jpeg", "out.jpg"],
      ["", "webp", "out.webp"],
    ] as const;
    for (const [extension, format, name] of cases) {
      const output = { kind: "stem", path: at("out"), extension } as const;
      assert.equal((await fill({ output }, { format })).output, at(name));
    }
  });
});

Deno.test("inpaintFile() asks for its place, then for room, then for a turn at the method", async () => {
  await withPicture(async (at, fill) => {
    const order: string[] = [];
    const taker = (name: string) => () => Promise.resolve(void order.push(name));
    const book = createPlaceBook({ taken: new Set(), overwrite: false });
    const method: FillMethod = {
      name: "watched",
      fill: ({ rgb255 }) => {
        order.push("fill");
        return Promise.resolve(rgb255.slice());
      },
    };
    await fill({}, {
      method,
      places: {
        hold: async (paths) => {
          order.push(`hold ${paths.length}`);
          const places = await book.hold(paths);
          return {
            keep: () => (order.push("keep"), places.keep()),
            release: () => (order.push("release"), places.release()),
          };
        },
      },
      fills: { take: () => Promise.resolve((order.push("take"), taker("leave"))) },
    }, { admit: (pixels) => Promise.resolve(void order.push(`admit ${pixels}`)) });
    const wanted = ["hold 1", "admit 4", "take", "fill", "leave", "keep", "release"];
    assert.deepEqual(order, wanted);
    // The place is free again after a failure, and the turn too.
    const budget = createBudget(1);
    const broken: FillMethod = { name: "broken", fill: () => Promise.reject(new InputError("no")) };
    const other = { kind: "file", path: at("other.png") } as const;
    const settings = { method: broken, fills: budget, places: book };
    for (let time = 0; time < 2; time++) {
      await assert.rejects(fill({ output: other }, settings), { message: "no" });
    }
  });
});

Deno.test("inpaintFile() writes nothing once the signal has fired, and takes no turn", async () => {
  await withPicture(async (at, fill) => {
    const signal = AbortSignal.abort();
    const seen: DamagedImage[] = [];
    await assert.rejects(fill({}, { method: whitewash(seen) }, { signal }), { name: "AbortError" });
    assert.equal(seen.length, 0);
    await assert.rejects(Deno.stat(at("out.png")), Deno.errors.NotFound);
  });
});
