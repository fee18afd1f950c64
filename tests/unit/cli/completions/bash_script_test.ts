import assert from "node:assert/strict";
import { bashScript } from "../../../../src/cli/completions/bash_script.ts";
import { completionTable } from "../../../../src/cli/completions/completion_table.ts";
import { hasProgram, runScript } from "../../../support/shell.ts";
import { withTempDir } from "../../../support/temp_dir.ts";

const SCRIPT = bashScript(completionTable({ weightsNames: ["pconv-lite", "conv-lite"] }));

/** Words of a line as bash cuts them, the last one under the cursor, to what it offers, sorted. */
const CASES: readonly (readonly [words: readonly string[], offers: readonly string[]])[] = [
  [["pconv", "inp"], ["inpaint"]],
  [["pconv", "--v"], ["--version"]],
  [["pconv", "weights", "inf"], ["info"]],
  [["pconv", "masks", ""], ["--help", "generate", "inspect"]],
  [["pconv", "help", "doc"], ["doctor"]],
  [["pconv", "inpaint", "--devi"], ["--device"]],
  [["pconv", "masks", "inspect", "--con"], ["--contact-sheet"]],
  [["pconv", "inpaint", "a.jpg", "--device", ""], ["auto", "cpu", "gpu"]],
  [["pconv", "inpaint", "a.jpg", "--device", "="], ["auto", "cpu", "gpu"]],
  [["pconv", "inpaint", "a.jpg", "--device", "=", "g"], ["gpu"]],
  [["pconv", "inpaint", "-w", "conv"], ["conv-lite"]],
  [["pconv", "inpaint", "--mask", "a"], ["a b.png", "a.jpg", "alpha"]],
  [["pconv", "inpaint", "s"], ["sub"]],
  [["pconv", "train", "--images", ""], ["sub"]],
  [["pconv", "completions", ""], ["bash", "fish", "zsh"]],
  [["pconv", "inpaint", "--seed", ""], []],
  [["pconv", "doctor", ""], []],
  [["pconv", "bogus", ""], []],
];

Deno.test({
  name: "bashScript() offers what can stand under the cursor (needs bash)",
  ignore: !await hasProgram("bash"),
  fn: () =>
    withTempDir(async (folder) => {
      await Deno.writeTextFile(`${folder}/a b.png`, "");
      await Deno.writeTextFile(`${folder}/a.jpg`, "");
      await Deno.mkdir(`${folder}/sub`);
      const quoted = (word: string) => `'${word}'`;
      const lines = CASES.map(([words]) => `offer ${words.map(quoted).join(" ")}`);
      const offer = `offer() {
        COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 )); _pconv; printf '%s\\t' "\${COMPREPLY[@]}"; echo
      }`;
      const out = await runScript("bash", [SCRIPT, offer, ...lines].join("\n"), folder);
      const offers = out.trimEnd().split("\n").map((line) =>
        line.split("\t").filter((word) => word !== "").sort()
      );
      CASES.forEach(([words, expected], i) => {
        assert.deepEqual(offers[i] ?? [], expected, words.join(" "));
      });
      assert.equal(
        await runScript("bash", `${SCRIPT}\ncomplete -p pconv`, folder),
        "complete -F _pconv pconv\n",
      );
    }),
});

Deno.test("bashScript() uses nothing that bash 3.2 of macOS lacks", () => {
  const code = SCRIPT.replace(/^ *#.*$/gm, "").replace("compopt -o filenames 2>/dev/null", "");
  assert.doesNotMatch(code, /\b(?:mapfile|readarray|compopt|declare -A|local -n)\b/);
});
