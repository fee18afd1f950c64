/**
 * JSON that a person wrote: as `JSON.parse`, but with the place of the mistake and of keys that come twice.
 * @module
 */

/** Where something is in a text, both from 1; columns count characters. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** A value, or what is wrong with the text. */
export type ReadJson =
  | {
    readonly isValid: true;
    readonly value: unknown;
    /** Keys that an object holds twice; its last value counts, as in `JSON.parse`. */
    readonly repeated: readonly (TextPlace & { readonly key: string })[];
  }
  | (TextPlace & {
    readonly isValid: false;
    /** The character there in quotes, or "the end of the file". */
    readonly found: string;
    /** What must be there. */
    readonly wanted: string;
  });

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// Everything of a string but the closing quote, so that the end of a match is the mistake.
// deno-lint-ignore no-control-regex
const STRING_START = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y;
const WORDS: readonly (readonly [string, unknown])[] = [
  ["true", true],
  ["false", false],
  ["null", null],
];

/** Objects and lists within each other, at most: more is no config, and would end in an error of the runtime. */
const MOST_LEVELS = 100;

class Mistake extends Error {
  constructor(readonly at: number, readonly wanted: string) {
    super(wanted);
  }
}

/** Reads a text as JSON, RFC 8259; a byte order mark is skipped. */
export function readJson(written: string): ReadJson {
  const text = written.replace(/^\ufeff/, "");
  const repeated: { key: string; at: number }[] = [];
  let at = 0;

  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  const skip = (sign: string): boolean => {
    match(SPACE);
    if (text[at] !== sign) return false;
    at += 1;
    match(SPACE);
    return true;
  };
  const readString = (wanted: string): string => {
    const start = at;
    if (match(STRING_START) === undefined) throw new Mistake(at, wanted);
    if (text[at] !== '"') throw new Mistake(at, "a closing quote");
    at += 1;
    return JSON.parse(text.slice(start, at));
  };
  const readObject = (): unknown => {
    const entries = new Map<string, unknown>();
    if (skip("}")) return {};
    do {
      const keyAt = at;
      const key = readString("a key in double quotes");
      if (!skip(":")) throw new Mistake(at, '":"');
      if (entries.has(key)) repeated.push({ key, at: keyAt });
      entries.set(key, readValue());
    } while (skip(","));
    if (!skip("}")) throw new Mistake(at, '"," or "}"');
    return Object.fromEntries(entries);
  };
  const readList = (): unknown[] => {
    const values: unknown[] = [];
    if (skip("]")) return values;
    do values.push(readValue()); while (skip(","));
    if (!skip("]")) throw new Mistake(at, '"," or "]"');
    return values;
  };
  let levels = 0;
  const deeper = <T>(start: number, read: () => T): T => {
    if (++levels > MOST_LEVELS) throw new Mistake(start, `at most ${MOST_LEVELS} levels deep`);
    const value = read();
    levels--;
    return value;
  };
  const readValue = (): unknown => {
    match(SPACE);
    const start = at;
    if (skip("{")) return deeper(start, readObject);
    if (skip("[")) return deeper(start, readList);
    if (text[at] === '"') return readString("a text");
    const word = WORDS.find(([word]) => text.startsWith(word, at));
    if (word !== undefined) {
      at += word[0].length;
      return word[1];
    }
    const digits = match(NUMBER);
    if (digits === undefined) throw new Mistake(at, "a value");
    return Number(digits);
  };

  try {
    const value = readValue();
    match(SPACE);
    if (at < text.length) throw new Mistake(at, "the end of the file");
    return {
      isValid: true,
      value,
      repeated: repeated.map(({ key, at }) => ({ key, ...placeOf(text, at) })),
    };
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    const sign = String.fromCodePoint(text.codePointAt(error.at) ?? 0);
    const found = error.at < text.length ? JSON.stringify(sign) : "the end of the file";
    return { isValid: false, ...placeOf(text, error.at), found, wanted: error.wanted };
  }
}

function placeOf(text: string, at: number): TextPlace {
  const before = text.slice(0, at).split("\n");
  return { line: before.length, column: [...before.at(-1)!].length + 1 };
}
