import assert from "node:assert/strict";
import { readCommandWords } from "../../../src/cli/command_words.ts";
import { UsageError } from "../../../src/errors.ts";

function read(line: string) {
  const words = readCommandWords(line.split(" "));
  return [words.kind === "group" ? words.group : words.command.name, ...words.rest];
}

Deno.test("readCommandWords() takes one word or two", () => {
  assert.deepEqual(read("doctor generate -q"), ["doctor", "generate", "-q"]);
  assert.deepEqual(read("masks generate -o m.png"), ["masks generate", "-o", "m.png"]);
});

Deno.test("readCommandWords() gives the group where no command follows", () => {
  assert.deepEqual(read("masks"), ["masks"]);
  assert.deepEqual(read("masks -o generate"), ["masks", "-o", "generate"]);
  assert.deepEqual(readCommandWords(["masks", ""]), { kind: "group", group: "masks", rest: [""] });
});

Deno.test("readCommandWords() says which command may have been meant", () => {
  const group = 'Run "pconv masks --help" for its commands';
  const all = 'Run "pconv --help" for the commands';
  const cases: readonly (readonly [line: string, message: string, hint: string])[] = [
    [
      "masks genrate",
      'Unknown command "masks genrate": did you mean "masks generate"',
      group,
    ],
    ["mask generate", 'Unknown command "mask generate": did you mean "masks generate"', all],
    ["generate -o m.png", 'Unknown command "generate": did you mean "masks generate"', all],
    ["docter", 'Unknown command "docter": did you mean "doctor"', all],
  ];
  for (const [line, message, hint] of cases) {
    assert.throws(() => read(line), (error) => {
      assert.ok(error instanceof UsageError);
      assert.deepEqual([error.message, error.hint], [message, hint]);
      return true;
    });
  }
  // The word of earlier versions.
  assert.throws(() => read("mask -o m.png"), {
    message: /^Unknown command "mask": did you mean "masks generate"/,
  });
  assert.throws(() => read("masks m.png"), {
    message: /^Unknown command "masks m\.png": must be "masks generate"/,
  });
  assert.throws(() => read("photo.jpg"), {
    message: /^Unknown command "photo\.jpg": must be one of "inpaint", "superres", .*"masks"/,
  });
});
