import assert from "node:assert/strict";
import { COMMANDS, commandsOf } from "../../../src/cli/commands_table.ts";
import { FLAGS, flagsOf } from "../../../src/cli/flags.ts";
import { commandHelp, groupHelp, optionsSection, programHelp } from "../../../src/cli/help.ts";

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
  for (const { name, summary } of COMMANDS) assert.ok(programHelp().includes(`  ${name}`), summary);
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

/** Lines of a screen; training and evaluation have more flags than fit on one. */
const mostLines = (name: string) =>
  ({ train: 59, finetune: 59, eval: 66, inpaint: 46 })[name] ?? 43;

for (const { name, examples } of COMMANDS) {
  Deno.test(`commandHelp() of ${name} fits a screen, with every flag and example`, () => {
    const text = commandHelp(name);
    assertFits(text, mostLines(name));
    for (const flag of flagsOf(name)) assert.match(text, new RegExp(`^ .*--${flag.name}\\b`, "m"));
    for (const { line } of examples) assert.ok(text.includes(`\n  ${line}\n`), line);
  });
}

Deno.test("commandHelp() lays out flags in two columns with their defaults", () => {
  const text = commandHelp("inpaint");
  assert.ok(
    text.startsWith("pconv inpaint: fill the holes of photographs\n\nUsage: pconv inpaint "),
  );
  assert.ok(text.includes(
    "\n  -m, --mask FILE|DIR|alpha    Where the holes are: white, or transparent\n" +
      "      --invert-mask            Holes are black, or opaque\n",
  ));
  assert.ok(
    text.includes(
      "\n      --quality 1..100         Of JPEG, or of lossy WebP (default: JPEG 95)\n",
    ),
  );
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
