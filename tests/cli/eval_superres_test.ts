import assert from "node:assert/strict";
import type { SuperresRecord } from "../../src/evaluation/superres/superres_record.ts";
import {
  assertExit,
  assertStderr,
  jsonLines,
  listFiles,
  runCli,
  startCli,
  stdoutText,
} from "../support/run_cli.ts";
import { withTempDir } from "../support/temp_dir.ts";
import { writeTinyEnlarger } from "../support/tiny_enlarger.ts";
import { writeTinyWeights } from "../support/tiny_weights.ts";
import { draw, photo, readPicture, writePicture } from "./pictures.ts";

/** Runs a test in a folder with tiny weights and pictures `photos/a.png` of 45x40 and `photos/sub/b.png` of 36x36. */
async function withPictures(
  body: (setting: {
    at(name: string): string;
    evaluate(line: string): ReturnType<typeof runCli>;
    lines(folder: string): Promise<Omit<SuperresRecord, "elapsedMs">[]>;
  }) => Promise<void>,
): Promise<void> {
  await withTempDir(async (folder) => {
    await writeTinyWeights(folder);
    const wave = (x: number, y: number) => 128 + 100 * Math.sin(x / 3) * Math.cos(y / 4);
    await writePicture(`${folder}/photos/a.png`, photo(45, 40));
    await writePicture(
      `${folder}/photos/sub/b.png`,
      draw(36, 36, (x, y) => [wave(x, y), wave(y, x), 255 - wave(x, y), 255]),
    );
    await body({
      at: (name) => `${folder}/${name}`,
      evaluate: (line) =>
        runCli(
          ["eval", "-q", "--device", "cpu", "--task", "superres", ...line.trim().split(/\s+/)],
          { cwd: folder },
        ),
      lines: async (name) => {
        const text = await Deno.readTextFile(`${folder}/${name}/results.jsonl`);
        return text.trimEnd().split("\n").map((line) => JSON.parse(line) as SuperresRecord)
          .map(({ elapsedMs: _elapsedMs, ...rest }) => rest)
          .toSorted((a, b) => JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
      },
    });
  });
}

Deno.test("eval --task superres scores kernels and network and writes tables and page", async () => {
  await withPictures(async ({ at, evaluate, lines }) => {
    const result = await evaluate(
      "--images photos -o out -w tiny.safetensors --scale 2,3 --keep-results --keep-pairs",
    );
    assertExit(result, 0);
    assertStderr(result, []);
    assert.match(stdoutText(result), /\| PSNR on Y, dB ↑ +\| +x2 \| +x3 \|\n/);
    assert.match(stdoutText(result), /\n- superres is (above|below|level with) bicubic at x2/);
    const own = (await listFiles(at("out"))).filter((name) => !name.includes("/"));
    assert.deepEqual(own, [
      ...[".lock", "eval.json", "problems.json", "report.html", "results.jsonl"],
      ...["table.csv", "table.json", "table.md"],
    ]);
    const records = await lines("out");
    assert.equal(records.length, 2 * 2 * 6);
    // 45 is cropped to 44 for 2; 40 to 39 for 3.
    assert.deepEqual(
      records.filter(({ method, image }) => method === "bicubic" && image === "a.png")
        .map(({ scale, width, height }) => [scale, width, height]),
      [[2, 44, 40], [3, 45, 39]],
    );
    const small = await readPicture(at("out/pairs/small/x3/a.png"));
    assert.deepEqual([small.width, small.height], [15, 13]);
    const truth = await readPicture(at("out/pairs/truth/x2/sub/b.png"));
    assert.deepEqual(truth.rgba, (await readPicture(at("photos/sub/b.png"))).rgba);
    // Known pixels are the small picture's with superres, and the network's with superres-blend.
    const [kept, blended] = await Promise.all(
      ["superres", "superres-blend"].map((name) => readPicture(at(`out/results/${name}/x3/a.png`))),
    );
    const known = (picture: typeof small, step: number, first: number) =>
      Array.from(
        { length: 13 },
        (_, y) => picture.rgba[((y * step + first) * picture.width + first) * 4],
      );
    assert.deepEqual(known(kept!, 3, 1), known(small, 1, 0));
    assert.notDeepEqual(known(blended!, 3, 1), known(small, 1, 0));
    const page = await Deno.readTextFile(at("out/report.html"));
    assert.match(page, /data:image\/webp;base64,/);
    assert.match(await Deno.readTextFile(at("out/table.md")), /\n- superres is \w+/);
  });
});

Deno.test("eval --task superres goes on after kill -9, with more methods and scales, to the results of one run", async () => {
  await withPictures(async ({ at, evaluate, lines }) => {
    for (let i = 0; i < 12; i++) await writePicture(at(`photos/more${i}.png`), photo(48 + i, 40));
    const rest = "--images photos --examples 0 --methods nearest,bicubic";
    const child = startCli(
      ["eval", "--task", "superres", ...`${rest} --scale 2 -o broken`.split(" ")],
      { cwd: at(".") },
    );
    const ended = child.output();
    await child.stdin.close();
    // Killed once the first results are on the disk.
    for (;;) {
      const text = await Deno.readTextFile(at("broken/results.jsonl")).catch(() => "");
      if (text.length > 0) break;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    child.kill("SIGKILL");
    await ended;
    assert.ok((await lines("broken")).length < 2 * 14, "the run ended before it was killed");
    assertExit(await evaluate(`${rest} --scale 2 -o broken`), 0);
    const before = await Deno.readTextFile(at("broken/results.jsonl"));
    assertExit(await evaluate(`${rest},lanczos --scale 3,2 -o broken`), 0);
    assert.ok((await Deno.readTextFile(at("broken/results.jsonl"))).startsWith(before));
    assertExit(await evaluate(`${rest},lanczos --scale 2,3 -o whole`), 0);
    assert.deepEqual(await lines("broken"), await lines("whole"));
    const means = async (folder: string) =>
      (await Deno.readTextFile(at(`${folder}/table.csv`))).split("\r\n")
        .filter((line) => !line.includes("medianMs"));
    assert.deepEqual(await means("broken"), await means("whole"));
    const other = await evaluate("--images photos/sub --methods bicubic -o whole");
    assertExit(other, 2);
    assert.match(other.stderr, /^error: Cannot go on with the evaluation in "whole": "images" was/);
  });
});

Deno.test("eval --task superres scores pictures of another program as its own, and lists what is wrong with them", async () => {
  await withPictures(async ({ at, evaluate, lines }) => {
    const first = "--images photos --scale 2,4 --examples 0";
    assertExit(await evaluate(`${first} --methods bicubic --keep-results -o one`), 0);
    const again = await evaluate(
      `${first} --methods none --results same=one/results/bicubic -o two`,
    );
    assertExit(again, 0);
    assert.deepEqual(
      await lines("two"),
      (await lines("one")).map((line) => ({ ...line, method: "same" })),
    );
    await Deno.rename(at("one/results/bicubic/x2/a.png"), at("one/results/bicubic/x2/other.png"));
    await writePicture(at("one/results/bicubic/x2/sub/b.png"), photo(18, 18));
    await Deno.remove(at("one/results/bicubic/x4"), { recursive: true });
    const wrong = await evaluate(
      `${first} --methods none --results theirs=one/results/bicubic -o two`,
    );
    assertExit(wrong, 1);
    assertStderr(wrong, [
      'error: Cannot use result "x2/other" of "one/results/bicubic": it belongs to no image',
      "warning: theirs has nothing for x4 and is not in its columns",
      'error: Cannot find a result "x2/a" of any image format in "one/results/bicubic"',
      'error: Cannot use result "one/results/bicubic/x2/sub/b.png": it is 18x18, must be 36x36',
    ]);
  });
});

Deno.test("eval --task superres scores networks of tfjs and other weights", async () => {
  await withPictures(async ({ at, evaluate }) => {
    await writeTinyEnlarger(at("peer/x2"), 2, "plain");
    const result = await evaluate(
      "--images photos --scale 2,3 --methods nearest,bicubic --peer copy=peer " +
        "--network own=tiny.safetensors -o out --json",
    );
    assertExit(result, 0);
    assertStderr(result, ["warning: copy has nothing for x3 and is not in its columns"]);
    const [{ table, verdicts }] = jsonLines(result);
    assert.deepEqual(table.methods, ["nearest", "bicubic", "own", "copy"]);
    // The network repeats pixels, as the nearest pixel does.
    const row = (method: string, scale: number) =>
      table.rows.find((one: SuperresRecord) => one.method === method && one.scale === scale);
    assert.deepEqual(row("copy", 2).scores, row("nearest", 2).scores);
    assert.equal(row("copy", 3), undefined);
    assert.ok(verdicts.some((line: string) => line.startsWith("copy is below bicubic at x2 by ")));
  });
});

Deno.test("eval --task superres lists images that cannot be used, and makes the table of the rest", async () => {
  await withPictures(async ({ at, evaluate, lines }) => {
    await writePicture(at("photos/clear.png"), photo(40, 40, (x) => x), { keepAlpha: true });
    await writePicture(at("photos/opaque.png"), photo(40, 40), { keepAlpha: true });
    await writePicture(at("photos/grey.png"), draw(40, 40, (x) => [x, x, x, 255]));
    await writePicture(at("photos/grey.jpg"), photo(40, 40));
    await writePicture(at("photos/dot.png"), photo(1, 1));
    await writePicture(at("photos/tiny.png"), photo(7, 7));
    const png = await writePicture(at("photos/cut.png"), photo(40, 40));
    await Deno.writeFile(at("photos/cut.png"), png.slice(0, 200));
    const result = await evaluate("--images photos --methods bicubic --scale 2,3 -o out");
    assertExit(result, 1);
    assertStderr(result, [
      'error: Cannot evaluate image "photos/grey.png": it has the name of "photos/grey.jpg"',
      'error: Cannot evaluate image "photos/clear.png": it has transparent pixels, must be opaque',
      'error: Cannot read image "photos/cut.png": file is cut short, its PNG end chunk is missing',
      'error: Cannot evaluate image "photos/dot.png" at x2: it is 1x1, must be at least 6x6',
      'error: Cannot evaluate image "photos/dot.png" at x3: it is 1x1, must be at least 9x9',
      'error: Cannot evaluate image "photos/tiny.png" at x3: it is 7x7, must be at least 9x9',
    ]);
    const records = await lines("out");
    assert.deepEqual(
      [...new Set(records.map(({ image }) => image))],
      ["a.png", "grey.jpg", "opaque.png", "sub/b.png", "tiny.png"],
    );
    // Six pixels without two at each side are no window.
    const tiny = records.find(({ image }) => image === "tiny.png")!;
    assert.equal(tiny.ssimY, null);
    assert.ok(tiny.psnrY! > 0);
    assert.equal(JSON.parse(await Deno.readTextFile(at("out/problems.json"))).length, 6);
    assert.match(await Deno.readTextFile(at("out/table.md")), /## Problems\n\n- Cannot evaluate/);
  });
});

Deno.test("eval --task superres refuses what it cannot begin, with one line and the right exit code", async () => {
  await withPictures(async ({ at, evaluate }) => {
    await Deno.mkdir(at("nothing"));
    const cases: readonly (readonly [string, number, string])[] = [
      ["--images gone -o out", 1, 'error: Cannot list images in "gone": it does not exist\n'],
      ["--images nothing -o out", 1, 'error: Cannot evaluate: there is no image in "nothing"\n'],
      [
        "--images photos -o out --methods superres -w gone.safetensors",
        3,
        'error: Cannot find weights "gone.safetensors": there is no such file\n' +
        "hint: Check the path, or name weights that come with the program\n",
      ],
      [
        "--images photos -o out --peer p=nothing --methods none --scale 2",
        3,
        'error: Cannot find a network in "nothing": there is no x2/model.json, nor one of another ' +
        "scale that is asked for\n",
      ],
      ["--images photos -o out --masks m", 2, "error: Cannot use --masks with --task superres\n"],
    ];
    for (const [line, code, message] of cases) {
      const result = await evaluate(line);
      assertExit(result, code);
      const known = result.stderr.split("\n").filter((text) => !text.startsWith("hint: Run"))
        .join("\n");
      assert.equal(known, message, result.story);
    }
  });
});
