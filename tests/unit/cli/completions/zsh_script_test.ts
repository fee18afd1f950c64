import assert from "node:assert/strict";
import { completionTable } from "../../../../src/cli/completions/completion_table.ts";
import { zshScript } from "../../../../src/cli/completions/zsh_script.ts";
import { hasProgram, runScript } from "../../../support/shell.ts";
import { withTempDir } from "../../../support/temp_dir.ts";

const SCRIPT = zshScript(completionTable({ weightsNames: ["pconv-lite", "conv-lite"] }));

/** The functions of zsh's completion system say what they are given, in place of a terminal. */
const SYSTEM = `
  compdef() { print -r -- "compdef $*" }
  _describe() { print -rl -- "\${(@P)2}" }
  _arguments() { print -rl -- "$@" }
`;

function complete(folder: string, ...words: readonly string[]): Promise<string> {
  const line = words.map((word) => `'${word}'`).join(" ");
  const call = `words=(${line}); CURRENT=${words.length}; _pconv`;
  return runScript("zsh", [SYSTEM, SCRIPT, call].join("\n"), folder);
}

Deno.test({
  name: "zshScript() hands commands and flags to zsh's completion system (needs zsh)",
  ignore: !await hasProgram("zsh"),
  fn: () =>
    withTempDir(async (folder) => {
      const first = await complete(folder, "pconv", "");
      assert.match(first, /^compdef _pconv pconv\n/);
      assert.match(first, /^inpaint:Fill the holes of photographs$/m);
      const group = await complete(folder, "pconv", "masks", "");
      assert.match(group, /^generate:Make irregular masks from a seed$/m);
      assert.doesNotMatch(group, /inpaint/);
      const inspect = await complete(folder, "pconv", "masks", "inspect", "");
      assert.match(
        inspect,
        /^\(--contact-sheet\)--contact-sheet=\[Write a PNG .*\]:FILE: _pconv_value files$/m,
      );
      const inpaint = await complete(folder, "pconv", "inpaint", "");
      assert.match(
        inpaint,
        /^\(--device\)--device=\[Where to compute\]:.*: _pconv_value none auto gpu cpu$/m,
      );
      assert.match(inpaint, /^\(-w --weights\)-w\[.*: _pconv_value files pconv-lite conv-lite$/m);
      assert.match(inpaint, /^\*:argument: _pconv_value files$/m);
      assert.doesNotMatch(inpaint, /contact-sheet/);
    }),
});

Deno.test("zshScript() keeps brackets and colons of the tables from ending a specification", () => {
  assert.match(SCRIPT, /^#compdef pconv\n/);
  assert.match(SCRIPT, /'\(-m --mask\)-m\[Where the holes are\\: white, or transparent\]:/);
  assert.match(
    SCRIPT,
    /^ +'\*--vary=\[A loss and its weights\\: 60,120 or 0\.05\\:0\.5\\\[\\:log\\\]\]:/m,
  );
});
