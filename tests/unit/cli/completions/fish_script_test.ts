import assert from "node:assert/strict";
import { completionTable } from "../../../../src/cli/completions/completion_table.ts";
import { fishScript } from "../../../../src/cli/completions/fish_script.ts";
import { hasProgram, runScript } from "../../../support/shell.ts";
import { withTempDir } from "../../../support/temp_dir.ts";

const SCRIPT = fishScript(completionTable({ weightsNames: ["pconv-lite", "conv-lite"] }));

/** A line up to the cursor, to what fish offers, sorted. */
const CASES: readonly (readonly [line: string, offers: readonly string[]])[] = [
  ["pconv inp", ["inpaint"]],
  ["pconv masks ", ["generate", "inspect"]],
  ["pconv help doc", ["doctor"]],
  ["pconv masks inspect --con", ["--contact-sheet"]],
  ["pconv inpaint a.jpg --device ", ["auto", "cpu", "gpu"]],
  ["pconv inpaint a.jpg --device=g", ["--device=gpu"]],
  ["pconv inpaint -w conv", ["conv-lite"]],
  ["pconv inpaint --mask al", ["alpha"]],
  ["pconv inpaint a", ["a b.png", "a.jpg"]],
  ["pconv train --images ", ["sub/"]],
  ["pconv completions ", ["bash", "fish", "zsh"]],
  ["pconv inpaint --seed ", []],
  ["pconv doctor ", []],
];

Deno.test({
  name: "fishScript() offers what can stand under the cursor (needs fish)",
  ignore: !await hasProgram("fish"),
  fn: () =>
    withTempDir(async (folder) => {
      await Deno.writeTextFile(`${folder}/a b.png`, "");
      await Deno.writeTextFile(`${folder}/a.jpg`, "");
      await Deno.mkdir(`${folder}/sub`);
      const lines = CASES.map(([line]) => `complete -C '${line}'; echo =`);
      const out = await runScript("fish", [SCRIPT, ...lines].join("\n"), folder);
      const offers = out.split("=\n").map((text) =>
        text.split("\n").map((line) => line.split("\t")[0]!).filter((word) => word !== "").sort()
      );
      CASES.forEach(([line, expected], i) => assert.deepEqual(offers[i], expected, line));
    }),
});

Deno.test("fishScript() tells what each flag does, with apostrophes kept from ending the text", () => {
  assert.match(SCRIPT, /-l device -r -f -a 'auto gpu cpu' -d 'Where to compute'\n/);
  assert.match(SCRIPT, /-a eval -d 'Score methods as the paper\\'s Table 1 does'\n/);
});
