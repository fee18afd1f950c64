import assert from "node:assert/strict";
import { COMMANDS } from "../../../../src/cli/commands_table.ts";
import { completionTable } from "../../../../src/cli/completions/completion_table.ts";
import { flagsOf } from "../../../../src/cli/flags.ts";

const TABLE = completionTable({ weightsNames: ["small", "large"] });

function commandOf(name: string) {
  return TABLE.commands.find((command) => command.name === name)!;
}

function valueOf(command: string, flag: string) {
  return commandOf(command).flags.find((entry) => entry.flag.name === flag)!.value;
}

Deno.test("completionTable() has every command with every flag", () => {
  assert.deepEqual(TABLE.commands.map(({ name }) => name), COMMANDS.map(({ name }) => name));
  for (const { name, flags } of TABLE.commands) {
    assert.deepEqual(
      flags.map(({ flag }) => flag.name).sort(),
      flagsOf(name).map((flag) => flag.name).sort(),
    );
  }
});

Deno.test("completionTable() has a word for each command of one word and each group, and help", () => {
  const words = TABLE.first.map(({ word }) => word);
  assert.equal(new Set(words).size, words.length);
  for (const word of ["inpaint", "masks", "weights", "help"]) assert.ok(words.includes(word), word);
  assert.ok(words.every((word) => !word.includes(" ")));
  assert.deepEqual(TABLE.groups.get("masks")!.map(({ word }) => word), ["generate", "inspect"]);
});

Deno.test("completionTable() reads from flags what may follow them", () => {
  assert.deepEqual(valueOf("inpaint", "device"), { words: ["auto", "gpu", "cpu"], paths: "none" });
  assert.deepEqual(valueOf("inpaint", "context"), { words: ["auto"], paths: "none" });
  assert.deepEqual(valueOf("inpaint", "tile"), { words: [], paths: "none" });
  assert.deepEqual(valueOf("inpaint", "mask"), { words: ["alpha"], paths: "files" });
  assert.deepEqual(valueOf("inpaint", "output"), { words: ["-"], paths: "files" });
  assert.deepEqual(valueOf("inpaint", "weights"), { words: ["small", "large"], paths: "files" });
  assert.deepEqual(valueOf("inpaint", "report"), { words: [], paths: "files" });
  assert.deepEqual(valueOf("train", "images"), { words: [], paths: "folders" });
  assert.deepEqual(valueOf("train", "validation"), { words: ["auto", "none"], paths: "folders" });
  assert.deepEqual(valueOf("eval", "methods"), { words: [], paths: "none" });
  assert.equal(valueOf("inpaint", "quiet"), undefined);
});

Deno.test("completionTable() reads from commands what their arguments may be", () => {
  assert.deepEqual(commandOf("inpaint").arguments, { words: [], paths: "files" });
  assert.deepEqual(commandOf("doctor").arguments, { words: [], paths: "none" });
  assert.deepEqual(commandOf("completions").arguments, {
    words: ["bash", "zsh", "fish"],
    paths: "none",
  });
  assert.deepEqual(commandOf("weights info").arguments, {
    words: ["small", "large"],
    paths: "files",
  });
});
