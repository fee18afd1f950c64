import assert from "node:assert/strict";
import { assertExit, assertStderr, listFiles, runCli, startCli } from "../support/run_cli.ts";
import { listResults } from "./results.ts";
import { maskPicture, photo, writePicture } from "./pictures.ts";
import { NETWORK_FLAGS, rawPng, withSuperres } from "./superres_setting.ts";

Deno.test("superres refuses wrong command lines with 2, naming each mistake and the way out", async () => {
  const hint = 'hint: Run "pconv superres --help" for its flags and examples';
  const scale = (text: string) => `--scale must be a whole number from 2 to 8: got "${text}"`;
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ...["0", "1", "-2", "9", "2.5", "x", "NaN", "1e1"].map((text) =>
      [`a.png -o b.png --scale ${text}`, [scale(text)]] as const
    ),
    ["a.png -o b.png", ["Missing --scale K"]],
    ["a.png --scale 2", ["Missing --output FILE|DIR|-"]],
    ["--scale 2 -o b.png", ["Missing INPUT"]],
    ["a.png --scale 2 -o b.png --method cubic", [
      '--method must be superres, bicubic, lanczos, bilinear or nearest: got "cubic"',
    ]],
    ["a.png --scale 2 -o b.png --method nearest -m alpha", [
      "Cannot use --mask here: --method must be superres",
    ]],
    ["- a.png --scale 2 -o c", [
      "Cannot enlarge standard input together with files: - must be the only input",
    ]],
    ["a.png --scale 2 -o b.png --side-by-side", [
      'Unknown flag "--side-by-side": superres has none, inpaint has',
    ]],
  ];
  for (const [line, messages] of cases) {
    const result = await runCli(["superres", ...line.split(" ")]);
    assertExit(result, 2);
    assertStderr(result, [...messages.map((message) => `error: ${message}`), hint]);
  }
});

Deno.test("superres refuses a result beyond memory before it decodes, and goes on", async () => {
  await withSuperres(async ({ at, nearest }) => {
    // 4000x3000 grey pixels are a small file; enlarged 8 times they are 768 million.
    const large = { width: 4000, height: 3000, bitDepth: 1, colourType: 0 };
    await Deno.mkdir(at("in"));
    const data = new Uint8Array(500 * 3000);
    await Deno.writeFile(at("in/a.png"), rawPng({ ...large, data }));
    await writePicture(at("in/b.png"), photo(4, 4));
    await writePicture(at("in/c.webp"), photo(2100, 1));
    const result = await nearest(["in", "--scale", "8", "-o", "out"]);
    assertExit(result, 1);
    assertStderr(result, [
      'error: Cannot enlarge "in/a.png" 8 times: 32000x24000 is 768000000 pixels, ' +
      "must be at most 178000000",
      "hint: The largest scale for it is 3",
      'error: Cannot enlarge "in/c.webp" 8 times: as WebP no side of 16800x8 may exceed 16383 pixels',
      "hint: The largest scale for it is 7; PNG has no such limit",
    ]);
    assert.deepEqual(await listResults(at("out")), ["b.png"]);
  });
});

Deno.test("superres names what is missing, all hole, or cannot be replaced", async () => {
  await withSuperres(async ({ folder, at, network }) => {
    await writePicture(at("in.png"), photo(8, 8));
    await writePicture(at("white.png"), maskPicture(8, 8, () => true));
    const hole = await network(["in.png", "-m", "white.png", "--scale", "2", "-o", "out.png"]);
    assertExit(hole, 1);
    assertStderr(hole, [
      'error: Cannot enlarge "in.png": the mask covers all 64 pixels, some must be known',
      "hint: If black is the hole in your mask, give --mask-polarity black",
    ]);
    const opaque = await network(["in.png", "-m", "alpha", "--scale", "2", "-o", "out.png"]);
    assertExit(opaque, 1);
    assertStderr(opaque, [
      'error: Cannot enlarge "in.png" with --mask alpha: it has no transparency, ' +
      "its hole must be transparent",
    ]);
    const gone = await network(["gone.png", "--scale", "2", "-o", "out.png"]);
    assertExit(gone, 1);
    assertStderr(gone, ['error: Cannot read input "gone.png": it does not exist']);
    const same = await network(["in.png", "--scale", "2", "-o", "in.png", "--overwrite"]);
    assertExit(same, 2);
    assert.match(same.stderr, /^error: Cannot write ".*in\.png": it is an input\n/);
    const args = ["in.png", "--scale", "2", "-o", "out.png", "-w", "gone.safetensors", "-q"];
    const weights = await runCli(["superres", ...args, "--device", "cpu"], { cwd: folder });
    assertExit(weights, 3);
    assert.match(weights.stderr, /^error: Cannot find weights "gone\.safetensors"/);
    assert.deepEqual(await listFiles(folder), ["in.png", "tiny.safetensors", "white.png"]);
  });
});

Deno.test("superres stops at Ctrl-C in the middle of a picture and leaves no half file", async () => {
  await withSuperres(async ({ folder, at }) => {
    await writePicture(at("in.png"), photo(400, 400));
    const args = ["superres", ...NETWORK_FLAGS, "in.png", "--scale", "8", "-o", "out.png"];
    const child = startCli([...args, "--tile", "64"], { cwd: folder });
    await Promise.all([child.stdin.close(), child.stdout.cancel()]);
    // The device's line says that the work begins.
    const reader = child.stderr.pipeThrough(new TextDecoderStream()).getReader();
    let said = (await reader.read()).value!;
    await new Promise((resolve) => setTimeout(resolve, 500));
    child.kill("SIGINT");
    for (let next = await reader.read(); !next.done; next = await reader.read()) said += next.value;
    assert.equal((await child.status).code, 130, said);
    assert.match(said, /\ninterrupted: 0 of 1 images done\n$/);
    assert.deepEqual(await listFiles(folder), ["in.png", "tiny.safetensors"]);
  });
});
