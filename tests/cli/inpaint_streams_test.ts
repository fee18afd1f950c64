import assert from "node:assert/strict";
import { decodeImage } from "../../src/data/decode_image.ts";
import {
  assertExit,
  assertStderr,
  listFiles,
  runCli,
  startCli,
  stdoutText,
} from "../support/run_cli.ts";
import { listResults } from "./results.ts";
import { INPAINT_FLAGS, withInpaint } from "./inpaint_setting.ts";
import { assertKnownKept, maskPicture, middle, photo, writePicture } from "./pictures.ts";

Deno.test("inpaint - reads standard input and writes standard output", async () => {
  await withInpaint(async ({ folder, at, inpaint }) => {
    const isHole = middle(32, 32);
    const bytes = await writePicture(at("in.webp"), photo(32, 32));
    await writePicture(at("mask.png"), maskPicture(32, 32, isHole));
    const before = await listFiles(folder);

    const same = await inpaint(["-", "-m", "mask.png"], { stdin: bytes });
    assertExit(same, 0);
    assertStderr(same, []);
    const webp = await decodeImage(same.stdout, { name: "stdout" });
    assert.equal(webp.format, "webp");
    assertKnownKept(photo(32, 32), webp, isHole);

    const png = await inpaint(["in.webp", "-m", "mask.png", "-o", "-", "--format", "png"]);
    assertExit(png, 0);
    const other = await decodeImage(png.stdout, { name: "stdout" });
    assert.equal(other.format, "png");
    assert.deepEqual(other.rgba, webp.rgba);
    assert.deepEqual(await listFiles(folder), before);

    const filed = await inpaint(["-", "-m", "mask.png", "-o", "out/"], { stdin: bytes });
    assertExit(filed, 0);
    assert.deepEqual(await listResults(at("out")), ["stdin.webp"], filed.story);

    const empty = await inpaint(["-", "-m", "mask.png"]);
    assertExit(empty, 1);
    assertStderr(empty, [
      'error: Cannot read image "standard input": file is empty, must be PNG, JPEG, WebP, GIF, TIFF, AVIF or BMP',
    ]);
  });
});

Deno.test("inpaint refuses wrong command lines with 2, naming each mistake and the way out", async () => {
  const hint = 'hint: Run "pconv inpaint --help" for its flags and examples';
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ["a.png -m b.png -o c.png --contxt 5", ['Unknown flag "--contxt": did you mean "--context"']],
    ["a.png -m b.png", ["Missing --output FILE|DIR|-"]],
    ["a.png -o c.png", [
      "Missing --mask FILE|DIR|alpha, or --pairs, --mask-color or --box",
    ]],
    ["-m b.png -o c.png", ["Missing INPUT"]],
    ["a.png -m b.png -o c.png --mask-threshold 0", [
      '--mask-threshold must be a whole number from 1 to 255: got "0"',
    ]],
    ["a.png -m b.png -o c.png --format bmp", [
      '--format must be png, jpeg, webp, avif or tiff: got "bmp"',
    ]],
    ["- a.png -m b.png -o c", [
      "Cannot inpaint standard input together with files: - must be the only input",
    ]],
    ["a.png b.png -m b.png -o -", [
      "Cannot write several images to standard output: --output must be a folder",
    ]],
    ["- -m b.png --json", [
      "Cannot use --json here: standard output carries the image, --output must be a file",
    ]],
    ["a.png -m b.png -o c.png --steps 5", [
      'Unknown flag "--steps": inpaint has none, train, finetune or sweep has',
    ]],
  ];
  for (const [line, messages] of cases) {
    const result = await runCli(["inpaint", ...line.split(" ")]);
    assertExit(result, 2);
    assertStderr(result, [...messages.map((message) => `error: ${message}`), hint]);
  }
});

Deno.test("inpaint refuses an output whose name says another format, or none", async () => {
  await withInpaint(async ({ at, inpaint }) => {
    await writePicture(at("in.png"), photo(8, 8));
    await writePicture(at("mask.png"), maskPicture(8, 8, middle(8, 8)));
    const contrary = await inpaint(["in.png", "-m", "mask.png", "-o", "o.jpg", "--format", "webp"]);
    assertExit(contrary, 2);
    assertStderr(contrary, ['error: Cannot write webp to "o.jpg": its name says jpeg']);
    const none = await inpaint(["in.png", "-m", "mask.png", "-o", "o.gif"]);
    assertExit(none, 2);
    assertStderr(none, [
      'error: Cannot tell the format of "o.gif": its name must end in .png, .jpg, .webp, .avif or .tif, ' +
      "or --format must be given",
    ]);
  });
});

Deno.test("inpaint stops at Ctrl-C with 130 and leaves no half file", async () => {
  await withInpaint(async ({ folder, at }) => {
    const count = 60;
    for (let i = 0; i < count; i++) await writePicture(at(`in/${i}.png`), photo(160, 120));
    await writePicture(at("mask.png"), maskPicture(160, 120, middle(160, 120)));
    const args = ["inpaint", ...INPAINT_FLAGS, "in", "-m", "mask.png", "-o", "out", "--json"];
    const child = startCli(args, { cwd: folder });
    const stderr = new Response(child.stderr).text();
    await child.stdin.close();
    // The first line on standard output says that the work has begun.
    const reader = child.stdout.getReader();
    const first = await reader.read();
    child.kill("SIGINT");
    while (!(await reader.read()).done);
    const { code } = await child.status;
    assert.equal(code, 130, await stderr);
    assert.match(stdoutText({ stdout: first.value! }), /^\{"input":"in\/0\.png"/);
    assert.match(await stderr, /\ninterrupted: \d+ of 60 images done\n$/);
    const written = await listResults(at("out"));
    assert.ok(written.length >= 1 && written.length < count, `${written.length} files`);
    assert.deepEqual(written.filter((name) => name.includes("tmp")), []);
    for (const name of written) {
      const { width } = await decodeImage(await Deno.readFile(at("out", name)), { name });
      assert.equal(width, 160);
    }
  });
});

Deno.test("inpaint ends quietly if nobody reads its output any more", async () => {
  await withInpaint(async ({ folder, at }) => {
    for (let i = 0; i < 10; i++) await writePicture(at(`in/${i}.png`), photo(64, 64));
    await writePicture(at("mask.png"), maskPicture(64, 64, middle(64, 64)));
    const args = ["inpaint", ...INPAINT_FLAGS, "-q", "in", "-m", "mask.png", "-o", "out", "--json"];
    const child = startCli(args, { cwd: folder });
    const stderr = new Response(child.stderr).text();
    await child.stdin.close();
    await child.stdout.cancel();
    assert.deepEqual([(await child.status).code, await stderr], [0, ""]);
    assert.ok((await listResults(at("out"))).length < 10, "it went on without a reader");
  });
});
