/**
 * File names that nobody would choose, through a whole run: results, standard output, errors, ledger and page.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { printable } from "../../src/cli/error_text.ts";
import { assertExit, jsonLines, runCli, stdoutText } from "../support/run_cli.ts";
import { withTempDir } from "../support/temp_dir.ts";
import { maskPicture, middle, photo, writePicture } from "./pictures.ts";
import { listResults } from "./results.ts";

/** Without the extension. */
const NAMES = [
  ...["new\nline", "tab\tand \u001b[31mred", "quo\"te's", "-dash", "--output", "  space "],
  // Composed and decomposed: two names where the file system keeps them apart.
  ...["e\u0301", "\u00e9", "\u{1f600}", "$(touch owned)", "`id`", "<script>alert(1)<", "&amp;"],
  ...["back\\slash", "%41", "a#b?c", "con", "{x}", "*", "\u2028", "\u202egnp", "a.png", "a"],
  // 255 bytes is what file systems hold; the temporary's name must not be longer for it.
  ...["x".repeat(246), "\u00e9".repeat(123)],
];

Deno.test({
  name: "inpaint keeps the strangest names, in JSON, ledger and page as well",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    withTempDir(async (folder) => {
      const at = (...parts: string[]) => join(folder, ...parts);
      const bytes = await writePicture(at("in/a.png"), photo(24, 20));
      await writePicture(at("mask.png"), maskPicture(24, 20, middle(24, 20)));
      const files = NAMES.map((name) => `${name}.png`).sort();
      for (const name of files) await Deno.writeFile(at("in", name), bytes);
      const inpaint = (...args: string[]) =>
        runCli(["inpaint", "--method", "mean", "-q", ...args, "-m", "mask.png"], { cwd: folder });

      const first = await inpaint("in", "-o", "out", "--json", "--report", "run.html");
      assertExit(first, 0);
      assert.equal(first.stderr, "");
      const rows = jsonLines(first);
      assert.deepEqual(rows.map(({ output }) => output).sort(), files.map((name) => `out/${name}`));
      assert.deepEqual((await listResults(at("out"))).sort(), files);
      const page = await Deno.readTextFile(at("run.html"));
      assert.ok(!page.includes("<script>alert"), "a name became markup");

      // The ledger has one line for each, and finds them all again.
      const second = await inpaint("in", "-o", "out", "--json");
      assertExit(second, 0);
      assert.ok(jsonLines(second).every(({ status }) => status === "done before"));
      const report = await runCli(["report", "out", "-o", "-", "-q"], { cwd: folder });
      assertExit(report, 0);
      assert.ok(!stdoutText(report).includes("<script>alert"));
      assert.ok(stdoutText(report).includes("&lt;script&gt;alert(1)&lt;.png"));

      // One line for each error, and nothing in it that a terminal would obey.
      await Deno.writeFile(at("in/a.png"), await writePicture(at("b.png"), photo(24, 20, () => 9)));
      for (const name of files) await Deno.writeTextFile(at("out", name), "mine");
      const third = await inpaint("in", "-o", "out");
      assertExit(third, 1);
      const lines = third.stderr.split("\n").filter((line) => !line.startsWith("hint: "));
      assert.equal(lines.length - 1, files.length, third.story);
      for (const line of lines.slice(0, -1)) {
        assert.match(line, /^error: Cannot write "out\/.*": it exists and was changed/s);
      }
      assert.equal(printable(third.stderr), third.stderr);
    }),
});

Deno.test("inpaint takes a name that begins with a dash behind --", () =>
  withTempDir(async (folder) => {
    const at = (...parts: string[]) => join(folder, ...parts);
    await writePicture(at("-q.png"), photo(24, 20));
    await writePicture(at("mask.png"), maskPicture(24, 20, middle(24, 20)));
    const flags = ["inpaint", "--method", "mean", "-m", "mask.png"];
    const result = await runCli([...flags, "-o", "out/", "--", "-q.png"], { cwd: folder });
    assertExit(result, 0);
    assert.deepEqual(await listResults(at("out")), ["-q.png"]);
  }));

Deno.test({
  name: "inpaint fails one picture whose result has too long a name, and does the others",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withTempDir(async (folder) => {
      const at = (...parts: string[]) => join(folder, ...parts);
      const long = "x".repeat(246);
      await writePicture(at("in", `${long}.png`), photo(24, 20));
      await writePicture(at("in/a.png"), photo(24, 20));
      await writePicture(at("mask.png"), maskPicture(24, 20, middle(24, 20)));
      const result = await runCli(
        ["inpaint", "--method", "mean", "in", "-m", "mask.png", "-o", "out", "--suffix", "_filled"],
        { cwd: folder },
      );
      assertExit(result, 1);
      assert.match(
        result.stderr,
        /^error: Cannot write "out\/x+_filled.png": file name too long$/m,
      );
      assert.deepEqual(await listResults(at("out")), ["a_filled.png"]);
    }),
});
