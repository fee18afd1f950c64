/**
 * The text of a config file to checked settings. As `parse.ts` does for a command line: nothing is opened here.
 * @module
 */
import { closestName } from "../edit_distance.ts";
import type { ValueFlag } from "./flag.ts";
import { expectation, oneOf, readValue } from "./flag_value.ts";
import { flagsOf } from "./flags.ts";
import { readJson } from "./json_text.ts";
import { type Setting, SETTINGS } from "./settings_table.ts";

/** What a config file says. */
export interface ReadSettings {
  /** Settings that are right by themselves, in their long form; names of recipes, losses and freezes are not looked up. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** All keys, those with a wrong value too; every key there is if the file cannot be read at all. */
  readonly keys: ReadonlySet<string>;
  /** One sentence for each mistake. */
  readonly problems: readonly string[];
}

/**
 * Reads the text of a config file.
 *
 * @param name Of the file, for messages.
 */
export function readSettings(text: string, name: string): ReadSettings {
  const nothing = { settings: {}, keys: new Set<string>(SETTINGS.map(({ key }) => key)) };
  const file = JSON.stringify(name);
  const json = readJson(text);
  if (!json.isValid) {
    const { line, column, found, wanted } = json;
    const problem =
      `Cannot read config file ${file}: line ${line}, column ${column} has ${found}, ` +
      `must be ${wanted}`;
    return { ...nothing, problems: [problem] };
  }
  if (!isRecord(json.value)) {
    const problem = `Cannot use config file ${file}: it holds ${show(json.value)}, must be an ` +
      'object such as {"steps": 1000}';
    return { ...nothing, problems: [problem] };
  }
  const problems = json.repeated.map(({ key, line }) =>
    `Cannot use ${show(key)} in ${file}: it comes again in line ${line}, must come once`
  );
  const settings: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(json.value)) {
    const setting = SETTINGS.find((known) => known.key === key);
    if (setting === undefined) {
      problems.push(unknownKey(key, file));
      continue;
    }
    const { kept, faults } = checkValue(setting, value);
    if (kept !== undefined) settings[key] = kept;
    for (const { path, fault } of faults) {
      problems.push(`Cannot use ${show(path)} in ${file}: it is ${fault}`);
    }
  }
  return { settings, keys: new Set(Object.keys(json.value)), problems };
}

interface CheckedValue {
  /** What of the value is right, if anything. */
  readonly kept: unknown;
  readonly faults: readonly ValueFault[];
}

interface ValueFault {
  /** The key, with a path to what lies deeper: "losses.hole.weight". */
  readonly path: string;
  /** What it is and what it must be. */
  readonly fault: string;
}

function checkValue({ key, flag, form }: Setting, value: unknown): CheckedValue {
  const valueFlag = flag as ValueFlag;
  const check = (isRight: boolean, wanted: string): CheckedValue =>
    isRight
      ? { kept: value, faults: [] }
      : { kept: undefined, faults: [{ path: key, fault: `${show(value)}, must be ${wanted}` }] };
  switch (form) {
    case "value":
      return check(isRight(valueFlag, value), wantedText(valueFlag));
    case "names": {
      const isList = Array.isArray(value) &&
        value.every((entry) => typeof entry === "string" && entry !== "");
      return check(isList, 'a list of names such as ["encoder-batch-norm"]');
    }
    case "weights": {
      if (!isRecord(value)) return check(false, 'an object such as {"hole": {"weight": 6}}');
      const checked = Object.entries(value)
        .map(([loss, entry]) => [loss, weightFaults(`${key}.${loss}`, entry, valueFlag)] as const);
      return {
        kept: Object.fromEntries(
          checked.filter(([, faults]) => faults.length === 0)
            .map(([loss]) => [loss, longWeight(value[loss])]),
        ),
        faults: checked.flatMap(([, faults]) => faults),
      };
    }
  }
}

/** A number stands for an object with that weight. */
function longWeight(entry: unknown): unknown {
  return typeof entry === "number" ? { weight: entry } : entry;
}

function weightFaults(path: string, entry: unknown, flag: ValueFlag): readonly ValueFault[] {
  if (typeof entry === "number") {
    return weightFaults(path, { weight: entry }, flag)
      .map(({ fault }) => ({ path, fault }));
  }
  if (!isRecord(entry)) {
    return [{ path, fault: `${show(entry)}, must be a weight such as 6 or {"weight": 6}` }];
  }
  const faults = Object.keys(entry).filter((name) => name !== "weight")
    .map((name) => ({ path: `${path}.${name}`, fault: 'unknown, must be "weight"' }));
  const { weight } = entry;
  if (typeof weight === "number" && readValue(flag, `name=${weight}`).isValid) return faults;
  const { min, max } = flag as { min: number; max: number };
  const fault = `${show(weight)}, must be a number from ${min} to ${max}`;
  return [...faults, { path: `${path}.weight`, fault }];
}

/** True if the value has the flag's type and is inside its limits. */
function isRight(flag: ValueFlag, value: unknown): boolean {
  switch (flag.kind) {
    case "integer":
    case "number":
      return typeof value === "number" && readValue(flag, String(value)).isValid;
    case "range":
      return Array.isArray(value) && value.every((part) => typeof part === "number") &&
        readValue(flag, value.join(",")).isValid;
    case "choice":
      // As it is spelt: the value is stored, and aliases are for the command line.
      return typeof value === "string" && flag.choices.includes(value);
    default:
      return typeof value === "string" && readValue(flag, value).isValid;
  }
}

function wantedText(flag: ValueFlag): string {
  switch (flag.kind) {
    case "choice":
      return oneOf(flag.choices.map((choice) => JSON.stringify(choice)));
    case "range":
      return expectation({ ...flag, value: `[${flag.value.replace(",", ", ")}]` });
    case "string":
      return `a text: ${flag.value}`;
    default:
      return expectation(flag);
  }
}

function unknownKey(key: string, file: string): string {
  const start = `Unknown key ${show(key)} in ${file}`;
  const keys = SETTINGS.map((setting) => setting.key);
  const byFlag = SETTINGS.find(({ flag }) => flag.name === key)?.key;
  const meant = byFlag ?? closestName(key, keys);
  if (meant !== undefined) return `${start}: did you mean "${meant}"`;
  const isFlag = flagsOf("train").some((flag) => flag.name === key);
  if (isFlag) return `${start}: it is no setting, must be given as --${key}`;
  return `${start}: must be one of ${keys.map((known) => JSON.stringify(known)).join(", ")}`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value as a message shows it. */
function show(value: unknown): string {
  if (value === undefined) return "missing";
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
