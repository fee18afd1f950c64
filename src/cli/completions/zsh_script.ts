/**
 * Completion for zsh.
 * @module
 */
import type {
  CommandCompletion,
  CompletionTable,
  FlagCompletion,
  ValueCompletion,
  WordCompletion,
} from "./completion_table.ts";

/** The script that `pconv completions zsh` prints: a file `_pconv` for a folder of `$fpath`. */
export function zshScript({ first, groups, commands }: CompletionTable): string {
  return [
    "#compdef pconv",
    "# Completion of pconv for zsh. Try it at once: source <(pconv completions zsh)",
    "",
    "# Offers words, and with them files or folders.",
    "_pconv_value() {",
    "  local paths=$1",
    "  shift",
    "  (( $# )) && compadd -- $@",
    "  case $paths in",
    "    files) _files ;;",
    "    folders) _files -/ ;;",
    "  esac",
    "}",
    "",
    "_pconv() {",
    "  local -a entries",
    "  if (( CURRENT == 2 )); then",
    ...describe(first, "    "),
    "    return",
    "  fi",
    "  local command=$words[2]",
    "  shift words",
    "  (( CURRENT-- ))",
    "  case $command in",
    ...[...groups].flatMap(([group, members]) => [
      `    ${group})`,
      "      if (( CURRENT == 2 )); then",
      ...describe(members, "        "),
      "        return",
      "      fi",
      '      command+=" $words[2]"',
      "      shift words",
      "      (( CURRENT-- )) ;;",
    ]),
    "    help)",
    ...describe(first, "      "),
    "      return ;;",
    "  esac",
    "  case $command in",
    ...commands.flatMap((command) => [
      `    ${quote(command.name)})`,
      "      _arguments -S \\",
      ...specs(command).map((spec, i, all) =>
        `        ${spec}${i + 1 < all.length ? " \\" : " ;;"}`
      ),
    ]),
    "  esac",
    "}",
    "",
    "# Autoloaded from $fpath it is run as the function itself; sourced, it is made known.",
    'if [[ $funcstack[1] == _pconv ]]; then _pconv "$@"; else compdef _pconv pconv; fi',
  ].map((line) => `${line}\n`).join("");
}

function describe(entries: readonly WordCompletion[], indent: string): readonly string[] {
  return [
    `${indent}entries=(`,
    ...entries.map(({ word, summary }) => `${indent}  ${quote(`${word}:${summary}`)}`),
    `${indent})`,
    `${indent}_describe command entries`,
  ];
}

function specs({ flags, arguments: positionals }: CommandCompletion): readonly string[] {
  const argument = positionals.words.length > 0 || positionals.paths !== "none"
    ? [quote(`*:argument:${action(positionals)}`)]
    : [];
  return [...flags.flatMap(flagSpecs), ...argument];
}

function flagSpecs({ flag, value }: FlagCompletion): readonly string[] {
  const isRepeatable = flag.kind !== "boolean" && flag.repeatable === true;
  const { short } = flag;
  const both = short === undefined ? `--${flag.name}` : `-${short} --${flag.name}`;
  const start = isRepeatable ? "*" : `(${both})`;
  const text = `[${escapeText(flag.help)}]`;
  const rest = flag.kind === "boolean" ? "" : `:${escapeText(flag.value)}:${action(value!)}`;
  const long = quote(`${start}--${flag.name}${value === undefined ? "" : "="}${text}${rest}`);
  return short === undefined ? [long] : [quote(`${start}-${short}${text}${rest}`), long];
}

/** The leading blank keeps zsh from putting arguments of its own between. */
function action({ words, paths }: ValueCompletion): string {
  return words.length === 0 && paths === "none"
    ? " "
    : ` ${["_pconv_value", paths, ...words].join(" ")}`;
}

/** For the texts within a specification. */
function escapeText(text: string): string {
  return text.replace(/[\\:[\]]/g, "\\$&");
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
