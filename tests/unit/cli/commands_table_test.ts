import assert from "node:assert/strict";
import {
  type Command,
  COMMANDS,
  commandsOf,
  findCommand,
  GROUPS,
  isGroup,
} from "../../../src/cli/commands_table.ts";
import { parse } from "../../../src/cli/parse.ts";

const ALL: readonly Command[] = COMMANDS;

Deno.test("COMMANDS have unique names and full entries", () => {
  assert.equal(new Set(ALL.map(({ name }) => name)).size, ALL.length);
  for (const { name, summary, usage, examples } of ALL) {
    assert.match(summary, /^[A-Z].*[^.]$/, name);
    assert.ok(summary.length < 60, `${name}: summary is ${summary.length} long`);
    assert.ok(usage.length > 0 && usage.every((line) => line.startsWith(name)), name);
    assert.ok(examples.length >= 3 && examples.length <= 4, `${name}: ${examples.length} examples`);
  }
});

Deno.test("COMMANDS have examples that parse as commands of that name", () => {
  for (const { name, examples } of ALL) {
    for (const { line } of examples) {
      const [program, ...words] = line.split(/ [<>] /)[0]!.split(" ");
      assert.equal(program, "pconv");
      const invocation = parse(words);
      assert.ok(invocation.kind === "run", line);
      assert.equal(invocation.parsed.command, name);
    }
  }
});

Deno.test("GROUPS have a line each, and no command has the name of one", () => {
  for (const [group, summary] of Object.entries(GROUPS)) {
    assert.match(summary, /^[A-Z].*[^.]$/, group);
    assert.equal(findCommand(group), undefined);
  }
});

Deno.test("commandsOf() and isGroup() go by the first of two words", () => {
  assert.ok(commandsOf("masks").some(({ name }) => name === "masks generate"));
  assert.ok(commandsOf("masks").every(({ name }) => name.startsWith("masks ")));
  assert.deepEqual(["masks", "doctor", "toString"].map(isGroup), [true, false, false]);
});

Deno.test("findCommand() finds a command by its exact name", () => {
  assert.equal(findCommand("train")?.name, "train");
  assert.equal(findCommand("Train"), undefined);
});
