/**
 * `pconv report` and `inpaint --report`: one page of what was done.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import {
  assertExit,
  assertStderr,
  type CliResult,
  runCli,
  stdoutText,
} from "../support/run_cli.ts";
import { withTempDir } from "../support/temp_dir.ts";
import { maskPicture, middle, photo, writePicture } from "./pictures.ts";
import { listResults } from "./results.ts";

interface Setting {
  at(...parts: string[]): string;
  pconv(...args: string[]): Promise<CliResult>;
}

/** Nine pictures, of which one is none, done in two parts. */
async function withRun(body: (setting: Setting) => Promise<void>): Promise<void> {
  await withTempDir(async (folder) => {
    const at = (...parts: string[]) => join(folder, ...parts);
    for (let i = 0; i < 9; i++) await writePicture(at(`in/${i}.png`), photo(24 + i, 20));
    await Deno.writeTextFile(at("in/4.png"), "no picture");
    await writePicture(at("mask.png"), maskPicture(24, 20, middle(24, 20)));
    const pconv = (...args: string[]) => runCli(args, { cwd: folder });
    const line = ["inpaint", "--method", "mean", "in", "-m", "mask.png", "-o", "out", "-q"];
    const codes = await Promise.all(
      ["1/2", "2/2"].map(async (part) => (await pconv(...line, "--shard", part)).code),
    );
    assert.deepEqual(codes.sort(), [0, 1]);
    await body({ at, pconv });
  });
}

/** Texts of the cells of the page's table, in rows; the first one is the head. */
function tableOf(page: string): string[][] {
  const table = /<table class="pictures">(.*?)<\/table>/s.exec(page)?.[1] ?? "";
  return [...table.matchAll(/<tr.*?>(.*?)<\/tr>/gs)].map(([, row]) =>
    [...row!.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell]) =>
      cell!.replace(/<small>.*?<\/small>/g, "").replace(/<[^>]*>/g, "")
    )
  );
}

Deno.test("report puts the parts of a run into one page, with what failed", () =>
  withRun(async ({ at, pconv }) => {
    const result = await pconv("report", "out", "-o", "run.html");
    assertExit(result, 0);
    assertStderr(result, ['9 images, 1 failed: "run.html"']);
    const page = await Deno.readTextFile(at("run.html"));
    const [head, ...rows] = tableOf(page);
    const column = (name: string) => rows.map((row) => row[head!.indexOf(name)]);
    assert.deepEqual(column("Picture"), Array.from({ length: 9 }, (_, i) => `in/${i}.png`));
    const status = Array.from({ length: 9 }, (_, i) => i === 4 ? "failed" : "filled");
    assert.deepEqual(column("Result"), status);
    const parts = column("Shard");
    assert.deepEqual([...new Set(parts)].sort(), ["1/2", "2/2"]);
    // Each in the part whose ledger has it.
    for (const part of ["1/2", "2/2"]) {
      const ledger = `out/.pconv/ledger-${part.replace("/", "-of-")}.jsonl`;
      const text = await Deno.readTextFile(at(ledger));
      for (const [i, own] of parts.entries()) {
        assert.equal(text.includes(`"input":"in/${i}.png"`), own === part, `${i} in ${part}`);
      }
    }
    assert.equal(column("Size")[3], "27x20");
    assert.match(page, /<p class="state diverged">1 failed<\/p>/);
    assert.match(page, /in\/4\.png.*file looks like text/s);
    // Before and after of all eight, as pictures in the page; nothing is fetched.
    assert.ok(page.split("data:image/").length - 1 >= 16);
    assert.doesNotMatch(page, /(src|href)="(?!data:|#)/);

    // A page is made again; what is no page of this program stays.
    await Deno.writeTextFile(at("mine.html"), "<title>mine</title>");
    const mine = await pconv("report", "out", "-o", "mine.html");
    assertExit(mine, 1);
    assertStderr(mine, [
      'error: Cannot write the page "mine.html": it exists and is no page of pconv',
      "hint: Give --overwrite to replace it",
    ]);
    assertExit(await pconv("report", "out", "-o", "mine.html", "--overwrite", "-q"), 0);
    assert.equal(await Deno.readTextFile(at("mine.html")), page);
    assertExit(await pconv("report", "out", "-o", "run.html", "-q"), 0);
    assert.equal(await Deno.readTextFile(at("run.html")), page);
    const piped = await pconv("report", "out", "-o", "-", "-q");
    assertExit(piped, 0);
    assert.equal(stdoutText(piped), page);
    assertStderr(piped, []);

    // A later run over the failure replaces it.
    await writePicture(at("in/4.png"), photo(30, 20));
    const rest = ["inpaint", "--method", "mean", "in", "-m", "mask.png", "-o", "out", "-q"];
    assertExit(await pconv(...rest), 0);
    const whole = await pconv("report", "out", "-o", "whole.html");
    assertStderr(whole, ['9 images, 0 failed: "whole.html"']);
  }));

Deno.test("report passes over lines of a ledger that are none, and refuses folders without one", () =>
  withRun(async ({ at, pconv }) => {
    const lines = [
      "{",
      "[]",
      "null",
      '{"kind":"done","input":1}',
      '{"kind":"toString"}',
      `{"kind":"failed","input":"<script>alert(1)</script>","error":"<img src=x onerror=alert(2)>"}`,
      JSON.stringify({
        ...{ kind: "done", input: "/etc/passwd", output: "../../../../../etc/passwd", mask: "m" },
        ...{ inputSha256: "", outputSha256: "", maskFile: 5, maskSha256: null },
        ...{ settings: { "mask-threshold": "x" }, row: { width: "<b>", warnings: "no list" } },
      }),
      `{"kind":"end","tag":"${"x".repeat(100_000)}"`,
    ];
    const path = at("out/.pconv/ledger-1-of-2.jsonl");
    await Deno.writeTextFile(path, `\n${lines.join("\n")}`, { append: true });
    await Deno.writeFile(path, Uint8Array.of(10, 0xff, 0xfe, 0, 10), { append: true });
    const result = await pconv("report", "out", "-o", "-", "-q");
    assertExit(result, 0);
    const page = stdoutText(result);
    assert.doesNotMatch(page, /<script>alert|<img src=x/);
    assert.ok(!page.includes("root:"), "a file outside was read into the page");
    assert.ok(tableOf(page).some(([name]) => name === "in/8.png"));

    const none = await pconv("report", "in", "-o", "x.html");
    assertExit(none, 1);
    assertStderr(none, [
      'error: Cannot report on "in": no run has written into it, it must be an --output of inpaint or ' +
      "superres",
    ]);
    const gone = await pconv("report", "nowhere", "-o", "x.html");
    assertExit(gone, 1);
    assert.equal(gone.stderr.split("\n").length, 2, gone.story);
  }));

Deno.test("inpaint --report writes a page of its own run, and replaces it", () =>
  withRun(async ({ at, pconv }) => {
    const line = ["inpaint", "--method", "mean", "in", "-m", "mask.png", "-o", "new", "-q"];
    assertExit(await pconv(...line, "--report", "pages/run.html"), 1);
    const first = tableOf(await Deno.readTextFile(at("pages/run.html")));
    assert.equal(first.length, 10);
    assert.ok(!first[0]!.includes("Shard"));
    const status = first[0]!.indexOf("Result");
    assert.deepEqual([...new Set(first.slice(1).map((row) => row[status]))], ["filled", "failed"]);
    await Deno.remove(at("in/4.png"));
    assertExit(await pconv(...line, "--report", "pages/run.html"), 0);
    const second = tableOf(await Deno.readTextFile(at("pages/run.html")));
    assert.deepEqual(second.slice(1).map((row) => row[status]), Array(8).fill("done before"));
    assert.deepEqual(await listResults(at("pages")), ["run.html"]);
    await Deno.writeTextFile(at("file"), "");
    const bad = await pconv(...line, "--report", "file/run.html");
    assertExit(bad, 1);
    assert.match(bad.stderr, /\nerror: Cannot write "file\/run.html": a file is in its way\n$/);
  }));
