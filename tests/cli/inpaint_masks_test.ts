import assert from "node:assert/strict";
import { crc32, deflateSync } from "node:zlib";
import { decodeImage } from "../../src/data/decode_image.ts";
import { assertExit, assertStderr, runCli } from "../support/run_cli.ts";
import { INPAINT_FLAGS, withInpaint } from "./inpaint_setting.ts";
import {
  assertKnownKept,
  changedShare,
  draw,
  type IsHole,
  maskPicture,
  middle,
  photo,
  type Picture,
  pixel,
  readPicture,
  writePicture,
} from "./pictures.ts";
import { listResults } from "./results.ts";

const left: IsHole = (x) => x < 8;
const top: IsHole = (_, y) => y < 8;
const inMiddle = middle(24, 24);

/** A picture with pixels painted over in magenta. */
function painted(picture: Picture, isHole: IsHole): Picture {
  return draw(
    picture.width,
    picture.height,
    (x, y) => isHole(x, y) ? [255, 0, 255, 255] : pixel(picture, x, y),
  );
}

/** Fails unless known pixels are kept and holes are filled with something else. */
function assertFilled(before: Picture, after: Picture, isHole: IsHole): void {
  assertKnownKept(before, after, isHole);
  assert.ok(changedShare(before, after, { isHole }) > 0.5);
}

Deno.test("inpaint tells LaMa's masks from the photographs in whose folder they lie", async () => {
  await withInpaint(async ({ at, inpaint }) => {
    await writePicture(at("set/one.jpg"), photo(24, 24));
    await writePicture(at("set/sub/two.png"), photo(24, 24));
    await writePicture(at("set/one_mask.png"), maskPicture(24, 24, left));
    await writePicture(at("set/sub/two_mask000.png"), maskPicture(24, 24, left));
    await writePicture(at("set/sub/two_mask001.png"), maskPicture(24, 24, top));
    const result = await inpaint(["set", "-m", "set", "-o", "out"]);
    assertExit(result, 0);
    assertStderr(result, []);
    // Of several masks each makes a result, named as it is.
    assert.deepEqual(await listResults(at("out")), [
      "one.jpg",
      "sub/two_mask000.png",
      "sub/two_mask001.png",
    ]);
    assertKnownKept(photo(24, 24), await readPicture(at("out/sub/two_mask000.png")), left);
    assertKnownKept(photo(24, 24), await readPicture(at("out/sub/two_mask001.png")), top);

    // One photograph finds its masks beside it too, and they need a folder.
    const single = await inpaint(["set/sub/two.png", "-m", "set/sub", "-o", "new.png"]);
    assertExit(single, 2);
    assertStderr(single, [
      'error: Cannot write the 2 results of "set/sub/two.png" to "new.png": ' +
      "--output must be a folder",
    ]);
    const other = await inpaint(["set/one.jpg", "-m", "set", "-o", "new.png"]);
    assertExit(other, 0);
    assertStderr(other, []);
  });
});

Deno.test("inpaint lists masks without a picture, of another size, and pictures without a mask, before any work", async () => {
  await withInpaint(async ({ at, inpaint }) => {
    for (const name of ["a", "b", "c"]) await writePicture(at(`in/${name}.png`), photo(24, 24));
    await writePicture(at("masks/a.png"), maskPicture(24, 24, left));
    await writePicture(at("masks/c.png"), maskPicture(48, 48, left));
    await writePicture(at("masks/z.png"), maskPicture(24, 24, left));
    const warnings = [
      'warning: 1 of 3 masks in "masks" belong to no image: "z.png"',
      'warning: 1 of 2 images differ in size from their masks: "in/c.png"',
    ];
    const size = 'warning: mask "masks/c.png" is 48x48, "in/c.png" is 24x24: ' +
      "resized without smoothing";
    const failed = await inpaint(["in", "-m", "masks", "-o", "failed"]);
    assertExit(failed, 1);
    assertStderr(failed, [
      ...warnings,
      'error: Cannot inpaint "in/b.png": "masks" holds no mask "b" of any image format',
      size,
    ]);
    assert.deepEqual(await listResults(at("failed")), ["a.png", "c.png"]);

    const skip = await inpaint(["in", "-m", "masks", "-o", "skipped", "--missing-mask", "skip"]);
    assertExit(skip, 0);
    assertStderr(skip, [...warnings, size]);
    assert.deepEqual(await listResults(at("skipped")), ["a.png", "c.png"]);

    const copy = await inpaint(["in", "-m", "masks", "-o", "copied", "--missing-mask", "copy"]);
    assertExit(copy, 0);
    assert.deepEqual(await listResults(at("copied")), ["a.png", "b.png", "c.png"]);
    assert.deepEqual(await Deno.readFile(at("copied/b.png")), await Deno.readFile(at("in/b.png")));
  });
});

Deno.test("inpaint fills what is painted in a colour, exactly in PNG, with its smeared rim in JPEG", async () => {
  await withInpaint(async ({ folder, at, inpaint }) => {
    const marked = painted(photo(24, 24), inMiddle);
    await writePicture(at("in/a.png"), marked);
    await writePicture(at("in/b.jpg"), marked);
    const run = ["in", "--mask-color", "#ff00ff", "-o", "out", "--format", "png"];
    const result = await runCli(["inpaint", ...INPAINT_FLAGS, ...run], { cwd: folder });
    assertExit(result, 0);
    assert.match(
      result.stderr,
      /--mask-color: JPEG, WebP and AVIF smear colours, taken within 48 levels and 4 px wider/,
    );
    assertFilled(marked, await readPicture(at("out/a.png")), inMiddle);
    const [before, after] = [await readPicture(at("in/b.jpg")), await readPicture(at("out/b.png"))];
    // Four pixels around the square, but for its corners.
    const wide: IsHole = (x, y) => x >= 2 && x < 22 && y >= 2 && y < 22;
    assertKnownKept(before, after, wide);
    for (let i = 0; i < 24 * 24; i++) {
      const [r, g, b] = pixel(after, i % 24, Math.floor(i / 24));
      assert.ok(Math.min(r!, b!) - g! < 100, `pixel ${i} is still magenta: ${r} ${g} ${b}`);
    }

    const none = await inpaint(["in/a.png", "--mask-color", "0f0", "-o", "none.png"]);
    assertExit(none, 0);
    assertStderr(none, ['warning: "in/a.png" has no hole: nothing was filled']);
  });
});

Deno.test("inpaint fills boxes, in pixels and percent and from any corner, and adds them to other masks", async () => {
  await withInpaint(async ({ at, inpaint }) => {
    const before = photo(24, 24);
    const bytes = await writePicture(at("a.png"), before);
    await writePicture(at("m.png"), maskPicture(24, 24, (x, y) => x < 3 && y < 3));
    const result = await inpaint([
      ...["a.png", "-m", "m.png", "--box", "-6,-25%,6,25%", "--box=10,0,4,4", "-o", "b.png"],
    ]);
    assertExit(result, 0);
    assertStderr(result, []);
    const isHole: IsHole = (x, y) =>
      x < 3 && y < 3 || x >= 18 && y >= 18 || x >= 10 && x < 14 && y < 4;
    assertFilled(before, await readPicture(at("b.png")), isHole);

    const piped = await inpaint(["-", "--box", "20,20,10,10"], { stdin: bytes });
    assertExit(piped, 0);
    assertStderr(piped, [
      'warning: --box 20,20,10,10 sticks out of "standard input", which is 24x24: cut off',
    ]);
    const after = await decodeImage(piped.stdout, { name: "piped" });
    assertFilled(before, after, (x, y) => x >= 20 && y >= 20);

    const outside = await inpaint(["a.png", "--box", "24,0,5,5", "-o", "c.png"]);
    assertExit(outside, 1);
    assertStderr(outside, [
      'error: Cannot inpaint "a.png": --box 24,0,5,5 lies outside it, it is 24x24',
    ]);
    const wrong = await inpaint(["a.png", "--box", "1,2,3", "--mask-color", "pink", "-o", "c.png"]);
    assertExit(wrong, 2);
    assertStderr(wrong, [
      'error: --mask-color must be hexadecimal as #ff00ff or #f0f: got "pink"',
      "error: --box must be X,Y,W,H in whole pixels or percent, W and H above 0: " +
      'got "1,2,3"',
    ]);
  });
});

Deno.test("inpaint grows holes, and feathers them so that nothing changes beyond the band", async () => {
  await withInpaint(async ({ at, inpaint }) => {
    const distanceAt = (x: number, y: number) =>
      Math.hypot(Math.max(12 - x, x - 19, 0), Math.max(12 - y, y - 19, 0));
    const within = (px: number): IsHole => (x, y) => distanceAt(x, y) <= px;
    const before = painted(photo(32, 32), within(4));
    await writePicture(at("a.png"), before);
    const box = ["a.png", "--box", "12,12,8,8"];
    assertExit(await inpaint([...box, "--mask-grow", "4", "-o", "hard.png"]), 0);
    const hard = await readPicture(at("hard.png"));
    assertFilled(before, hard, within(4));

    // The same fill, which fades out.
    assertExit(await inpaint([...box, "--mask-feather", "4", "-o", "soft.png"]), 0);
    const soft = await readPicture(at("soft.png"));
    assertKnownKept(before, soft, within(4));
    for (let y = 0; y < 32; y++) {
      for (let x = 0; x < 32; x++) {
        if (!within(4)(x, y)) continue;
        const share = Math.round(255 * (1 - distanceAt(x, y) / 5)) / 255;
        for (const c of [0, 1, 2]) {
          const [from, to] = [pixel(before, x, y)[c]!, pixel(hard, x, y)[c]!];
          const off = pixel(soft, x, y)[c]! - (from + share * (to - from));
          assert.ok(Math.abs(off) <= 0.51, `(${x}, ${y}) is ${off} off`);
        }
      }
    }
  });
});

Deno.test("inpaint guesses which colour is the hole for all masks, or says that it cannot", async () => {
  await withInpaint(async ({ folder, at, inpaint }) => {
    const before = photo(24, 24);
    const known = (isHole: IsHole): IsHole => (x, y) => !isHole(x, y);
    for (const name of ["a", "b"]) await writePicture(at(`in/${name}.png`), before);
    await writePicture(at("black/a.png"), maskPicture(24, 24, known(inMiddle)));
    await writePicture(at("black/b.png"), maskPicture(24, 24, known(left)));
    const run = ["in", "-m", "black", "-o", "out"];
    const guessed = await runCli(
      ["inpaint", ...INPAINT_FLAGS, ...run, "--mask-polarity", "auto"],
      { cwd: folder },
    );
    assertExit(guessed, 0);
    assert.match(
      guessed.stderr,
      /^masks: black is the hole: 2 of 2 masks say so, 0 say white$/m,
    );
    assertKnownKept(before, await readPicture(at("out/a.png")), inMiddle);

    const usual = await inpaint([...run.slice(0, 3), "-o", "usual"]);
    assertExit(usual, 0);
    assertStderr(usual, [
      "warning: masks look inverted: 2 of 2 masks say so, 0 say white, yet white is the hole; " +
      "--mask-polarity black turns it round",
    ]);
    await writePicture(at("both/a.png"), maskPicture(24, 24, inMiddle));
    await writePicture(at("both/b.png"), maskPicture(24, 24, known(left)));
    const unsure = await inpaint(["in", "-m", "both", "-o", "no", "--mask-polarity", "auto"]);
    assertExit(unsure, 1);
    assertStderr(unsure, [
      "error: Cannot tell which colour is the hole in 2 masks: 1 of 2 masks say so, 1 say black; " +
      'for example "both/a.png": black covers 75.0 %, a hole at most 60 %',
      "hint: Say it with --mask-polarity white or --mask-polarity black",
    ]);
  });
});

/** A JPEG that says it lies on its side: what is seen is turned by a quarter clockwise. */
function turned(jpeg: Uint8Array): Uint8Array {
  const exif = [0x45, 0x78, 0x69, 0x66, 0, 0, 0x49, 0x49, 0x2a, 0, 8, 0, 0, 0, 1, 0];
  const entry = [0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0];
  const segment = [0xff, 0xe1, 0, exif.length + entry.length + 2, ...exif, ...entry];
  return Uint8Array.from([...jpeg.subarray(0, 2), ...segment, ...jpeg.subarray(2)]);
}

Deno.test("inpaint lays an upright mask on a picture that lies on its side, and the other way round", async () => {
  await withInpaint(async ({ at, inpaint }) => {
    const isHole: IsHole = (x, y) => x < 8 && y < 8;
    await writePicture(at("in/b.png"), photo(24, 40));
    await writePicture(at("masks/a.png"), maskPicture(24, 40, isHole));
    const side = await writePicture(at("x.jpg"), photo(40, 24));
    await Deno.writeFile(at("in/a.jpg"), turned(side));
    // Turned clockwise, the lower left corner comes to the upper left.
    const corner = await writePicture(
      at("x.jpg"),
      maskPicture(40, 24, (x, y) => x < 8 && y >= 16),
    );
    await Deno.writeFile(at("masks/b.jpg"), turned(corner));
    const result = await inpaint(["in", "-m", "masks", "-o", "out", "--format", "png"]);
    assertExit(result, 0);
    assertStderr(result, []);
    assertKnownKept(await readPicture(at("in/a.jpg")), await readPicture(at("out/a.png")), isHole);
    assertKnownKept(photo(24, 40), await readPicture(at("out/b.png")), isHole);
  });
});

/** A PNG of raw rows; colour type 0 is grey, 3 a palette of black and white, 4 grey with alpha. */
function png(colourType: 0 | 3 | 4, bitDepth: 8 | 16, rows: readonly number[][]): Uint8Array {
  const bytes = bitDepth / 8 * (colourType === 4 ? 2 : 1);
  const chunk = (type: string, data: Uint8Array) => {
    const body = Uint8Array.from([...new TextEncoder().encode(type), ...data]);
    const out = new Uint8Array(body.length + 8);
    new DataView(out.buffer).setUint32(0, data.length);
    out.set(body, 4);
    new DataView(out.buffer).setUint32(body.length + 4, crc32(body));
    return [...out];
  };
  const header = new Uint8Array(13);
  new DataView(header.buffer).setUint32(0, rows[0]!.length / bytes);
  new DataView(header.buffer).setUint32(4, rows.length);
  header.set([bitDepth, colourType], 8);
  return Uint8Array.from([
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    ...chunk("IHDR", header),
    ...(colourType === 3 ? chunk("PLTE", Uint8Array.of(0, 0, 0, 255, 255, 255)) : []),
    ...chunk("IDAT", deflateSync(Uint8Array.from(rows.flatMap((row) => [0, ...row])))),
    ...chunk("IEND", new Uint8Array()),
  ]);
}

Deno.test("inpaint takes masks of 16 bits, with a palette, and drawn in transparency alone", async () => {
  await withInpaint(async ({ at, inpaint }) => {
    const rows = (hole: number[], known: number[]) =>
      Array.from(
        { length: 24 },
        (_, y) => Array.from({ length: 24 }, (_, x) => inMiddle(x, y) ? hole : known).flat(),
      );
    const before = painted(photo(24, 24), inMiddle);
    const masks = {
      deep: png(0, 16, rows([255, 255], [0, 0])),
      palette: png(3, 8, rows([1], [0])),
      alpha: png(4, 8, rows([0, 255], [0, 0])),
    };
    await Deno.mkdir(at("masks"));
    for (const [name, mask] of Object.entries(masks)) {
      await writePicture(at(`in/${name}.png`), before);
      await Deno.writeFile(at(`masks/${name}.png`), mask);
    }
    const result = await inpaint(["in", "-m", "masks", "-o", "out"]);
    assertExit(result, 0);
    assertStderr(result, [
      'warning: mask "masks/alpha.png" is of one dark colour: its opacity is read, ' +
      "what is opaque is white",
    ]);
    for (const name of Object.keys(masks)) {
      assertFilled(before, await readPicture(at(`out/${name}.png`)), inMiddle);
    }
  });
});
