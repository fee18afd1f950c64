/**
 * Text of a flag's value to the value, and the words that say what it must be.
 * @module
 */
import { closestName } from "../edit_distance.ts";
import type { Flag, ValueFlag } from "./flag.ts";

/** A value, or what is wrong with its text. */
export type ReadValue =
  | { readonly isValid: true; readonly value: unknown }
  | { readonly isValid: false; readonly problem: string };

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const WHOLE = /^[+-]?\d+$/;

/**
 * Reads the text of a flag's value.
 * @returns The value in the flag's type, or a problem such as
 * `--workers must be a whole number from 1 to 16: got "many"`, with `, did you mean "telea"?` behind it where a
 * word that is allowed is near.
 */
export function readValue(flag: ValueFlag, text: string): ReadValue {
  const value = text === "" ? undefined : convert(flag, text);
  return value === undefined
    ? {
      isValid: false,
      problem: `--${flag.name} must be ${expectation(flag)}: got ${JSON.stringify(text)}` +
        meantText(text, wordsOf(flag)),
    }
    : { isValid: true, value };
}

/**
 * Reads what was typed of one flag, if anything.
 *
 * @param texts Its raw values in the order given; undefined if the flag was not given.
 * @returns The option: true or false, the value or default (undefined if there is neither), or a list for a
 * repeatable flag.
 */
export function readFlag(flag: Flag, texts: readonly string[] | undefined): ReadValue {
  if (flag.kind === "boolean") return { isValid: true, value: texts !== undefined };
  if (texts === undefined && flag.required) {
    return { isValid: false, problem: `Missing --${flag.name} ${flag.value}` };
  }
  const values: unknown[] = [];
  for (const text of texts ?? []) {
    const read = readValue(flag, text);
    if (!read.isValid) return read;
    values.push(read.value);
  }
  if (flag.repeatable) return { isValid: true, value: values };
  return { isValid: true, value: texts === undefined ? flag.default : values[0] };
}

/** The default of a flag as a user would read it, or undefined if there is none to tell. */
export function defaultText(flag: Flag): string | undefined {
  if (flag.defaultText !== undefined) return flag.defaultText;
  if (flag.kind === "boolean" || flag.default === undefined) return undefined;
  if (flag.kind === "range") return flag.default.join(",");
  if (flag.kind === "size") return `${flag.default.width}x${flag.default.height}`;
  return String(flag.default);
}

/** The words that a flag's value may be, in place of anything else: choices, "auto" of a number. */
export function wordsOf(flag: ValueFlag): readonly string[] {
  if (flag.kind === "choice") return flag.choices;
  return flag.kind === "integer" || flag.kind === "number" ? flag.words ?? [] : [];
}

/** `, did you mean "telea"?` if a word is near the text, else "". */
export function meantText(text: string, words: readonly string[]): string {
  const closest = text === "" ? undefined : closestName(text, words);
  return closest === undefined ? "" : `, did you mean "${closest}"?`;
}

/** Joins words as in "a, b or c". */
export function oneOf(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

function convert(flag: ValueFlag, text: string): unknown {
  switch (flag.kind) {
    case "string":
      return text;
    case "choice":
      if (flag.choices.includes(text)) return text;
      return flag.aliases !== undefined && Object.hasOwn(flag.aliases, text)
        ? flag.aliases[text]
        : undefined;
    case "integer":
      if (flag.words?.includes(text)) return text;
      return WHOLE.test(text) && Number.isSafeInteger(Number(text))
        ? within(Number(text), flag)
        : undefined;
    case "number":
      if (flag.words?.includes(text)) return text;
      return DECIMAL.test(text) ? within(Number(text), flag) : undefined;
    case "range": {
      const parts = text.split(",");
      const [low, high] = parts.map((part) =>
        (flag.isWhole ? WHOLE : DECIMAL).test(part) ? within(Number(part), flag) : undefined
      );
      const isRange = parts.length === 2 && low !== undefined && high !== undefined && low <= high;
      return isRange ? [low, high] : undefined;
    }
    case "pair": {
      const equals = text.indexOf("=");
      const [name, digits] = [text.slice(0, equals), text.slice(equals + 1)];
      const number = DECIMAL.test(digits) ? within(Number(digits), flag) : undefined;
      return equals > 0 && number !== undefined ? { name, number } : undefined;
    }
    case "size": {
      const [, w, h] = /^(\d+)x(\d+)$/i.exec(text) ?? [];
      const width = within(Number(w), flag);
      const height = within(Number(h), flag);
      return width !== undefined && height !== undefined ? { width, height } : undefined;
    }
  }
}

/** The number if it is inside the limits; NaN never is. */
function within(
  value: number,
  { min = -Infinity, max = Infinity }: { min?: number; max?: number },
): number | undefined {
  return value >= min && value <= max ? value : undefined;
}

/** What the value must be, in words: "a whole number from 1 to 16". */
export function expectation(flag: ValueFlag): string {
  switch (flag.kind) {
    case "string":
      return flag.value;
    case "choice":
      return oneOf(flag.choices);
    case "integer":
    case "number": {
      const noun = flag.kind === "integer" ? "a whole number" : "a number";
      return oneOf([...(flag.words ?? []), noun + limits(flag.min, flag.max)]);
    }
    case "range":
      return `${flag.value}, two ${flag.isWhole ? "whole " : ""}numbers in rising order` +
        limits(flag.min, flag.max);
    case "pair":
      return `${flag.value}, a name and a number${limits(flag.min, flag.max)}`;
    case "size":
      return `${flag.value}, two whole numbers${limits(flag.min, flag.max)}`;
  }
}

function limits(min?: number, max?: number): string {
  if (min === undefined) return max === undefined ? "" : ` of at most ${max}`;
  return max === undefined ? ` of at least ${min}` : ` from ${min} to ${max}`;
}
