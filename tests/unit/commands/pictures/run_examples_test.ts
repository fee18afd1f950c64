import assert from "node:assert/strict";
import { chooseShown, makeExamples } from "../../../../src/commands/pictures/run_examples.ts";
import { decodeImage } from "../../../../src/data/decode_image.ts";
import { localCodec } from "../../../../src/data/picture_codec.ts";
import type { PictureRow, PictureStatus } from "../../../../src/report/run/run_page_record.ts";
import { draw, photo, type Picture, writePicture } from "../../../cli/pictures.ts";
import { withTempDir } from "../../../support/temp_dir.ts";

function row(input: string, status: PictureStatus = "filled"): PictureRow {
  return { input, output: `${input}.out`, status, warnings: [] };
}

const numbersOf = (rows: readonly PictureRow[]) => rows.map(({ input }) => Number(input));

Deno.test("chooseShown() takes pictures evenly through the run, always the same ones", () => {
  const rows = Array.from({ length: 100 }, (_, i) => row(String(i)));
  assert.deepEqual(numbersOf(chooseShown(rows, 4)), [12, 37, 62, 87]);
  assert.equal(chooseShown(rows).length, 24);
  assert.deepEqual(chooseShown(rows), chooseShown(rows));
  assert.deepEqual(chooseShown(rows.slice(0, 3), 4), rows.slice(0, 3));
});

Deno.test("chooseShown() shows no failure and no stream, and what was not changed only where there is room", () => {
  const { output: _, ...toStdout } = row("6");
  const rows = [
    row("0", "failed"),
    row("1", "unchanged"),
    row("2"),
    row("3", "done before"),
    row("4", "enlarged"),
    row("-"),
    toStdout,
  ];
  assert.deepEqual(numbersOf(chooseShown(rows, 2)), [2, 4]);
  assert.deepEqual(numbersOf(chooseShown(rows, 9)), [1, 2, 3, 4]);
});

async function decodeUrl(url: string): Promise<Picture> {
  return await decodeImage(Uint8Array.fromBase64(url.split(",")[1]!), { name: "example" });
}

Deno.test("makeExamples() reads both pictures, paints the hole and shrinks them alike", async () => {
  await withTempDir(async (folder) => {
    const [input, output] = [`${folder}/a.png`, `${folder}/b.png`];
    await writePicture(input, photo(64, 32));
    await writePicture(output, draw(64, 32, () => [0, 0, 200, 255]));
    const holeMask = Uint8Array.from({ length: 64 * 32 }, (_, i) => i % 64 < 32 ? 1 : 0);
    const [example] = await makeExamples([{ ...row(input), output }], {
      codec: localCodec,
      mostSide: 32,
      holeOf: () => Promise.resolve(holeMask),
    });
    assert.deepEqual([example!.input, example!.width, example!.height], [input, 32, 16]);
    const before = await decodeUrl(example!.beforeUrl);
    const after = await decodeUrl(example!.afterUrl);
    assert.deepEqual([before.width, before.height, after.width], [32, 16, 32]);
    // Lossy: 10 of 255 is what WebP of quality 80 may miss a flat colour by, and its border by far more.
    const [red, green, blue] = before.rgba.subarray((8 * 32 + 6) * 4);
    assert.ok(red! > 225 && green! < 30 && blue! > 225, `${red} ${green} ${blue}`);
    assert.ok(Math.abs(after.rgba[2]! - 200) <= 10);
  });
});

Deno.test("makeExamples() leaves out what has vanished or is no picture, and what has no result", async () => {
  await withTempDir(async (folder) => {
    const [input, bad] = [`${folder}/a.png`, `${folder}/bad.png`];
    await writePicture(input, photo(8, 8));
    await Deno.writeTextFile(bad, "no picture");
    const { output: _, ...alone } = row(input);
    const rows = [
      row(input),
      { ...row(input), output: bad },
      { ...row(bad), output: input },
      alone,
    ];
    assert.deepEqual(await makeExamples(rows, { codec: localCodec }), []);
    const [same] = await makeExamples([{ ...row(input), output: input }], { codec: localCodec });
    assert.equal(same!.beforeUrl, same!.afterUrl);
  });
});

Deno.test("makeExamples() cuts the middle out of an enlargement, beside the squares it was made of", async () => {
  await withTempDir(async (folder) => {
    const [input, output] = [`${folder}/small.png`, `${folder}/large.png`];
    // Left half dark, right half bright: the middle of 32 has both, 16 columns each.
    const half = (width: number) => (x: number) =>
      x < width / 2 ? [20, 20, 20, 255] : [230, 230, 230, 255];
    await writePicture(input, draw(32, 8, half(32)));
    await writePicture(output, draw(64, 16, half(64)));
    const [example] = await makeExamples([{ ...row(input, "enlarged"), output }], {
      codec: localCodec,
      mostSide: 32,
    });
    assert.deepEqual([example!.width, example!.height], [32, 16]);
    for (const url of [example!.beforeUrl, example!.afterUrl]) {
      const { width, height, rgba } = await decodeUrl(url);
      assert.deepEqual([width, height], [32, 16]);
      assert.ok(rgba[(8 * 32 + 4) * 4]! < 40 && rgba[(8 * 32 + 28) * 4]! > 210);
    }
  });
});

Deno.test("makeExamples() ends between two pictures when it is told to", async () => {
  await assert.rejects(
    makeExamples([row("a")], { codec: localCodec, signal: AbortSignal.abort() }),
    { name: "AbortError" },
  );
});
