/**
 * The manual page, made from the tables of commands and flags.
 * @module
 */
import { EXIT } from "../errors.ts";
import { type Command, COMMANDS } from "./commands_table.ts";
import type { Flag } from "./flag.ts";
import { defaultText } from "./flag_value.ts";
import { FLAGS, flagsOf } from "./flags.ts";
import { inCategories, PROGRAM_SUMMARY } from "./help.ts";

/** What each exit code means, in words. */
const EXIT_WORDS: Readonly<Record<keyof typeof EXIT, string>> = {
  done: "Everything that was asked is done.",
  someFailed: "Some of it failed; each failure is one line on standard error.",
  usage: "The command line or a config file is wrong; nothing was done.",
  unavailable: "There is no usable device, or no usable weights.",
  interrupted: "Ctrl-C or SIGTERM came.",
};

const ENVIRONMENT: readonly (readonly [name: string, text: string])[] = [
  [
    "PCONV_HOME",
    "Folder for fetched and imported weights, in place of the usual one for user data.",
  ],
  ["PCONV_SHARDS", "Number of parts, for `--shard auto` in an Indexed Job of Kubernetes."],
];

const FILES: readonly (readonly [name: string, text: string])[] = [
  ["~/.local/share/pconv/", "Fetched and imported weights; see PCONV_HOME for other systems."],
  ["~/.cache/pconv/gpu_tuning.json", "What was measured of the GPU; it may be deleted."],
];

/**
 * The page as roff with the macros of man(7).
 *
 * @param version Version of the program.
 */
export function manPage(version: string): string {
  return [
    `.TH PCONV 1 "" ${quoted(`pconv ${version}`)} "User Commands"`,
    // Program text is not to be hyphenated or spread out.
    ".nh",
    ".ad l",
    ".SH NAME",
    `pconv \\- ${escape(PROGRAM_SUMMARY)}`,
    ".SH SYNOPSIS",
    ...joined(COMMANDS.flatMap(({ usage }) => usage.map(synopsis)), ".br"),
    ".SH DESCRIPTION",
    "pconv fills holes in photographs, enlarges pictures, trains the networks that do both and scores them " +
    "beside other methods.",
    "Results go to files or standard output, messages to standard error.",
    "A command and its flags may be written in any order behind the command's name; \\fB\\-\\-flag=value\\fR and " +
    "\\fB\\-\\-flag value\\fR are the same, and \\fB\\-\\-\\fR ends the flags.",
    ".SH COMMANDS",
    ...commandParts(),
    ".SH GENERAL FLAGS",
    ...FLAGS.filter(isGeneral).flatMap(flagPart),
    ".SH EXIT STATUS",
    ...Object.entries(EXIT).flatMap(([name, code]) =>
      item(String(code), EXIT_WORDS[name as keyof typeof EXIT])
    ),
    ".SH ENVIRONMENT",
    ...ENVIRONMENT.flatMap(([name, text]) => item(name, text)),
    ".SH FILES",
    ...FILES.flatMap(([name, text]) => item(name, text)),
    ".SH EXAMPLES",
    ...(COMMANDS as readonly Command[]).flatMap(({ examples }) =>
      examples.flatMap(({ line, does }) => item(line, `${does}.`))
    ),
    ".SH SEE ALSO",
    "G. Liu, F. A. Reda, K. J. Shih, T.-C. Wang, A. Tao and B. Catanzaro,",
    ".I Image Inpainting for Irregular Holes Using Partial Convolutions ,",
    "ECCV 2018, https://arxiv.org/abs/1804.07723",
  ].map((line) => `${line}\n`).join("");
}

/** Per command: what it does, its notes and flags; one with the flags of another says so. */
function commandParts(): readonly string[] {
  const told = new Map<string, string>();
  return (COMMANDS as readonly (Command & typeof COMMANDS[number])[]).flatMap((command) => {
    const parts = inCategories(flagsOf(command.name)).filter((flag) => !isGeneral(flag))
      .flatMap(flagPart);
    const twin = told.get(parts.join("\n"));
    if (parts.length > 0) told.set(parts.join("\n"), command.name);
    return [
      `.SS ${quoted(`pconv ${command.name}`)}`,
      text(`${command.summary}.`),
      ...command.notes === undefined ? [] : [".PP", text(command.notes.join(" "))],
      ...twin === undefined || parts.length === 0
        ? parts
        : [".PP", text(`It takes the flags of \`pconv ${twin}\`.`)],
    ];
  });
}

function isGeneral({ category }: Flag): boolean {
  return category === "General";
}

function flagPart(flag: Flag): readonly string[] {
  const names = [...flag.short === undefined ? [] : [`-${flag.short}`], `--${flag.name}`]
    .map((name) => `\\fB${escape(name)}\\fR`).join(", ");
  const told = defaultText(flag);
  return [
    ".TP",
    names + (flag.kind === "boolean" ? "" : ` \\fI${escape(flag.value)}\\fR`),
    text(`${flag.help}${told === undefined ? "" : ` (default: ${told})`}.`),
    ...choicesPart(flag),
    ...flag.longHelp === undefined ? [] : [text(flag.longHelp)],
  ];
}

/** The choices, where the placeholder does not name them. */
function choicesPart(flag: Flag): readonly string[] {
  if (flag.kind !== "choice" || flag.value === flag.choices.join("|")) return [];
  return [text(`One of ${flag.choices.join(", ")}.`)];
}

function item(name: string, about: string): readonly string[] {
  return [".TP", `\\fB${escape(name)}\\fR`, text(about)];
}

function synopsis(usage: string): string {
  return `\\fBpconv\\fR ${escape(usage)}`;
}

/** A line of running text; what stands in backquotes becomes bold. */
function text(line: string): string {
  const escaped = escape(line).replace(/`([^`]*)`/g, "\\fB$1\\fR");
  // A line that starts with a point or an apostrophe would be a command.
  return /^[.']/.test(escaped) ? `\\&${escaped}` : escaped;
}

/** "-" is a hyphen to roff, which copied commands do not survive. */
function escape(line: string): string {
  return line.replaceAll("\\", "\\e").replaceAll("-", "\\-").replaceAll("'", "\\(aq")
    .replaceAll("~", "\\(ti").replaceAll("^", "\\(ha");
}

/** An argument of a macro. */
function quoted(words: string): string {
  return `"${escape(words).replaceAll('"', "\\(dq")}"`;
}

function joined(lines: readonly string[], separator: string): readonly string[] {
  return lines.flatMap((line, i) => i === 0 ? [line] : [separator, line]);
}
