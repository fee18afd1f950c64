import assert from "node:assert/strict";
import fc from "fast-check";
import { readJson } from "../../../src/cli/json_text.ts";

const VALID = [
  "{}",
  "[]",
  " \n{ } ",
  '{"a": 1, "b": [true, false, null, -0, 1.5e-3, "x\\n\\u00e9\\"\\\\/"], "c": {"d": {}}}',
  '{"__proto__": {"x": 1}}',
  "17",
];

for (const text of VALID) {
  Deno.test(`readJson() reads ${JSON.stringify(text)} as JSON.parse does`, () => {
    assert.deepEqual(readJson(text), { isValid: true, value: JSON.parse(text), repeated: [] });
  });
}

Deno.test("readJson() agrees with JSON.parse on any value, however it is laid out", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 1, "\t"), (value, space) => {
      const text = JSON.stringify(value, undefined, space);
      const read = readJson(text);
      assert.deepEqual(read.isValid && read.value, JSON.parse(text));
    }),
    { seed: 1 },
  );
});

Deno.test("readJson() accepts a damaged text if and only if JSON.parse does", () => {
  const text = '{"a": [1, 2.5e1, "x\\n"], "b": {"c": null}, "d": true}';
  const accepts = (read: () => unknown) => {
    try {
      read();
      return true;
    } catch {
      return false;
    }
  };
  const signs = fc.constantFrom("", ",", '"', "}", "]", ":", "0", "-", "\\", "\n", "e", " ", "{");
  fc.assert(
    fc.property(fc.nat(text.length), fc.nat(2), signs, (at, length, sign) => {
      const damaged = text.slice(0, at) + sign + text.slice(at + length);
      assert.equal(readJson(damaged).isValid, accepts(() => JSON.parse(damaged)), damaged);
    }),
    { seed: 1, numRuns: 2000 },
  );
});

/** Text, line, column, what is there, what must be. */
const MISTAKES: readonly (readonly [string, number, number, string, string])[] = [
  ["", 1, 1, "the end of the file", "a value"],
  ['{\n  "steps": 5,\n}', 3, 1, '"}"', "a key in double quotes"],
  ['{\n  "steps": 5\n  "seed": 1\n}', 3, 3, '"\\""', '"," or "}"'],
  ['{"steps" 5}', 1, 10, '"5"', '":"'],
  ["{steps: 5}", 1, 2, '"s"', "a key in double quotes"],
  ["{'steps': 5}", 1, 2, '"\'"', "a key in double quotes"],
  ['{"steps": 5', 1, 12, "the end of the file", '"," or "}"'],
  ['{"maskRatio": [0.1 0.2]}', 1, 20, '"0"', '"," or "]"'],
  ['{"images": "a\nb"}', 1, 14, '"\\n"', "a closing quote"],
  ['{"images": "C:\\photos"}', 1, 15, '"\\\\"', "a closing quote"],
  ['{"images": photos}', 1, 12, '"p"', "a value"],
  ['// my run\n{"steps": 5}', 1, 1, '"/"', "a value"],
  ["{} {}", 1, 4, '"{"', "the end of the file"],
  ['{"é😀": 😀}', 1, 8, '"😀"', "a value"],
];

for (const [text, line, column, found, wanted] of MISTAKES) {
  Deno.test(`readJson() finds the mistake in ${JSON.stringify(text)}`, () => {
    assert.deepEqual(readJson(text), { isValid: false, line, column, found, wanted });
  });
}

Deno.test("readJson() lists keys that come twice and keeps the last value", () => {
  assert.deepEqual(readJson('{"a": 1,\n "b": {"a": 2, "a": 3},\n "a": 4}'), {
    isValid: true,
    value: { a: 4, b: { a: 3 } },
    repeated: [{ key: "a", line: 2, column: 16 }, { key: "a", line: 3, column: 2 }],
  });
});

Deno.test("readJson() reads a hundred levels and no more, so that no text overflows the stack", () => {
  const deep = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
  assert.ok(readJson(deep(100)).isValid);
  assert.ok(readJson(`[${'{"a":[]},'.repeat(200)}1]`).isValid);
  assert.deepEqual(readJson(deep(200_000)), {
    isValid: false,
    line: 1,
    column: 101,
    found: '"["',
    wanted: "at most 100 levels deep",
  });
});

Deno.test("readJson() skips a byte order mark", () => {
  assert.deepEqual(readJson("\ufeff["), {
    isValid: false,
    line: 1,
    column: 2,
    found: "the end of the file",
    wanted: "a value",
  });
  assert.deepEqual(readJson("\ufeff[1]"), { isValid: true, value: [1], repeated: [] });
});
