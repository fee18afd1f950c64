/**
 * Strict reading of JSON documents.
 * @module
 */
import { InputError } from "../../errors.ts";

/** Longest piece of a wrong value that a message shows, in characters. */
const MOST_SHOWN = 60;

/** The fields of one object of a document. What is not as asked throws an {@linkcode InputError} of one line. */
export class DocumentFields {
  readonly #subject: string;
  readonly #path: string;
  readonly #values: Readonly<Record<string, unknown>>;

  /**
   * @param subject What is read, for messages: `study key "k.json"`.
   * @param path Where the object stands in it: "" or "trials[3]".
   */
  constructor(subject: string, path: string, value: unknown) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new InputError(
        `Cannot read ${subject}: ${path || "it"} is ${show(value)}, must be an object`,
      );
    }
    this.#subject = subject;
    this.#path = path;
    this.#values = value as Record<string, unknown>;
  }

  /** Refuses a field. */
  fail(key: string, must: string): never {
    throw new InputError(
      `Cannot read ${this.#subject}: ${this.#place(key)} is ${
        show(this.#values[key])
      }, must be ${must}`,
    );
  }

  /** Refuses fields of any other name. */
  allow(keys: readonly string[]): this {
    const other = Object.keys(this.#values).find((key) => !keys.includes(key));
    if (other === undefined) return this;
    throw new InputError(
      `Cannot read ${this.#subject}: ${this.#place(other)} is unknown, fields must be ${
        keys.join(", ")
      }`,
    );
  }

  /** A text that is not empty. */
  text(key: string): string {
    const value = this.#values[key];
    return typeof value === "string" && value !== "" ? value : this.fail(key, "a text");
  }

  /** A list of texts. */
  texts(key: string): string[] {
    const value = this.#values[key];
    const isList = Array.isArray(value) && value.every((entry) => typeof entry === "string");
    return isList ? value : this.fail(key, "a list of texts");
  }

  /** A whole number that a double holds exactly. */
  whole(key: string, least = 0): number {
    const value = this.#values[key];
    return typeof value === "number" && Number.isSafeInteger(value) && value >= least
      ? value
      : this.fail(key, `a whole number from ${least}`);
  }

  /** A finite number of 0 or more. */
  amount(key: string): number {
    const value = this.#values[key];
    return typeof value === "number" && Number.isFinite(value) && value >= 0
      ? value
      : this.fail(key, "a number from 0");
  }

  /** One of a few values. */
  oneOf<Value extends string | number>(key: string, values: readonly Value[]): Value {
    const value = this.#values[key];
    return values.find((one) => one === value) ??
      this.fail(key, values.map((one) => JSON.stringify(one)).join(" or "));
  }

  /** True if the field is there and null. */
  isNull(key: string): boolean {
    return this.#values[key] === null;
  }

  /** An object within. */
  object(key: string): DocumentFields {
    return new DocumentFields(this.#subject, this.#place(key), this.#values[key]);
  }

  /** A list of objects within. */
  objects(key: string): DocumentFields[] {
    const value = this.#values[key];
    if (!Array.isArray(value)) return this.fail(key, "a list");
    return value.map((entry, i) =>
      new DocumentFields(this.#subject, `${this.#place(key)}[${i}]`, entry)
    );
  }

  #place(key: string): string {
    return this.#path === "" ? key : `${this.#path}.${key}`;
  }
}

/** What a document must be. */
export interface DocumentKind {
  /** For messages: `study key "k.json"`. */
  readonly subject: string;
  /** What its field "format" must say. */
  readonly format: string;
  /** What its field "version" must say. */
  readonly version: number;
}

/**
 * Parses a JSON document and checks its format and version.
 *
 * @throws {InputError} If it is none of the kind.
 */
export function parseDocument(
  text: string,
  { subject, format, version }: DocumentKind,
): DocumentFields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InputError(`Cannot read ${subject}: it is no JSON`, { cause });
  }
  const fields = new DocumentFields(subject, "", value);
  fields.oneOf("format", [format]);
  fields.oneOf("version", [version]);
  return fields;
}

function show(value: unknown): string {
  if (value === undefined) return "missing";
  const text = JSON.stringify(value);
  return text.length <= MOST_SHOWN ? text : `${text.slice(0, MOST_SHOWN - 1)}…`;
}
