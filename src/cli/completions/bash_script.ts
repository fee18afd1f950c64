/**
 * Completion for bash, from version 3.2 on.
 * @module
 */
import type { CompletionTable, FlagCompletion, ValueCompletion } from "./completion_table.ts";

/** The script that `pconv completions bash` prints. */
export function bashScript({ first, groups, commands }: CompletionTable): string {
  return [
    "# Completion of pconv for bash. Try it at once: source <(pconv completions bash)",
    "",
    "_pconv() {",
    "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}",
    "  local command=${COMP_WORDS[1]} words= paths=none flags= path",
    "  COMPREPLY=()",
    "  # bash makes three words of --flag=value.",
    "  if [[ $cur == = ]]; then cur=",
    "  elif [[ $prev == = ]]; then prev=${COMP_WORDS[COMP_CWORD-2]}",
    "  fi",
    "  if (( COMP_CWORD == 1 )); then",
    `    COMPREPLY=($(compgen -W '${wordList(first)} --help --version' -- "$cur"))`,
    "    return",
    "  fi",
    "  case $command in",
    ...[...groups].flatMap(([group, members]) => [
      `    ${group})`,
      "      if (( COMP_CWORD == 2 )); then",
      `        COMPREPLY=($(compgen -W '${wordList(members)} --help' -- "$cur"))`,
      "        return",
      "      fi",
      '      command+=" ${COMP_WORDS[2]}" ;;',
    ]),
    `    help) COMPREPLY=($(compgen -W '${wordList(first)}' -- "$cur")); return ;;`,
    "  esac",
    "  case $command in",
    ...commands.flatMap((command) => [
      `    '${command.name}')`,
      `      flags='${command.flags.flatMap(spellings).join(" ")}'`,
      "      case $prev in",
      ...command.flags.flatMap((entry) =>
        entry.value === undefined
          ? []
          : [`        ${spellings(entry).join("|")}) flags=; ${assign(entry.value)} ;;`]
      ),
      `        *) ${assign(command.arguments)} ;;`,
      "      esac ;;",
    ]),
    "    *) return ;;",
    "  esac",
    "  if [[ -n $flags && $cur == -* ]]; then",
    '    COMPREPLY=($(compgen -W "$flags" -- "$cur"))',
    "    return",
    "  fi",
    '  COMPREPLY=($(compgen -W "$words" -- "$cur"))',
    "  [[ $paths == none ]] && return",
    "  # Names may have blanks; bash 3.2 has no compopt.",
    "  compopt -o filenames 2>/dev/null",
    "  while IFS= read -r path; do",
    '    COMPREPLY+=("$path")',
    '  done < <(if [[ $paths == files ]]; then compgen -f -- "$cur"; else compgen -d -- "$cur"; fi)',
    "}",
    "",
    "complete -F _pconv pconv",
  ].map((line) => `${line}\n`).join("");
}

function wordList(entries: readonly { readonly word: string }[]): string {
  return entries.map(({ word }) => word).join(" ");
}

function spellings({ flag }: FlagCompletion): readonly string[] {
  return flag.short === undefined ? [`--${flag.name}`] : [`-${flag.short}`, `--${flag.name}`];
}

function assign({ words, paths }: ValueCompletion): string {
  return `words='${words.join(" ")}' paths=${paths}`;
}
