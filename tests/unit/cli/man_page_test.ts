import assert from "node:assert/strict";
import { COMMANDS } from "../../../src/cli/commands_table.ts";
import { FLAGS } from "../../../src/cli/flags.ts";
import { manPage } from "../../../src/cli/man_page.ts";
import { hasProgram } from "../../support/shell.ts";

const PAGE = manPage("1.2.3");

Deno.test("manPage() has the sections of a manual page, every command and every flag", () => {
  assert.match(PAGE, /^\.TH PCONV 1 "" "pconv 1\.2\.3" "User Commands"\n/);
  assert.deepEqual(PAGE.match(/^\.SH .*$/gm), [
    ".SH NAME",
    ".SH SYNOPSIS",
    ".SH DESCRIPTION",
    ".SH COMMANDS",
    ".SH GENERAL FLAGS",
    ".SH EXIT STATUS",
    ".SH ENVIRONMENT",
    ".SH FILES",
    ".SH EXAMPLES",
    ".SH SEE ALSO",
  ]);
  for (const { name } of COMMANDS) assert.ok(PAGE.includes(`\n.SS "pconv ${name}"\n`), name);
  for (const { name } of FLAGS) {
    assert.ok(PAGE.includes(`\\fB\\-\\-${name.replaceAll("-", "\\-")}\\fR`), name);
  }
});

Deno.test("manPage() says of a command that has the flags of another", () => {
  assert.ok(PAGE.includes("\nIt takes the flags of \\fBpconv train\\fR.\n"));
});

Deno.test("manPage() keeps roff from reading text as commands", () => {
  for (const line of PAGE.trimEnd().split("\n")) {
    assert.match(line, /^(?:[^.']|\.(?:TH|SH|SS|TP|PP|br|nh|ad|I)(?: |$))/, line);
    assert.doesNotMatch(line, /[^\x20-\x7e]/, line);
    assert.doesNotMatch(line, /`/, line);
  }
});

Deno.test({
  name: "manPage() is read by groff without a warning (needs groff)",
  ignore: !await hasProgram("groff"),
  fn: async () => {
    const groff = new Deno.Command("groff", {
      args: ["-man", "-Tutf8", "-ww", "-rLL=80n"],
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const writer = groff.stdin.getWriter();
    const fed = writer.write(new TextEncoder().encode(PAGE)).then(() => writer.close());
    const { success, stdout, stderr } = await groff.output();
    await fed;
    assert.equal(new TextDecoder().decode(stderr), "");
    assert.ok(success);
    // deno-lint-ignore no-control-regex -- bold and underlined, as terminals take it
    const text = new TextDecoder().decode(stdout).replace(/\x1b\[[0-9;]*m|.\x08/g, "");
    assert.match(text, /\n +-w, --weights NAME\|FILE\n/);
  },
});
