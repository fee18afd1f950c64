/**
 * What can be completed where, made from the tables of commands and flags; every shell's script is made of this.
 * @module
 */
import { type CommandName, COMMANDS, GROUPS, isGroup } from "../commands_table.ts";
import type { Command, PositionalSpec } from "../commands_table.ts";
import type { Flag, ValueFlag } from "../flag.ts";
import { wordsOf } from "../flag_value.ts";
import { flagsOf } from "../flags.ts";
import { inCategories } from "../help.ts";

/** What a value or an argument may be. */
export interface ValueCompletion {
  /** Words that are offered. */
  readonly words: readonly string[];
  /** Paths that are offered too. */
  readonly paths: "none" | "files" | "folders";
}

/** A flag with what may follow it; `value` is absent for one that takes none. */
export interface FlagCompletion {
  readonly flag: Flag;
  readonly value?: ValueCompletion;
}

/** A command with all that may follow it. */
export interface CommandCompletion {
  readonly name: CommandName;
  readonly summary: string;
  /** In the order of the help text. */
  readonly flags: readonly FlagCompletion[];
  readonly arguments: ValueCompletion;
}

/** A word that may stand first, or behind a group, with what it means. */
export interface WordCompletion {
  readonly word: string;
  readonly summary: string;
}

/** Everything that a shell needs to know. */
export interface CompletionTable {
  /** What may stand first: commands of one word, groups, `help`. */
  readonly first: readonly WordCompletion[];
  /** By group, what may stand second. */
  readonly groups: ReadonlyMap<string, readonly WordCompletion[]>;
  readonly commands: readonly CommandCompletion[];
}

/** Options of {@linkcode completionTable}. */
export interface CompletionTableOptions {
  /** Names of the weights that come with the program. */
  readonly weightsNames: readonly string[];
}

/** Gathers what can be completed. */
export function completionTable({ weightsNames }: CompletionTableOptions): CompletionTable {
  const groups = new Map<string, WordCompletion[]>();
  const first = new Map<string, string>();
  for (const { name, summary } of COMMANDS as readonly Command[]) {
    const [start, second] = name.split(" ") as [string, string?];
    first.set(start, isGroup(start) ? GROUPS[start] : summary);
    if (second === undefined) continue;
    groups.set(start, [...groups.get(start) ?? [], { word: second, summary }]);
  }
  first.set("help", "Tell about the program or a command");
  return {
    first: [...first].map(([word, summary]) => ({ word, summary })),
    groups,
    commands: COMMANDS.map(({ name, summary, ...command }) => ({
      name,
      summary,
      flags: inCategories(flagsOf(name)).map((flag) =>
        flag.kind === "boolean" ? { flag } : { flag, value: valueCompletion(flag, weightsNames) }
      ),
      arguments: argumentCompletion((command as Partial<Command>).positionals, weightsNames),
    })),
  };
}

/** What may follow a flag, read from its kind and the placeholder of its value. */
function valueCompletion(flag: ValueFlag, weightsNames: readonly string[]): ValueCompletion {
  if (flag.kind !== "string") return { words: wordsOf(flag), paths: "none" };
  return placeholderCompletion(flag.value, weightsNames);
}

function argumentCompletion(
  positionals: PositionalSpec | undefined,
  weightsNames: readonly string[],
): ValueCompletion {
  if (positionals === undefined) return { words: [], paths: "none" };
  const { name, choices } = positionals;
  if (choices !== undefined) return { words: choices, paths: "none" };
  return placeholderCompletion(name, weightsNames);
}

/**
 * "FILE|DIR|alpha" is files and the word alpha, "DIR" folders, "NAME|FILE" shipped weights and files, "LIST" nothing.
 */
function placeholderCompletion(
  placeholder: string,
  weightsNames: readonly string[],
): ValueCompletion {
  const parts = placeholder.split(/[| ]/);
  const isPath = (part: string) => /^(FILE|IMAGE|INPUT|PATH)\b/.test(part);
  const hasFiles = parts.some(isPath);
  return {
    words: [
      ...parts.filter((part) => /^(-|[a-z][a-z0-9-]*)$/.test(part)),
      ...hasFiles && parts.includes("NAME") ? weightsNames : [],
    ],
    paths: hasFiles ? "files" : parts.includes("DIR") ? "folders" : "none",
  };
}
