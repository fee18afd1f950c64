import assert from "node:assert/strict";
import type { Flag, ValueFlag } from "../../../src/cli/flag.ts";
import {
  defaultText,
  meantText,
  oneOf,
  readFlag,
  readValue,
  wordsOf,
} from "../../../src/cli/flag_value.ts";

const BASE = { name: "x", value: "X", commands: ["doctor"], category: "Data", help: "H" } as const;

function accepts(flag: ValueFlag, text: string, value: unknown): void {
  assert.deepEqual(readValue(flag, text), { isValid: true, value });
}

function refuses(flag: ValueFlag, text: string, problem: string): void {
  assert.deepEqual(readValue(flag, text), { isValid: false, problem });
}

Deno.test("readValue() takes any text but the empty one for a string", () => {
  const flag: ValueFlag = { ...BASE, kind: "string", value: "FILE|DIR" };
  accepts(flag, "-odd name=.png", "-odd name=.png");
  refuses(flag, "", '--x must be FILE|DIR: got ""');
});

Deno.test("readValue() takes a choice as it is spelt", () => {
  const flag: ValueFlag = { ...BASE, kind: "choice", choices: ["png", "jpeg", "webp"] };
  accepts(flag, "jpeg", "jpeg");
  refuses(flag, "tiff", '--x must be png, jpeg or webp: got "tiff"');
  refuses(flag, "", '--x must be png, jpeg or webp: got ""');
});

Deno.test("readValue() says which choice may have been meant", () => {
  const flag: ValueFlag = { ...BASE, kind: "choice", choices: ["telea", "mean"] };
  refuses(flag, "telia", '--x must be telea or mean: got "telia", did you mean "telea"?');
  refuses(flag, "MEAN", '--x must be telea or mean: got "MEAN", did you mean "mean"?');
});

Deno.test("readValue() takes another spelling for the choice that it means", () => {
  const flag: ValueFlag = {
    ...BASE,
    kind: "choice",
    choices: ["png", "jpeg"],
    aliases: { jpg: "jpeg" },
  };
  accepts(flag, "jpg", "jpeg");
  refuses(flag, "toString", '--x must be png or jpeg: got "toString"');
});

Deno.test("wordsOf() gives the words that a value may be", () => {
  assert.deepEqual(wordsOf({ ...BASE, kind: "choice", choices: ["a", "b"] }), ["a", "b"]);
  assert.deepEqual(wordsOf({ ...BASE, kind: "integer", words: ["auto"] }), ["auto"]);
  assert.deepEqual(wordsOf({ ...BASE, kind: "number" }), []);
  assert.deepEqual(wordsOf({ ...BASE, kind: "string" }), []);
});

Deno.test("meantText() is empty where no word is near", () => {
  assert.equal(meantText("atuo", ["auto"]), ', did you mean "auto"?');
  assert.equal(meantText("seven", ["auto"]), "");
  assert.equal(meantText("", ["a"]), "");
});

Deno.test("readValue() takes whole numbers within limits", () => {
  const flag: ValueFlag = { ...BASE, kind: "integer", min: 1, max: 16 };
  accepts(flag, "1", 1);
  accepts(flag, "16", 16);
  for (const text of ["many", "0", "17", "-3", "2.5", "1e1", "0x8", " 4", ""]) {
    refuses(flag, text, `--x must be a whole number from 1 to 16: got "${text}"`);
  }
});

Deno.test("readValue() refuses a whole number that a double cannot hold", () => {
  const flag: ValueFlag = { ...BASE, kind: "integer", min: 0 };
  accepts(flag, "9007199254740991", 9007199254740991);
  refuses(
    flag,
    "9007199254740993",
    '--x must be a whole number of at least 0: got "9007199254740993"',
  );
});

Deno.test("readValue() takes words in place of a number", () => {
  const flag: ValueFlag = { ...BASE, kind: "integer", max: 9, words: ["auto"] };
  accepts(flag, "auto", "auto");
  accepts(flag, "-7", -7);
  refuses(
    flag,
    "Auto",
    '--x must be auto or a whole number of at most 9: got "Auto", did you mean "auto"?',
  );
});

Deno.test("readValue() takes decimals with an exponent", () => {
  const flag: ValueFlag = { ...BASE, kind: "number", min: 1e-9, max: 1 };
  accepts(flag, "2e-4", 2e-4);
  accepts(flag, ".5", 0.5);
  accepts(flag, "1.", 1);
  for (const text of ["0", "NaN", "Infinity", "2e", "1,5"]) {
    refuses(flag, text, `--x must be a number from 1e-9 to 1: got "${text}"`);
  }
  accepts({ ...BASE, kind: "number" }, "-1.5", -1.5);
  refuses({ ...BASE, kind: "number" }, "1e999x", '--x must be a number: got "1e999x"');
});

Deno.test("readValue() takes a name and a number for a pair", () => {
  const flag: ValueFlag = { ...BASE, kind: "pair", value: "NAME=WEIGHT", min: 0, max: 9 };
  accepts(flag, "style-out=0.5", { name: "style-out", number: 0.5 });
  accepts(flag, "any name=9", { name: "any name", number: 9 });
  for (const text of ["hole", "hole=", "=5", "hole=-1", "hole=10", "hole=a", "a=b=1", "hole =x"]) {
    refuses(
      flag,
      text,
      `--x must be NAME=WEIGHT, a name and a number from 0 to 9: got "${text}"`,
    );
  }
});

Deno.test("readValue() takes a range of whole numbers", () => {
  const flag: ValueFlag = {
    ...BASE,
    kind: "range",
    value: "LO,HI",
    min: 0,
    max: 50,
    isWhole: true,
  };
  accepts(flag, "9,49", [9, 49]);
  refuses(
    flag,
    "9,49.5",
    '--x must be LO,HI, two whole numbers in rising order from 0 to 50: got "9,49.5"',
  );
});

Deno.test("readValue() takes a range in rising order", () => {
  const flag: ValueFlag = { ...BASE, kind: "range", value: "LO,HI", min: 0, max: 1 };
  accepts(flag, "0.1,0.2", [0.1, 0.2]);
  accepts(flag, "0.5,0.5", [0.5, 0.5]);
  for (const text of ["0.2,0.1", "0.1", "0.1,0.2,0.3", "0.1,1.5", "-1,1", "a,b", ","]) {
    refuses(
      flag,
      text,
      `--x must be LO,HI, two numbers in rising order from 0 to 1: got "${text}"`,
    );
  }
});

Deno.test("readValue() takes a size in pixels", () => {
  const flag: ValueFlag = { ...BASE, kind: "size", value: "WxH", min: 16, max: 100 };
  accepts(flag, "16x100", { width: 16, height: 100 });
  for (const text of ["512", "15x20", "20x101", "20x-20", "20x20x20"]) {
    refuses(flag, text, `--x must be WxH, two whole numbers from 16 to 100: got "${text}"`);
  }
});

Deno.test("readFlag() gives a list for a repeatable flag", () => {
  const flag: Flag = { ...BASE, kind: "integer", repeatable: true };
  assert.deepEqual(readFlag(flag, ["1", "2"]), { isValid: true, value: [1, 2] });
  assert.deepEqual(readFlag(flag, undefined), { isValid: true, value: [] });
  assert.deepEqual(readFlag(flag, ["1", "b"]), {
    isValid: false,
    problem: '--x must be a whole number: got "b"',
  });
});

Deno.test("readFlag() gives value, default or undefined, and misses what is required", () => {
  const flag: Flag = { ...BASE, kind: "integer", default: 7 };
  assert.deepEqual(readFlag(flag, ["1"]), { isValid: true, value: 1 });
  assert.deepEqual(readFlag(flag, undefined), { isValid: true, value: 7 });
  assert.deepEqual(readFlag({ ...BASE, kind: "string" }, undefined), {
    isValid: true,
    value: undefined,
  });
  assert.deepEqual(readFlag({ ...BASE, kind: "string", required: true }, undefined), {
    isValid: false,
    problem: "Missing --x X",
  });
  // Given without a value is told by the scanner.
  assert.deepEqual(readFlag({ ...BASE, kind: "string", required: true }, []), {
    isValid: true,
    value: undefined,
  });
});

Deno.test("readFlag() gives true or false for a boolean flag", () => {
  assert.deepEqual(readFlag({ ...BASE, kind: "boolean" }, []), { isValid: true, value: true });
  assert.deepEqual(readFlag({ ...BASE, kind: "boolean" }, undefined), {
    isValid: true,
    value: false,
  });
});

Deno.test("defaultText() writes a default as the user would", () => {
  const of = (flag: Flag) => defaultText(flag);
  assert.equal(of({ ...BASE, kind: "range", min: 0, max: 1, default: [0.1, 0.2] }), "0.1,0.2");
  const size = { width: 5, height: 6 };
  assert.equal(of({ ...BASE, kind: "size", min: 1, max: 9, default: size }), "5x6");
  assert.equal(of({ ...BASE, kind: "integer", default: 7 }), "7");
  assert.equal(of({ ...BASE, kind: "string", defaultText: "the recipe's" }), "the recipe's");
  assert.equal(of({ ...BASE, kind: "string" }), undefined);
  assert.equal(of({ ...BASE, kind: "boolean" }), undefined);
});

Deno.test("oneOf() joins words", () => {
  assert.equal(oneOf(["a"]), "a");
  assert.equal(oneOf(["a", "b"]), "a or b");
  assert.equal(oneOf(["a", "b", "c"]), "a, b or c");
});
