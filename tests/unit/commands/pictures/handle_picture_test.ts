import assert from "node:assert/strict";
import { join } from "node:path";
import { handlePicture } from "../../../../src/commands/pictures/handle_picture.ts";
import type {
  MadePicture,
  PictureTools,
  PictureWork,
} from "../../../../src/commands/pictures/picture_work.ts";
import { openLedger } from "../../../../src/commands/pictures/ledger/ledger.ts";
import { createMaskReader } from "../../../../src/commands/pictures/mask_reader.ts";
import type { PictureJob } from "../../../../src/commands/pictures/picture_plan.ts";
import { createPlaceBook } from "../../../../src/commands/pictures/place_book.ts";
import type { PictureTurn } from "../../../../src/commands/pictures/run_pictures.ts";
import { encodeImage } from "../../../../src/data/encode_image.ts";
import { readHoleBox } from "../../../../src/data/hole_box.ts";
import { localCodec } from "../../../../src/data/picture_codec.ts";
import { InputError } from "../../../../src/errors.ts";
import { listFiles } from "../../../support/run_cli.ts";
import { withTempDir } from "../../../support/temp_dir.ts";

const ENCODED = Uint8Array.of(1, 2, 3);

const MADE: MadePicture = {
  ...{ status: "filled", encoded: ENCODED, width: 2, height: 2 },
  ...{ holeRatio: 0.25, warnings: ["odd"], more: { method: "stub" } },
};

const work = (change: Partial<MadePicture> = {}): PictureWork => ({
  pixelsOf: ({ width, height }) => width * height,
  make: () => Promise.resolve({ ...MADE, ...change }),
});

type Handle = (
  change?: {
    job?: Partial<PictureJob>;
    tools?: Partial<PictureTools>;
    work?: PictureWork;
    turn?: Partial<PictureTurn>;
  },
) => ReturnType<typeof handlePicture>;

/** Handles "in.png", 2x2, into "out/in.png", or as the change says. */
async function withPicture(body: (at: (name: string) => string, handle: Handle) => Promise<void>) {
  await withTempDir(async (folder) => {
    const at = (name: string) => join(folder, name);
    const image = { width: 2, height: 2, rgba: new Uint8ClampedArray(16).fill(9) };
    await Deno.writeFile(
      at("in.png"),
      await encodeImage(image, { format: "png", keepAlpha: true }),
    );
    await body(at, (change = {}) =>
      handlePicture({
        ...{ input: at("in.png"), stem: "in", mask: [{ kind: "alpha" }] },
        output: { kind: "stem", path: at("out/in"), extension: ".png" },
        ...change.job,
      }, {
        signal: new AbortController().signal,
        admit: () => Promise.resolve(),
        ...change.turn,
      }, {
        work: change.work ?? work(),
        tools: {
          places: createPlaceBook({ taken: new Set(), overwrite: false }),
          masks: {
            ...{ invertMask: false, maskThreshold: 128, strict: false },
            masks: createMaskReader(localCodec, { invert: false, threshold: 128 }),
          },
          ...{ ledger: undefined, settings: { quality: 90 }, format: undefined },
          ...{ overwrite: false, needsProof: false, isDry: false },
          readStdin: () => Promise.reject(new Error("must not be read")),
          writeStdout: () => Promise.reject(new Error("must not be written")),
          ...change.tools,
        },
      }));
  });
}

Deno.test("handlePicture() writes what was made and tells of it", async () => {
  await withPicture(async (at, handle) => {
    const { elapsedMs, ...report } = await handle();
    assert.ok(elapsedMs! >= 0);
    assert.deepEqual(report, {
      input: at("in.png"),
      output: at("out/in.png"),
      mask: "its own transparency",
      status: "filled",
      method: "stub",
      ...{ width: 2, height: 2, holeRatio: 0.25, warnings: ["odd"] },
    });
    assert.deepEqual(await Deno.readFile(at("out/in.png")), ENCODED);
    assert.deepEqual(await listFiles(at("out")), ["in.png"]);
  });
});

Deno.test("handlePicture() takes bytes that were read before, and hands results on in a stream", async () => {
  await withPicture(async (at, handle) => {
    const bytes = await Deno.readFile(at("in.png"));
    const added: unknown[] = [];
    const add = (name: string, encoded: Uint8Array) =>
      Promise.resolve(void added.push([name, encoded]));
    const member = await handle({
      job: {
        input: "a/b.gif",
        bytes,
        output: { kind: "member", path: "a/b", extension: ".gif", add },
      },
    });
    assert.deepEqual([member.input, member.output, added], ["a/b.gif", "a/b.png", []]);
    await member.deliver!();
    assert.deepEqual(added, [["a/b.png", ENCODED]]);

    const written: Uint8Array[] = [];
    const streamed = await handle({
      job: { input: "-", output: { kind: "stdout" } },
      tools: {
        readStdin: () => Promise.resolve(bytes),
        writeStdout: (bytes) => Promise.resolve(void written.push(bytes)),
      },
    });
    assert.deepEqual([streamed.input, streamed.output], ["standard input", "standard output"]);
    assert.deepEqual(written, []);
    await streamed.deliver!();
    assert.deepEqual(written, [ENCODED]);
  });
});

Deno.test("handlePicture() writes nothing over a file that exists or is taken", async () => {
  await withPicture(async (at, handle) => {
    await Deno.mkdir(at("out"));
    await Deno.writeTextFile(at("out/in.png"), "mine");
    await assert.rejects(handle(), { message: `Cannot write "${at("out/in.png")}": it exists` });
    const places = createPlaceBook({ taken: new Set([at("out/in.png")]), overwrite: true });
    await assert.rejects(handle({ tools: { places } }), {
      message: `Cannot write "${at("out/in.png")}": it is an input, a mask or a result of this run`,
    });
    assert.equal(await Deno.readTextFile(at("out/in.png")), "mine");
  });
});

Deno.test("handlePicture() leaves what is done as it is, and says why it does not", async () => {
  await withPicture(async (at, handle) => {
    const session = { startedAt: "", version: "", command: "", cwd: "/", shard: null, facts: [] };
    const ledger = await openLedger(at("out"), { ...session, part: undefined });
    const counting = (change = {}) => {
      let made = 0;
      const counted = work(change);
      return {
        made: () => made,
        work: { ...counted, make: (task) => (made++, counted.make(task)) } as PictureWork,
      };
    };
    const first = counting({ verify: () => Promise.resolve("verified: all") });
    assert.equal((await handle({ tools: { ledger }, work: first.work })).verified, "verified: all");
    const second = counting();
    const again = await handle({ tools: { ledger }, work: second.work });
    const { elapsedMs: _, ...rest } = again;
    assert.deepEqual(rest, {
      ...{ width: 2, height: 2, holeRatio: 0.25, verified: "verified: all" },
      ...{ input: at("in.png"), output: at("out/in.png"), mask: "its own transparency" },
      ...{ status: "done before", warnings: [] },
    });
    assert.equal(second.made(), 0);
    await assert.rejects(handle({ tools: { ledger, settings: { quality: 80 } } }), {
      message: `Cannot write "${at("out/in.png")}": it exists, made from quality 90, now 80`,
      hint: "Give --overwrite to replace it",
    });
    // With --overwrite it is made again, even if it is done.
    const third = counting({ encoded: Uint8Array.of(4) });
    const places = createPlaceBook({ taken: new Set(), overwrite: true });
    await handle({ tools: { ledger, overwrite: true, places }, work: third.work });
    assert.equal(third.made(), 1);
    await Deno.writeTextFile(at("out/in.png"), "mine");
    await assert.rejects(handle({ tools: { ledger } }), {
      message: `Cannot write "${at("out/in.png")}": it exists and was changed since pconv wrote it`,
    });
    await ledger.close(1);
  });
});

Deno.test("handlePicture() keeps no file that fails its proof, and no word of it", async () => {
  await withPicture(async (at, handle) => {
    const recorded: unknown[] = [];
    const ledger = {
      ...{ tag: "t", find: () => [], hasFailed: () => false },
      record: (entry: unknown) => Promise.resolve(void recorded.push(entry)),
    };
    const refusing = work({
      verify: (written) => {
        assert.deepEqual(written, ENCODED);
        return Promise.reject(new InputError("Cannot verify"));
      },
    });
    await assert.rejects(handle({ tools: { ledger }, work: refusing }), {
      message: "Cannot verify",
    });
    assert.deepEqual([await listFiles(at("out")), recorded], [[], []]);
    const stream = { input: at("in.png"), output: { kind: "stdout" } } as const;
    await assert.rejects(handle({ job: stream, work: refusing }), { message: "Cannot verify" });
  });
});

Deno.test("handlePicture() tells the ledger before the file has its name", async () => {
  await withPicture(async (at, handle) => {
    const ledger = {
      ...{ tag: "t", find: () => [], hasFailed: () => false },
      async record() {
        const names = await listFiles(at("out"));
        assert.equal(names.length, 1);
        assert.match(names[0]!, /^\.pconv-t-.*\.tmp$/);
      },
    };
    await handle({ tools: { ledger } });
    assert.deepEqual(await listFiles(at("out")), ["in.png"]);
  });
});

Deno.test("handlePicture() makes nothing in a dry run", async () => {
  await withPicture(async (at, handle) => {
    const never: PictureWork = { ...work(), make: () => Promise.reject(new Error("made")) };
    const { elapsedMs: _, ...report } = await handle({ tools: { isDry: true }, work: never });
    assert.deepEqual(report, {
      ...{ input: at("in.png"), output: at("out/in.png"), mask: "its own transparency" },
      ...{ status: "to do", width: 2, height: 2, warnings: [] },
    });
    await assert.rejects(Deno.stat(at("out")), Deno.errors.NotFound);
  });
});

Deno.test("handlePicture() looks at place and size before it asks for room, then works", async () => {
  await withPicture(async (at, handle) => {
    const order: string[] = [];
    const book = createPlaceBook({ taken: new Set(), overwrite: false });
    const places = {
      hold: async (paths: readonly string[]) => {
        order.push(`hold ${paths.length}`);
        const held = await book.hold(paths);
        return {
          keep: () => (order.push("keep"), held.keep()),
          release: () => (order.push("release"), held.release()),
        };
      },
    };
    const beside = [{ path: at("out/in.txt"), bytes: Uint8Array.of(7) }];
    await handle({
      tools: { places },
      turn: { admit: (pixels) => Promise.resolve(void order.push(`admit ${pixels}`)) },
      work: {
        check: ({ format, header }) => order.push(`check ${format} ${header.width}`),
        besideOf: (output) => [output.replace(".png", ".txt")],
        pixelsOf: () => 77,
        make: () => (order.push("make"), Promise.resolve({ ...MADE, beside })),
      },
    });
    assert.deepEqual(order, ["check png 2", "hold 2", "admit 77", "make", "keep", "release"]);
    assert.deepEqual(await listFiles(at("out")), ["in.png", "in.txt"]);

    const error = new InputError("Cannot inpaint: no mask");
    await assert.rejects(handle({ job: { mask: error } }), error);
    const signal = AbortSignal.abort();
    const elsewhere = { kind: "file", path: at("other.png") } as const;
    await assert.rejects(handle({ job: { output: elsewhere }, turn: { signal } }), {
      name: "AbortError",
    });
    await assert.rejects(Deno.stat(at("other.png")), Deno.errors.NotFound);
  });
});

Deno.test("handlePicture() gives a result the ending of its format, in the input's spelling", async () => {
  await withPicture(async (at, handle) => {
    const cases = [
      [".PNG", undefined, "out.PNG"],
      [".jpg", undefined, "out.png"],
      [".gif", "jpeg", "out.jpg"],
      ["", "webp", "out.webp"],
    ] as const;
    for (const [extension, format, name] of cases) {
      const output = { kind: "stem", path: at("out"), extension } as const;
      assert.equal((await handle({ job: { output }, tools: { format } })).output, at(name));
    }
  });
});

Deno.test("handlePicture() makes again what is done, for its proof or for what lies beside it", async () => {
  await withPicture(async (at, handle) => {
    const session = { startedAt: "", version: "", command: "", cwd: "/", shard: null, facts: [] };
    const ledger = await openLedger(at("out"), { ...session, part: undefined });
    const beside = [{ path: at("out/in.txt"), bytes: Uint8Array.of(7) }];
    const both: PictureWork = {
      ...work({ beside, verify: () => Promise.resolve("verified: all") }),
      besideOf: (output) => [output.replace(".png", ".txt")],
    };
    await handle({ tools: { ledger }, work: work() });
    const again = await handle({ tools: { ledger, needsProof: true }, work: both });
    assert.deepEqual([again.status, again.verified], ["filled", "verified: all"]);
    assert.equal(
      (await handle({ tools: { ledger, needsProof: true }, work: both })).status,
      "done before",
    );
    await Deno.remove(at("out/in.txt"));
    assert.equal((await handle({ tools: { ledger }, work: both })).status, "filled");
    assert.deepEqual(await Deno.readFile(at("out/in.txt")), Uint8Array.of(7));
    await ledger.close(1);
  });
});

Deno.test("handlePicture() redoes a picture whose box has changed beside the same mask file", async () => {
  await withPicture(async (at, handle) => {
    const session = { startedAt: "", version: "", command: "", cwd: "/", shard: null, facts: [] };
    const ledger = await openLedger(at("out"), { ...session, part: undefined });
    await Deno.writeTextFile(at("m.png"), "mask");
    const masked = (box: string) => ({
      tools: { ledger },
      job: {
        mask: [
          { kind: "file", path: at("m.png") },
          { kind: "boxes", boxes: [readHoleBox(box)!] },
        ] as const,
      },
    });
    await handle(masked("0,0,1,1"));
    assert.equal((await handle(masked("0,0,1,1"))).status, "done before");
    await assert.rejects(handle(masked("1,1,1,1")), /made from another mask$/);
    await ledger.close(1);
  });
});
