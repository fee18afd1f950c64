/**
 * Help texts and the README's options section, made from the tables.
 * @module
 */
import {
  type Command,
  type CommandGroup,
  type CommandName,
  COMMANDS,
  commandsOf,
  findCommand,
  GROUPS,
  isGroup,
} from "./commands_table.ts";
import type { Flag, FlagCategory } from "./flag.ts";
import { defaultText } from "./flag_value.ts";
import { FLAGS, flagsOf, isAnsweredBefore } from "./flags.ts";

/** What the program is, in one line. */
export const PROGRAM_SUMMARY = "fills holes in photographs with partial convolutions";

/** In the order of the help text. */
const CATEGORIES: readonly FlagCategory[] = [
  "Data",
  "Network",
  "Methods",
  "Scores",
  "Training",
  "Output",
  "Many pictures",
  "Other work",
  "General",
];

const WIDTH = 80;
/** Examples in the overview, which must fit a screen whatever commands are added. */
const OVERVIEW_EXAMPLES = 2;
/** Column at which the texts of flags start. */
const TEXT_COLUMN = 31;

/** Help about the program; at most 24 lines of 80 columns. */
export function programHelp(): string {
  return lines(
    `pconv: ${PROGRAM_SUMMARY}`,
    "",
    "Usage: pconv COMMAND [FLAGS]",
    "",
    "Commands:",
    ...commandLines(overviewRows()),
    "",
    "Examples:",
    ...COMMANDS.slice(0, OVERVIEW_EXAMPLES).map(({ examples: [first] }) => `  ${first.line}`),
    "",
    'Run "pconv COMMAND --help" for its flags, "pconv --version" for the version.',
    "Exit codes: 0 done, 1 failed, 2 usage, 3 no device or weights, 130 interrupted.",
  );
}

/** Help about a group of commands; at most 24 lines of 80 columns. */
export function groupHelp(group: CommandGroup): string {
  const commands = commandsOf(group);
  return lines(
    `pconv ${group}: ${lowerFirst(GROUPS[group])}`,
    "",
    `Usage: pconv ${group} COMMAND [FLAGS]`,
    "",
    "Commands:",
    ...commandLines(commands),
    "",
    "Examples:",
    ...commands.map(({ examples }) => `  ${examples[0]!.line}`),
    "",
    `Run "pconv ${group} COMMAND --help" for its flags.`,
  );
}

/** Options of {@linkcode commandHelp}. */
export interface CommandHelpOptions {
  /** True for every flag, however many lines that makes. @default false: rare ones are only counted */
  readonly isFull?: boolean;
}

/** Help about one command; at most 40 lines of 80 columns unless it is full. */
export function commandHelp(
  name: CommandName,
  { isFull = false }: CommandHelpOptions = {},
): string {
  const { summary, usage, notes = [], examples }: Command = findCommand(name)!;
  return lines(
    `pconv ${name}: ${lowerFirst(summary)}`,
    "",
    ...usage.map((line, i) => `${i === 0 ? "Usage:" : "   or:"} pconv ${line}`),
    ...(isFull ? everyFlag : everydayFlags)(name),
    ...notes.length === 0 ? [] : ["", ...notes],
    "",
    "Examples:",
    ...examples.map((example) => `  ${example.line}`),
  );
}

/** One list, in which headings would take more lines than they save looks. */
function everydayFlags(name: CommandName): readonly string[] {
  const all = inCategories(flagsOf(name));
  // The flag that shows the others is none of those worth counting.
  const more = all.filter((flag) => flag.isRare && !isAnsweredBefore(flag.name)).length;
  return [
    "",
    "Flags:",
    ...all.filter((flag) => !flag.isRare).flatMap(shortFlagLines),
    ...more === 0 ? [] : [`${more} more flag${more === 1 ? "" : "s"}: pconv ${name} --help-all`],
  ];
}

function everyFlag(name: CommandName): readonly string[] {
  const flags = inCategories(flagsOf(name));
  return [...new Set(flags.map(({ category }) => category))].flatMap((category) => [
    "",
    `${category}:`,
    ...flags.filter((flag) => flag.category === category)
      .flatMap((flag) => flagLines(flag, defaultText(flag))),
  ]);
}

/** Sorts by category; within one the order stays. */
export function inCategories(flags: readonly Flag[]): readonly Flag[] {
  return CATEGORIES.flatMap((category) => flags.filter((flag) => flag.category === category));
}

/** Help about everything: the overview, then each command with every flag. */
export function fullHelp(): string {
  return [programHelp(), ...COMMANDS.map(({ name }) => commandHelp(name, { isFull: true }))]
    .join("\n");
}

/** The README's section about commands and flags, as Markdown. */
export function optionsSection(): string {
  const isGeneral = (flag: Flag) => flag.category === "General";
  const told = new Map<string, CommandName>();
  const ownFlags = (name: CommandName) => {
    const bullets = flagsOf(name).filter((flag) => !isGeneral(flag)).map(bullet);
    const twin = told.get(bullets.join());
    told.set(bullets.join(), name);
    return twin === undefined ? bullets : [`It takes the flags of \`pconv ${twin}\`.`];
  };
  return lines(
    ...COMMANDS.flatMap((command) => [
      `### pconv ${command.name}`,
      "",
      `${command.summary}.`,
      "",
      ...notesOf(command),
      "```sh",
      ...command.examples.map(({ line, does }) => `${line} # ${does}`),
      "```",
      "",
      ...ownFlags(command.name),
      "",
    ]),
    "### Every command",
    "",
    ...FLAGS.filter(isGeneral).map(bullet),
  );
}

function notesOf({ notes }: Command): readonly string[] {
  return notes === undefined ? [] : [notes.join(" "), ""];
}

/** A line for each command of one word and for each group. */
function overviewRows(): readonly Pick<Command, "name" | "summary">[] {
  const starts = new Set(COMMANDS.map(({ name }) => name.split(" ")[0]!));
  return [...starts].map((name) =>
    isGroup(name) ? { name, summary: GROUPS[name] } : findCommand(name)!
  );
}

function commandLines(commands: readonly Pick<Command, "name" | "summary">[]): readonly string[] {
  const nameWidth = Math.max(...commands.map(({ name }) => name.length));
  return commands.map(({ name, summary }) => `  ${name.padEnd(nameWidth)}  ${summary}`);
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}

/** "-m, --mask FILE|DIR|alpha" */
function signature(flag: Flag): string {
  const short = flag.short === undefined ? "" : `-${flag.short}, `;
  return `${short}--${flag.name}${flag.kind === "boolean" ? "" : ` ${flag.value}`}`;
}

/** Without a default that would take a line of its own. */
function shortFlagLines(flag: Flag): readonly string[] {
  const [told, bare] = [flagLines(flag, defaultText(flag)), flagLines(flag, undefined)];
  return told.length > bare.length ? bare : told;
}

/** @param told The default in words, if it is to be told. */
function flagLines(flag: Flag, told: string | undefined): readonly string[] {
  const left = `  ${flag.short === undefined ? "    " : ""}${signature(flag)} `.padEnd(TEXT_COLUMN);
  const words = [...flag.help.split(" "), ...(told === undefined ? [] : [`(default: ${told})`])];
  const wrapped: string[] = [];
  let line = left;
  for (const word of words) {
    if (line.length + word.length + 1 > WIDTH) {
      wrapped.push(line);
      line = "".padEnd(TEXT_COLUMN);
    }
    line += line.length === TEXT_COLUMN ? word : ` ${word}`;
  }
  return [...wrapped, line];
}

function bullet(flag: Flag): string {
  const told = defaultText(flag);
  const more = flag.longHelp === undefined ? "" : ` ${flag.longHelp}`;
  return `- \`${signature(flag)}\`: ${flag.help}${
    told === undefined ? "" : ` (default: ${told})`
  }.${more}`;
}

function lines(...texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join("");
}
