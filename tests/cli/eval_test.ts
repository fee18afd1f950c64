import assert from "node:assert/strict";
import {
  assertExit,
  assertStderr,
  jsonLines,
  listFiles,
  runCli,
  startCli,
  stdoutText,
} from "../support/run_cli.ts";
import { IMAGES_AND_MASKS, withEval } from "./eval_setting.ts";
import { readPicture } from "./pictures.ts";

const HELP_HINT = 'hint: Run "pconv inpaint --help" for its flags and examples';

Deno.test("eval scores the network and classical methods and writes tables and page", async () => {
  await withEval(async ({ at, evaluate, lines }) => {
    const result = await evaluate(
      `${IMAGES_AND_MASKS} -o out -w tiny.safetensors --methods pconv,telea,mean --pairs 6`,
    );
    assertExit(result, 0);
    assertStderr(result, []);
    const table = stdoutText(result);
    assert.match(table, /\| PSNR, dB ↑ +\| \(0\.01, 0\.1\] \| +\(0\.2, 0\.3\] \|/);
    assert.deepEqual(await listFiles(at("out")), [
      ".lock",
      "eval.json",
      "pairs.jsonl",
      "problems.json",
      "report.html",
      "table.csv",
      "table.json",
      "table.md",
    ]);
    const records = await lines("out");
    assert.equal(records.length, 18);
    // The middle leaves 12 and 10 pixels on each side; 50 · 40 / 512 = 3.9. A quarter of the picture is hole.
    const middle = records.find(({ mask }) => mask === "middle.png")!;
    assert.deepEqual([middle.ratio, middle.bin, middle.border], [0.25, 2, "N"]);
    const network = records.filter(({ method }) => method === "pconv");
    assert.ok(network.every(({ scores }) => scores.raw !== undefined));
    const floor = records.filter(({ method }) => method === "mean");
    assert.ok(floor.every(({ scores }) => scores.raw === undefined));
    const page = await Deno.readTextFile(at("out/report.html"));
    assert.match(page, /data:image\/webp;base64,/);
    assert.match(await Deno.readTextFile(at("out/table.md")), /## Definitions/);
  });
});

Deno.test("eval scores kept results as those of another program: the same numbers from files", async () => {
  await withEval(async ({ at, evaluate, lines }) => {
    const kept = await evaluate(
      `${IMAGES_AND_MASKS} -o first -w tiny.safetensors --methods pconv,telea --pairs 4 --keep-results ` +
        "--keep-pairs --examples 0",
    );
    assertExit(kept, 0);
    // What another program would fill: images and masks as evaluated, under the names of pairs.
    const names = ["00000.png", "00001.png", "00002.png", "00003.png"];
    assert.deepEqual(await listFiles(at("first/pairs/images")), names);
    assert.deepEqual(await listFiles(at("first/pairs/masks")), names);
    const again = await evaluate(
      `${IMAGES_AND_MASKS} -o second --methods none --pairs 4 --examples 0 ` +
        "--results pconv=first/results/pconv --results telea=first/results/telea",
    );
    assertExit(again, 0);
    const [first, second] = [await lines("first"), await lines("second")];
    const scores = (method: string, from: typeof first) =>
      from.filter((record) => record.method === method).map((record) => record.scores);
    // A network's file holds its raw output, so that all three views are read back.
    assert.deepEqual(scores("pconv", second), scores("pconv", first));
    // A classical method's raw output is its composite; what is read back says so.
    assert.deepEqual(
      scores("telea", second).map(({ raw: _raw, ...rest }) => rest),
      scores("telea", first),
    );
    assert.ok(
      scores("telea", second).every(({ raw, composite }) => raw!.l1Percent === composite.l1Percent),
    );
    const text = await Deno.readTextFile(at("second/pairs.jsonl"));
    assert.match(text, /"elapsedMs":null/);
  });
});

Deno.test("eval goes on after kill -9 and takes more methods, to the table of one run", async () => {
  await withEval(async ({ at, evaluate, lines }) => {
    const line = `${IMAGES_AND_MASKS} --generate 24 --examples 0 --methods mean,telea`;
    const child = startCli(["eval", ...`${line} -o broken`.split(" ")], { cwd: at(".") });
    const ended = child.output();
    await child.stdin.close();
    // Killed once the first results are on the disk.
    for (;;) {
      const text = await Deno.readTextFile(at("broken/pairs.jsonl")).catch(() => "");
      if (text.length > 0) break;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    child.kill("SIGKILL");
    await ended;
    const whole = await evaluate(`${line} -o whole`);
    assertExit(whole, 0);
    assertExit(await evaluate(`${line} -o broken`), 0);
    assert.deepEqual(await lines("broken"), await lines("whole"));
    // The second run adds a method and does none anew.
    const before = await Deno.readTextFile(at("whole/pairs.jsonl"));
    assertExit(await evaluate(`${line},navier-stokes -o whole`), 0);
    const after = await Deno.readTextFile(at("whole/pairs.jsonl"));
    assert.ok(after.startsWith(before));
    assert.match(await Deno.readTextFile(at("whole/table.csv")), /navier-stokes/);
    // A method that is added alone does not hide what the others lack, and the page shows them all.
    const [first, ...rest] = after.split("\n");
    assert.match(first!, /"method":"mean"/);
    await Deno.writeTextFile(at("whole/pairs.jsonl"), rest.join("\n"));
    const added = await evaluate(`${line.replace("mean,telea", "pyramid")} --examples 1 -o whole`
      .replace("--examples 0 ", ""));
    assertExit(added, 1);
    assertStderr(added, ['error: Method "mean" lacks 1 of 28 results']);
    const page = await Deno.readTextFile(at("whole/report.html"));
    for (const name of ["mean", "telea", "navier-stokes", "pyramid"]) {
      assert.match(page, new RegExp(`<img [^>]*alt="[^"]*: ${name}"`));
    }

    const other = await evaluate(`${line} -o whole --seed 2`);
    assertExit(other, 2);
    assertStderr(other, [
      'error: Cannot go on with the evaluation in "whole": "seed" was 1, is 2; must be the same',
      "hint: Give --output a new folder for another evaluation",
    ]);
  });
});

Deno.test("shards merge into the table of one run", async () => {
  await withEval(async ({ at, evaluate, lines }) => {
    const line =
      `${IMAGES_AND_MASKS} --generate 12 --methods mean,telea --examples 1 --preset mmagic`;
    assertExit(await evaluate(`${line} -o whole`), 0);
    for (const i of [1, 2, 3]) assertExit(await evaluate(`${line} --shard ${i}/3 -o part${i}`), 0);
    const merged = await evaluate("--merge part3 part1 part2 -o merged");
    assertExit(merged, 0);
    assert.deepEqual(await lines("merged"), await lines("whole"));
    const csv = async (folder: string) =>
      (await Deno.readTextFile(at(folder, "table.csv"))).split("\n")
        .filter((row) => !row.includes(",medianMs,"));
    assert.ok((await csv("whole")).length > 100);
    assert.deepEqual(await csv("merged"), await csv("whole"));
    assert.match(await Deno.readTextFile(at("merged/report.html")), /data:image\/webp;base64,/);

    const missing = await evaluate("--merge part1 part3 -o two");
    assertExit(missing, 1);
    assert.match(missing.stderr, /^error: Shard 2\/3 is missing\n/);
    const twice = await evaluate("--merge part1 part1 -o three");
    assertExit(twice, 2);
    assertStderr(twice, ['error: Cannot merge "part1" with "part1": both are shard 1/3']);
    assertExit(await evaluate(`${line} --seed 5 --shard 2/3 -o other`), 0);
    const mixed = await evaluate("--merge part1 other -o four");
    assertExit(mixed, 2);
    assertStderr(mixed, [
      'error: Cannot merge "other" with "part1": "seed" was 1, is 5; must be the same',
    ]);
    const nothing = await evaluate("--merge photos -o five");
    assertExit(nothing, 1);
    assertStderr(nothing, ['error: Cannot merge "photos": there is no eval.json in it']);
  });
});

Deno.test("eval --compare tells which method is better, within a folder and between two", async () => {
  await withEval(async ({ evaluate }) => {
    const line = `${IMAGES_AND_MASKS} --examples 0 --methods`;
    assertExit(await evaluate(`${line} telea,mean -o one`), 0);
    assertExit(await evaluate(`${line} telea -o two`), 0);
    const inside = await evaluate("--compare telea mean -o one");
    assertExit(inside, 0);
    assert.match(
      stdoutText(inside),
      /## telea against mean\n\nMean of hole PSNR of telea less that/,
    );
    const across = await evaluate("--compare one:telea two --json");
    assertExit(across, 0);
    for (const { rows } of jsonLines(across)) {
      for (const { mean, verdict } of rows) assert.deepEqual([mean, verdict], [0, "unclear"]);
    }
    const vague = await evaluate("--compare one two");
    assertExit(vague, 2);
    assertStderr(vague, [
      'error: Cannot compare "one": it has 2 methods, must be one',
      "hint: Name one, for example one:telea",
    ]);
    const unknown = await evaluate("--compare telea gl -o one");
    assertExit(unknown, 2);
    assertStderr(unknown, [
      'error: Cannot compare "gl": there is no method "gl", must be of telea, mean',
    ]);
  });
});

Deno.test("eval --dilate scores growing holes, as figure 10 of the paper", async () => {
  await withEval(async ({ at, evaluate, lines }) => {
    const result = await evaluate(
      `${IMAGES_AND_MASKS} -o out --methods telea --pairs 3 --dilate 0,35,95 --keep-results`,
    );
    assertExit(result, 0);
    const records = await lines("out");
    assert.equal(records.length, 9);
    const dot = records.filter(({ mask }) => mask === "dot.png").toSorted((a, b) =>
      a.dilate - b.dilate
    );
    assert.deepEqual(dot.map(({ dilate }) => dilate), [0, 35, 95]);
    assert.ok(dot[0]!.ratio < dot[1]!.ratio && dot[1]!.ratio < dot[2]!.ratio);
    assert.equal((await listFiles(at("out/results/telea"))).length, 9);
    const page = await Deno.readTextFile(at("out/report.html"));
    assert.match(page, /figure 10/i);
  });
});

Deno.test("inpaint fills by any method, and puts another program's pixels into a photograph", async () => {
  await withEval(async ({ at }) => {
    const run = (line: string) => runCli(["inpaint", "-q", ...line.split(" ")], { cwd: at(".") });
    const line = "photos/a.png -m masks/middle.png --device cpu";
    const seen = new Set<string>();
    for (const method of ["pyramid", "patchmatch", "telea", "navier-stokes", "mean"]) {
      const result = await run(`${line} --method ${method} -o ${method}.png`);
      assertExit(result, 0);
      assertStderr(result, []);
      seen.add(String((await readPicture(at(`${method}.png`))).rgba));
    }
    assert.equal(seen.size, 5, "two methods give the same picture");
    const external = await run(
      "photos/a.png -m masks/middle.png --method external --results photos -o same.png",
    );
    assertExit(external, 0);
    assert.deepEqual(
      (await readPicture(at("same.png"))).rgba,
      (await readPicture(at("photos/a.png"))).rgba,
    );
    const without = await run(`${line} --method external -o x.png`);
    assertExit(without, 2);
    assertStderr(without, ["error: Missing --results DIR for --method external", HELP_HINT]);
    const weights = await run(`${line} --method telea -w tiny.safetensors -o x.png`);
    assertExit(weights, 2);
    assertStderr(weights, [
      "error: Cannot use --weights here: --method must be pconv or conv",
      HELP_HINT,
    ]);
    const partial = await run(`${line} --method conv -w tiny.safetensors -o x.png`);
    assertExit(partial, 3);
    assert.match(
      partial.stderr,
      /^error: Cannot use weights "tiny.safetensors" for method "conv": its convolutions are partial, must be typical\n/,
    );
  });
});
