import assert from "node:assert/strict";
import { join } from "node:path";
import { type MaskOptions, openMasks } from "../../../../src/commands/pictures/open_masks.ts";
import { encodeImage } from "../../../../src/data/encode_image.ts";
import { localCodec } from "../../../../src/data/picture_codec.ts";
import { withTempDir } from "../../../support/temp_dir.ts";

const OPTIONS: MaskOptions = {
  maskPolarity: undefined,
  invertMask: false,
  maskThreshold: 128,
  strict: true,
  maskGrow: 3,
};

/** Writes masks of 10x10 pixels, the first so many of them white, and opens them. */
async function withMasks(
  whites: readonly number[],
  body: (
    open: (options?: Partial<MaskOptions>) => Promise<{
      readonly settings: Awaited<ReturnType<typeof openMasks>>;
      readonly said: readonly string[];
      readonly reads: number;
    }>,
    files: readonly string[],
  ) => Promise<void>,
): Promise<void> {
  await withTempDir(async (folder) => {
    const files: string[] = [];
    for (const [i, white] of whites.entries()) {
      const rgba = new Uint8ClampedArray(400).fill(255, 0, white * 4);
      for (let k = 3; k < 400; k += 4) rgba[k] = 255;
      const path = join(folder, `${i}.png`);
      const image = { width: 10, height: 10, rgba };
      await Deno.writeFile(path, await encodeImage(image, { format: "png", keepAlpha: false }));
      files.push(path);
    }
    await body(async (options = {}) => {
      const said: string[] = [];
      let reads = 0;
      const settings = await openMasks(files, { ...OPTIONS, ...options }, {
        codec: {
          readHoles(...args) {
            reads++;
            return localCodec.readHoles(...args);
          },
        },
        io: {
          log: (line) => said.push(`log ${line}`),
          warn: (line) => said.push(`warn ${line}`),
        },
      });
      return { settings, said, reads };
    }, files);
  });
}

Deno.test("openMasks() hands on what the flags say, and takes white for the hole", async () => {
  await withMasks([20], async (open, [file]) => {
    const { settings, said } = await open({ maskFeather: 2 });
    const { masks, ...rest } = settings;
    assert.deepEqual(rest, {
      ...{ invertMask: false, maskThreshold: 128, strict: true, maskGrow: 3, maskFeather: 2 },
    });
    assert.deepEqual(said, []);
    assert.equal((await masks.read(file!)).holePixels, 20);
  });
});

Deno.test("openMasks() guesses the colour from all masks, and says why", async () => {
  await withMasks([20], async (open, [file]) => {
    const { settings, said } = await open({ maskPolarity: "auto" });
    assert.equal(settings.invertMask, false);
    assert.deepEqual(said, [
      "log masks: white is the hole: black covers 80.0 %, a hole at most 60 %",
    ]);
    assert.equal((await settings.masks.read(file!)).holePixels, 20);
  });
  await withMasks([80, 90, 100], async (open, files) => {
    const { settings, said } = await open({ maskPolarity: "auto" });
    assert.equal(settings.invertMask, true);
    assert.deepEqual(said, ["log masks: black is the hole: 2 of 3 masks say so, 0 say white"]);
    assert.equal((await settings.masks.read(files[0]!)).holePixels, 20);
  });
});

Deno.test("openMasks() guesses nothing that the masks do not tell", async () => {
  const hint = "Say it with --mask-polarity white or --mask-polarity black";
  await withMasks([100], async (open, [file]) => {
    await assert.rejects(open({ maskPolarity: "auto" }), {
      name: "InputError",
      message: `Cannot tell which colour is the hole in mask "${file}": all of it is white`,
      hint,
    });
  });
  await withMasks([20, 80, 20], async (open, files) => {
    await assert.rejects(open({ maskPolarity: "auto" }), {
      message:
        "Cannot tell which colour is the hole in 3 masks: 2 of 3 masks say so, 1 say black; " +
        `for example "${files[0]}": black covers 80.0 %, a hole at most 60 %`,
      hint,
    });
  });
  await withMasks([20], async (open, [file]) => {
    await Deno.writeTextFile(file!, "no picture");
    await assert.rejects(open({ maskPolarity: "auto" }), {
      message: "Cannot tell which colour is the hole: no mask can be read",
      hint,
    });
  });
  await withMasks([], async (open) => {
    assert.equal((await open({ maskPolarity: "auto" })).settings.invertMask, false);
  });
});

Deno.test("openMasks() warns if most masks say the contrary of what was told", async () => {
  await withMasks([80], async (open, [file]) => {
    const warning = (now: string, other: string) =>
      `warn mask "${file}" looks inverted: white covers 80.0 %, a hole at most 60 %, yet ${now} ` +
      `is the hole; --mask-polarity ${other} turns it round`;
    const usual = await open();
    assert.deepEqual(usual.said, [warning("white", "black")]);
    assert.equal(usual.settings.invertMask, false);
    assert.deepEqual((await open({ maskPolarity: "white" })).said, usual.said);
    assert.deepEqual((await open({ maskPolarity: "black" })).said, []);
    const inverted = await open({ invertMask: true });
    assert.deepEqual(inverted.said, []);
    assert.equal((await inverted.settings.masks.read(file!)).holePixels, 20);
  });
  await withMasks([20, 10], async (open) => {
    assert.deepEqual((await open({ maskPolarity: "black" })).said, [
      "warn masks look inverted: 2 of 2 masks say so, 0 say black, yet black is the hole; " +
      "--mask-polarity white turns it round",
    ]);
  });
});

Deno.test("openMasks() reads a single mask once, and of many a few", async () => {
  await withMasks([20], async (open, [file]) => {
    const opened = await open();
    await opened.settings.masks.read(file!);
    assert.equal(opened.reads, 1);
  });
  await withMasks(new Array(40).fill(20), async (open) => {
    assert.equal((await open()).reads, 8);
    assert.equal((await open({ maskPolarity: "auto" })).reads, 32);
  });
});

Deno.test("openMasks() guesses nothing by masks that are still to come", async () => {
  const tools = { codec: localCodec, io: { log: () => {}, warn: () => {} } };
  const options = { ...OPTIONS, maskPolarity: "auto" } as const;
  await assert.rejects(openMasks([], options, { ...tools, moreToCome: true }), {
    message: "Cannot tell which colour is the hole: no mask can be read",
    hint: "Say it with --mask-polarity white or --mask-polarity black",
  });
  // Without any mask in the run there is nothing to tell.
  assert.equal((await openMasks([], options, tools)).invertMask, false);
});
