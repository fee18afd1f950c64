/**
 * The command line to checked, typed options. Nothing is opened or loaded here.
 * @module
 */
import { UsageError } from "../errors.ts";
import { type CommandWords, readCommandWords } from "./command_words.ts";
import type { Command, CommandGroup, CommandName } from "./commands_table.ts";
import { meantText, oneOf, readFlag } from "./flag_value.ts";
import {
  commandsWithFlag,
  flagsOf,
  isAnsweredBefore,
  optionName,
  type ParsedOptions,
} from "./flags.ts";
import { RULES } from "./rules.ts";
import { type Scan, scanFlags } from "./scan.ts";

/** What the user asks the program to do. */
export type Invocation =
  | { readonly kind: "run"; readonly parsed: ParsedOptions }
  /** Help about the program, one command or one group of commands. */
  | {
    readonly kind: "help";
    readonly command?: CommandName;
    readonly group?: CommandGroup;
    /** With every flag, by `--help-all`. */
    readonly isFull?: true;
  }
  | { readonly kind: "version" }
  /** No arguments at all, or a group alone. */
  | { readonly kind: "nothing"; readonly group?: CommandGroup };

/**
 * Reads a command line, without the program's name. `--help` wins over every mistake on the same line.
 *
 * @throws {UsageError} If anything is wrong; its message has one line for each mistake found.
 */
export function parse(argv: readonly string[]): Invocation {
  const [first, ...rest] = argv;
  if (first === undefined) return { kind: "nothing" };
  if (first === "--help" || first === "-h") return { kind: "help" };
  if (first === "--help-all") return { kind: "help", isFull: true };
  if (first === "--version" || first === "-V") return { kind: "version" };
  if (first === "help") return parseHelp(rest);
  if (first.startsWith("-")) {
    throw new UsageError(`Cannot use ${JSON.stringify(first)} here: a command must come first`, {
      hint: 'Run "pconv --help" for the commands',
    });
  }
  const read = readCommandWords(argv);
  const dashes = read.rest.indexOf("--");
  const flagWords = dashes < 0 ? read.rest : read.rest.slice(0, dashes);
  if (flagWords.includes("--help-all")) return { ...helpAbout(read), isFull: true };
  if (flagWords.includes("--help") || flagWords.includes("-h")) return helpAbout(read);
  if (flagWords.includes("--version") || flagWords.includes("-V")) return { kind: "version" };
  if (read.kind === "command") {
    return { kind: "run", parsed: parseCommand(read.command, read.rest) };
  }
  if (read.rest.length === 0) return { kind: "nothing", group: read.group };
  throw new UsageError(
    `Cannot use ${JSON.stringify(read.rest[0])} here: a command of "${read.group}" must come first`,
    { hint: `Run "pconv ${read.group} --help" for its commands` },
  );
}

function parseHelp(rest: readonly string[]): Invocation {
  const words = rest.filter((word) => !word.startsWith("-"));
  const help: Invocation = words.length === 0
    ? { kind: "help" }
    : helpAbout(readCommandWords(words));
  return rest.includes("--help-all") ? { ...help, isFull: true } : help;
}

function helpAbout(read: CommandWords): Extract<Invocation, { kind: "help" }> {
  return read.kind === "group"
    ? { kind: "help", group: read.group }
    : { kind: "help", command: read.command.name };
}

function parseCommand(
  command: Command & { readonly name: CommandName },
  words: readonly string[],
): ParsedOptions {
  const flags = flagsOf(command.name);
  const scan = scanFlags(words, { flags, command: command.name, commandsWith: commandsWithFlag });
  const problems = [...scan.problems];
  const values = new Map<string, unknown>();
  for (const flag of flags) {
    const read = readFlag(flag, scan.texts.get(flag.name));
    if (read.isValid) values.set(flag.name, read.value);
    else problems.push(read.problem);
  }
  problems.push(...positionalProblems(command, scan));

  const given = new Set(scan.texts.keys());
  const line = { given, values, positionals: scan.positionals };
  for (const rule of RULES) {
    if (rule.commands.includes(command.name) && rule.isBroken(line)) problems.push(rule.message);
  }
  if (problems.length > 0) {
    throw new UsageError(problems.join("\n"), {
      hint: `Run "pconv ${command.name} --help" for its flags and examples`,
    });
  }
  // The option types are computed from the same table as the values, which the compiler cannot see.
  const options: unknown = Object.fromEntries(
    flags.filter(({ name }) => !isAnsweredBefore(name))
      .map((flag) => [optionName(flag.name), values.get(flag.name)]),
  );
  const parsed: unknown = { command: command.name, positionals: scan.positionals, options, given };
  return parsed as ParsedOptions;
}

function positionalProblems(command: Command, scan: Scan): readonly string[] {
  const { name, min, max } = command.positionals ?? { name: "", min: 0, max: 0 };
  const { positionals, isUncertain } = scan;
  const problems: string[] = [];
  if (positionals.includes("")) {
    problems.push(`Cannot use "" as ${name || "an argument"}: it is empty`);
  }
  if (positionals.length < min) problems.push(`Missing ${name}`);
  if (positionals.length > max && !isUncertain) {
    const extra = positionals.slice(max).map((word) => JSON.stringify(word)).join(", ");
    const allowed = max === 0 ? "no arguments" : `at most ${max}`;
    problems.push(`Cannot use ${extra} here: ${command.name} takes ${allowed}`);
  }
  const { choices } = command.positionals ?? {};
  for (const word of choices === undefined ? [] : positionals.slice(0, max)) {
    if (word === "" || choices!.includes(word)) continue;
    problems.push(
      `${command.name} takes ${oneOf(choices!)}: got ${JSON.stringify(word)}` +
        meantText(word, choices!),
    );
  }
  return problems;
}
