import assert from "node:assert/strict";
import { parseStudyKey } from "../../src/evaluation/study/study_key.ts";
import { TRUTH } from "../../src/evaluation/study/study_plan.ts";
import { assertExit, assertStderr, listFiles, stdoutText } from "../support/run_cli.ts";
import { IMAGES_AND_MASKS, withEval } from "./eval_setting.ts";
import { readPicture } from "./pictures.ts";

Deno.test("eval --study writes a blind page and its key, and --study-results counts answers", async () => {
  await withEval(async ({ at, evaluate }) => {
    const line = `${IMAGES_AND_MASKS} --methods telea,mean --pairs 8 --study-trials 6`;
    const written = await evaluate(`${line} --study study`);
    assertExit(written, 0);
    const key = parseStudyKey(await Deno.readTextFile(at("study/study-key.json")), "key");
    assert.equal(key.trials.length, 12);
    const files = await listFiles(at("study/participants"));
    assert.equal(files.length, 1 + 24);
    const page = await Deno.readTextFile(at("study/participants/index.html"));
    assert.doesNotMatch(page, /telea|mean\b|pconv/);
    // The pictures are what the key says: of the truth, no pixel differs from the photograph.
    const limited = key.trials.find(({ durationMs }) => durationMs !== null)!;
    const truth = [limited.left, limited.right].find(({ method }) => method === TRUTH)!;
    const shown = await readPicture(at(`study/participants/pictures/${truth.picture}.png`));
    const photographs = await Promise.all(
      ["a", "b", "c", "d"].map((name) => readPicture(at(`photos/${name}.png`))),
    );
    assert.ok(photographs.some(({ rgba }) => String(rgba) === String(shown.rgba)));

    // Someone who always prefers the truth, then Telea.
    const rank = (method: string) => [TRUTH, "telea", "mean"].indexOf(method);
    const answers = {
      format: "picture-study-answers",
      version: 1,
      study: key.study,
      participant: "p-1",
      startedAt: "2026-11-25T10:00:00Z",
      answers: key.trials.map(({ id, left, right, durationMs }) => ({
        trial: id,
        choice: rank(left.method) < rank(right.method) ? "left" : "right",
        responseMs: 900,
        shownMs: durationMs,
        views: 1,
      })),
    };
    await Deno.writeTextFile(at("answers.json"), JSON.stringify(answers));
    await Deno.writeTextFile(at("bad.json"), "{}");
    const read = await evaluate("--study-results study answers.json bad.json");
    assertExit(read, 1);
    assert.match(read.stderr, /^error: Cannot read study answers "bad\.json": [^\n]+\n$/);
    assert.match(stdoutText(read), /100/);
    const csv = await Deno.readTextFile(at("study/results.csv"));
    assert.match(csv, /telea/);
    assert.match(await Deno.readTextFile(at("study/results.html")), /telea/);

    const again = await evaluate(`${line} --study study`);
    assertExit(again, 1);
    assertStderr(again, ['error: Cannot write a study into "study": it holds one, must be new']);
    const none = await evaluate("--study-results study bad.json");
    assertExit(none, 1);
    assert.match(none.stderr, /Cannot tell results: none of 1 files of answers is good/);
  });
});
