/**
 * Completion for fish.
 * @module
 */
import type { CompletionTable, FlagCompletion, ValueCompletion } from "./completion_table.ts";

/** The script that `pconv completions fish` prints. */
export function fishScript({ first, groups, commands }: CompletionTable): string {
  const line = (condition: string, rest: string) =>
    `complete -c pconv -n ${quote(condition)} ${rest}`;
  return [
    "# Completion of pconv for fish. Try it at once: pconv completions fish | source",
    "",
    "# True if the words behind pconv begin with these.",
    "function __pconv_in",
    "    set -l words (commandline -opc)",
    "    set -l last (math (count $argv) + 1)",
    '    test (count $words) -ge $last; and test "$words[2..$last]" = "$argv"',
    "end",
    "",
    "# True if they are exactly these.",
    "function __pconv_at",
    "    test (count (commandline -opc)) -eq (math (count $argv) + 1); and __pconv_in $argv",
    "end",
    "",
    "complete -c pconv -f",
    ...first.map(({ word, summary }) =>
      line("test (count (commandline -opc)) -eq 1", `-a ${word} -d ${quote(summary)}`)
    ),
    ...first.map(({ word, summary }) => line("__pconv_at help", `-a ${word} -d ${quote(summary)}`)),
    ...[...groups].flatMap(([group, members]) =>
      members.map(({ word, summary }) =>
        line(`__pconv_at ${group}`, `-a ${word} -d ${quote(summary)}`)
      )
    ),
    ...commands.flatMap((command) => {
      const condition = `__pconv_in ${command.name}`;
      return [
        ...command.flags.map((entry) => line(condition, flagOptions(entry))),
        ...argumentOptions(command.arguments).map((options) => line(condition, options)),
      ];
    }),
  ].map((text) => `${text}\n`).join("");
}

function flagOptions({ flag, value }: FlagCompletion): string {
  const short = flag.short === undefined ? "" : `-s ${flag.short} `;
  const rest = value === undefined ? "" : ` ${["-r", ...valueOptions(value)].join(" ")}`;
  return `${short}-l ${flag.name}${rest} -d ${quote(flag.help)}`;
}

function argumentOptions(value: ValueCompletion): readonly string[] {
  return value.words.length === 0 && value.paths === "none" ? [] : [valueOptions(value).join(" ")];
}

function valueOptions({ words, paths }: ValueCompletion): readonly string[] {
  const offered = [
    ...words,
    ...paths === "folders" ? ["(__fish_complete_directories (commandline -ct))"] : [],
  ];
  return [
    paths === "files" ? "-F" : "-f",
    ...offered.length === 0 ? [] : ["-a", quote(offered.join(" "))],
  ];
}

function quote(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}
