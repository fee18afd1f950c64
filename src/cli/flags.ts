/**
 * One table of every flag of every command. Parser, help text, README and option types all derive from it.
 * @module
 */
import { type CommandName, COMMANDS } from "./commands_table.ts";
import type { Flag, ImageSize, NamedNumber } from "./flag.ts";
import { EVAL_DATA_FLAGS } from "./eval_data_flags.ts";
import { EVAL_FLAGS } from "./eval_flags.ts";
import { FEEDBACK_FLAGS } from "./feedback_flags.ts";
import { GENERAL_FLAGS } from "./general_flags.ts";
import { HOLE_FLAGS } from "./hole_flags.ts";
import { INPAINT_FLAGS } from "./inpaint_flags.ts";
import { MASKS_FLAGS } from "./masks_flags.ts";
import { REPORT_FLAGS } from "./report_command.ts";
import { PICTURE_FLAGS } from "./picture_flags.ts";
import { SUPERRES_FLAGS } from "./superres_flags.ts";
import { SWEEP_FLAGS } from "./sweep_flags.ts";
import { TRAINING_DATA_FLAGS } from "./training_data_flags.ts";
import { TRAINING_FLAGS } from "./training_flags.ts";
import { WEIGHTS_FLAGS } from "./weights_flags.ts";

/** Every flag. A name may come twice, for different commands. */
export const FLAGS = [
  ...HOLE_FLAGS,
  ...PICTURE_FLAGS,
  ...REPORT_FLAGS,
  ...INPAINT_FLAGS,
  ...SUPERRES_FLAGS,
  ...TRAINING_DATA_FLAGS,
  ...TRAINING_FLAGS,
  ...FEEDBACK_FLAGS,
  ...SWEEP_FLAGS,
  ...EVAL_DATA_FLAGS,
  ...EVAL_FLAGS,
  ...MASKS_FLAGS,
  ...WEIGHTS_FLAGS,
  ...GENERAL_FLAGS,
] as const satisfies readonly Flag[];

/** The flags of one command, in the order of the table. */
export function flagsOf(command: CommandName): readonly Flag[] {
  return (FLAGS as readonly Flag[]).filter((flag) => flag.commands.includes(command));
}

/** The commands that have a flag of this long name, in the order of the help text. */
export function commandsWithFlag(name: string): readonly CommandName[] {
  return COMMANDS.map((command) => command.name)
    .filter((command) => flagsOf(command).some((flag) => flag.name === name));
}

/** The flags that are answered before any command starts, and are no options of one. */
const ANSWERED_BEFORE = ["help", "help-all", "version"] as const;

/** True for the long name of a flag such as `--help`, which never reaches a command. */
export function isAnsweredBefore(name: string): boolean {
  return (ANSWERED_BEFORE as readonly string[]).includes(name);
}

/** "mask-threshold" becomes "maskThreshold". */
export function optionName(flagName: string): string {
  return flagName.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

type OptionName<N extends string> = N extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<OptionName<Tail>>}`
  : N;

type AnyFlag = typeof FLAGS[number];

type FlagOf<C extends CommandName, F extends AnyFlag = AnyFlag> = F extends
  { commands: readonly (infer N)[] } ? C extends N ? F : never : never;

type SingleValue<F> = F extends { kind: "boolean" } ? boolean
  : F extends { kind: "choice"; choices: readonly (infer T)[] } ? T
  : F extends { kind: "integer" | "number"; words: readonly (infer W)[] } ? number | W
  : F extends { kind: "integer" | "number" } ? number
  : F extends { kind: "range" } ? readonly [number, number]
  : F extends { kind: "size" } ? ImageSize
  : F extends { kind: "pair" } ? NamedNumber
  : string;

type OptionValue<F> = F extends { repeatable: true } ? readonly SingleValue<F>[]
  : F extends { kind: "boolean" } | { required: true } | { default: unknown } ? SingleValue<F>
  : SingleValue<F> | undefined;

/**
 * The options of a command, by flag name in camel case. `undefined` means that the flag was not given and has
 * no fixed default. `--help`, `--help-all` and `--version` never reach a command.
 */
export type OptionsOf<C extends CommandName> = {
  readonly [
    F in FlagOf<C> as F["name"] extends typeof ANSWERED_BEFORE[number] ? never
      : OptionName<F["name"]>
  ]: OptionValue<F>;
};

/**
 * A command line that passed all checks; the one command `C`, or any if left out.
 *
 * `positionals` are the arguments that are no flags; "-" is standard input. `given` has the long names of the
 * flags that were typed, to tell them from defaults.
 */
export type ParsedOptions<C extends CommandName = CommandName> = C extends CommandName ? {
    readonly command: C;
    readonly positionals: readonly string[];
    readonly options: OptionsOf<C>;
    readonly given: ReadonlySet<string>;
  }
  : never;
