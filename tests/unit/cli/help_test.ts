import assert from "node:assert/strict";
import { COMMANDS, commandsOf } from "../../../src/cli/commands_table.ts";
import { FLAGS, flagsOf } from "../../../src/cli/flags.ts";
import {
  commandHelp,
  fullHelp,
  groupHelp,
  inCategories,
  optionsSection,
  programHelp,
} from "../../../src/cli/help.ts";

function assertFits(text: string, height: number): void {
  const rows = text.trimEnd().split("\n");
  assert.ok(rows.length <= height, `${rows.length} lines`);
  for (const row of rows) {
    assert.ok(row.length <= 80, row);
    assert.equal(row, row.trimEnd());
  }
}

Deno.test("programHelp() fits 24 lines and names every command", () => {
  assertFits(programHelp(), 24);
  for (const { name } of COMMANDS) {
    // Commands of two words are told of by their group.
    assert.match(programHelp(), new RegExp(`^  ${name.split(" ")[0]}  +[A-Z]`, "m"));
  }
});

Deno.test("groupHelp() fits 24 lines and names the commands of the group alone", () => {
  const text = groupHelp("masks");
  assertFits(text, 24);
  assert.ok(text.startsWith("pconv masks: make masks and look"));
  for (const { name, examples } of commandsOf("masks")) {
    assert.ok(text.includes(`\n  ${name}  `), name);
    assert.ok(text.includes(`\n  ${examples[0]!.line}\n`), name);
  }
  assert.ok(!text.includes("doctor"));
});

for (const { name, examples } of COMMANDS) {
  Deno.test(`commandHelp() of ${name} fits a screen, with every everyday flag and example`, () => {
    const text = commandHelp(name);
    assertFits(text, 40);
    for (const flag of flagsOf(name)) {
      assert.equal(hasFlag(text, flag.name), flag.isRare !== true, flag.name);
    }
    for (const { line } of examples) assert.ok(text.includes(`\n  ${line}\n`), line);
  });

  Deno.test(`commandHelp() of ${name} has every flag and example when it is full`, () => {
    const text = commandHelp(name, { isFull: true });
    assertFits(text, Infinity);
    for (const flag of flagsOf(name)) assert.ok(hasFlag(text, flag.name), flag.name);
    for (const { line } of examples) assert.ok(text.includes(`\n  ${line}\n`), line);
  });
}

/** True if the text has a line about the flag. */
function hasFlag(text: string, name: string): boolean {
  return new RegExp(`^ {2,6}(?:-\\w, )?--${name}(?: |$)`, "m").test(text);
}

Deno.test("commandHelp() tells how many flags it leaves out, and nothing where it leaves out none", () => {
  const rare = flagsOf("train").filter(({ isRare }) => isRare).map(({ name }) => name);
  // Not counted: the flag that shows them, and the one that needs no command.
  const count = rare.filter((name) => !["help-all", "version"].includes(name)).length;
  assert.ok(count > 1);
  assert.ok(commandHelp("train").includes(`\n${count} more flags: pconv train --help-all\n`));
  assert.ok(!commandHelp("train", { isFull: true }).includes("more flags"));
  assert.ok(!commandHelp("doctor").includes("more flag"));
});

Deno.test("commandHelp() has headings when it is full, and one list when it is not", () => {
  const headings = (text: string) => text.match(/^[A-Z][a-z ]*:$/gm);
  assert.deepEqual(headings(commandHelp("sweep")), ["Flags:", "Examples:"]);
  assert.deepEqual(headings(commandHelp("sweep", { isFull: true })), [
    "Data:",
    "Network:",
    "Training:",
    "Output:",
    "General:",
    "Examples:",
  ]);
});

Deno.test("inCategories() keeps every flag of every command", () => {
  for (const { name } of COMMANDS) {
    assert.equal(inCategories(flagsOf(name)).length, flagsOf(name).length, name);
  }
});

Deno.test("fullHelp() is the overview and every command's full help", () => {
  const text = fullHelp();
  assert.ok(text.startsWith(programHelp()));
  for (const { name } of COMMANDS) {
    assert.ok(text.includes(commandHelp(name, { isFull: true })), name);
  }
});

Deno.test("commandHelp() lays out flags in two columns with their defaults", () => {
  const text = commandHelp("inpaint");
  assert.ok(
    text.startsWith("pconv inpaint: fill the holes of photographs\n\nUsage: pconv inpaint "),
  );
  assert.ok(
    text.includes("\n  -m, --mask FILE|DIR|alpha    Where the holes are: white, or transparent\n"),
  );
  assert.ok(
    text.includes("\n      --device auto|gpu|cpu    Where to compute (default: auto)\n"),
  );
});

Deno.test("commandHelp() tells a default that needs a line of its own only when it is full", () => {
  const start = "\n      --method NAME            How to fill: a network or a classical method\n";
  const more = "                               (default: pconv)\n";
  assert.ok(commandHelp("inpaint").includes(start));
  assert.ok(!commandHelp("inpaint").includes(start + more));
  assert.ok(commandHelp("inpaint", { isFull: true }).includes(start + more));
});

Deno.test("optionsSection() has a bullet for every flag and a heading for every command", () => {
  const text = optionsSection();
  for (const flag of FLAGS) assert.match(text, new RegExp(`^- \`.*--${flag.name}\\b`, "m"));
  for (const { name } of COMMANDS) assert.ok(text.includes(`### pconv ${name}\n`));
  assert.ok(text.includes(
    "\n- `--tile PX`: Largest crop side at once (default: 1024). Lower it if memory runs out; ",
  ));
  assert.ok(text.includes("\nIt takes the flags of `pconv train`.\n"));
});

Deno.test("commandHelp() and optionsSection() tell what output means", () => {
  assert.match(
    commandHelp("masks inspect"),
    /\n\nBORDER is N if every hole pixel is at least 50 px x /,
  );
  assert.match(optionsSection(), /\n\nBORDER is N .* from the border, B if not\.\n\n/);
});
