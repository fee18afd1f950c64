import assert from "node:assert/strict";
import { join } from "node:path";
import {
  inpaintFile,
  type InpaintSettings,
} from "../../../../src/commands/inpaint/inpaint_file.ts";
import type { PictureJob } from "../../../../src/commands/pictures/picture_plan.ts";
import { decodeImage } from "../../../../src/data/decode_image.ts";
import { encodeImage } from "../../../../src/data/encode_image.ts";
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
    await body(at, (job = {}, settings = {}) =>
      inpaintFile({
        input: at("in.png"),
        stem: "in",
        mask: at("mask.png"),
        output: { kind: "file", path: at("out.png") },
        ...job,
      }, {
        method: whitewash(),
        invertMask: false,
        maskThreshold: 128,
        strict: false,
        overwrite: false,
        format: undefined,
        quality: undefined,
        sideBySide: false,
        taken: new Set(),
        signal: new AbortController().signal,
        readStdin: () => Promise.reject(new Error("must not be read")),
        writeStdout: () => Promise.reject(new Error("must not be written")),
        ...settings,
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
    await assert.rejects(fill({}, { overwrite: true, taken: new Set([at("out.png")]) }), {
      message: `Cannot write "${at("out.png")}": it is an input, a mask or a result of this run`,
    });
    assert.equal(await Deno.readTextFile(at("out.png")), "mine");
    const taken = new Set<string>();
    await fill({}, { overwrite: true, sideBySide: true, taken });
    assert.deepEqual([...taken], [at("out.png"), at("out.before-after.png")]);
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
