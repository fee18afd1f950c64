/**
 * The first words of a command line to a command of one word or two.
 * @module
 */
import { closestName } from "../edit_distance.ts";
import { UsageError } from "../errors.ts";
import {
  type Command,
  type CommandGroup,
  type CommandName,
  COMMANDS,
  commandsOf,
  findCommand,
  isGroup,
} from "./commands_table.ts";
import { oneOf } from "./flag_value.ts";

/** What the first words name, with the words that follow. */
export type CommandWords =
  | {
    readonly kind: "command";
    readonly command: Command & { readonly name: CommandName };
    readonly rest: readonly string[];
  }
  /** A group, with no command or with flags behind it. */
  | { readonly kind: "group"; readonly group: CommandGroup; readonly rest: readonly string[] };

/**
 * Reads the command that a command line begins with.
 *
 * @param argv At least one word; the first is no flag.
 * @throws {UsageError} If it names no command; the message says which one may have been meant.
 */
export function readCommandWords(argv: readonly string[]): CommandWords {
  const [first = "", second, ...rest] = argv;
  const single = findCommand(first);
  if (single !== undefined) return { kind: "command", command: single, rest: argv.slice(1) };
  const hasSecond = second !== undefined && second !== "" && !second.startsWith("-");
  if (isGroup(first) && !hasSecond) return { kind: "group", group: first, rest: argv.slice(1) };
  const double = hasSecond ? findCommand(`${first} ${second}`) : undefined;
  if (double !== undefined) return { kind: "command", command: double, rest };
  throw isGroup(first) ? unknownInGroup(first, second!) : unknown(first, second);
}

function unknownInGroup(group: CommandGroup, word: string): UsageError {
  const names = commandsOf(group).map(({ name }) => name);
  const closest = closestName(word, names.map(secondWord));
  const meant = names.filter((name) => closest === undefined || secondWord(name) === closest);
  return new UsageError(
    `Unknown command ${JSON.stringify(`${group} ${word}`)}: ${
      closest === undefined ? "must be" : "did you mean"
    } ${quoted(meant)}`,
    { hint: `Run "pconv ${group} --help" for its commands` },
  );
}

function unknown(first: string, second: string | undefined): UsageError {
  const names = COMMANDS.map(({ name }) => name);
  const starts = [...new Set(names.map((name) => name.split(" ")[0]!))];
  // A group or its command may be left out or misspelt: "mask" and "generate" both mean "masks generate".
  const closest = closestName(first, [...starts, ...names.map(secondWord).filter(Boolean)]);
  const near = names.filter((name) => closest !== undefined && name.split(" ").includes(closest));
  const exact = near.filter((name) => secondWord(name) !== "" && secondWord(name) === second);
  const written = exact.length > 0 ? `${first} ${second}` : first;
  const meant = exact.length > 0 ? exact : near;
  return new UsageError(
    `Unknown command ${JSON.stringify(written)}: ${
      meant.length > 0
        ? `did you mean ${quoted(meant)}`
        : `must be one of ${starts.map((word) => `"${word}"`).join(", ")}`
    }`,
    { hint: 'Run "pconv --help" for the commands' },
  );
}

/** "generate" of "masks generate"; "" of a command of one word. */
function secondWord(name: string): string {
  return name.split(" ")[1] ?? "";
}

function quoted(names: readonly string[]): string {
  return oneOf(names.map((name) => `"${name}"`));
}
