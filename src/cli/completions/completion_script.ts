/**
 * The script that completes command lines, for each shell.
 * @module
 */
import type { SHELLS } from "../setup_commands.ts";
import { bashScript } from "./bash_script.ts";
import { completionTable, type CompletionTableOptions } from "./completion_table.ts";
import { fishScript } from "./fish_script.ts";
import { zshScript } from "./zsh_script.ts";

/** A shell that there are completions for. */
export type Shell = typeof SHELLS[number];

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

/**
 * Makes the script of one shell.
 *
 * @param shell One of {@linkcode SHELLS}.
 */
export function completionScript(shell: Shell, options: CompletionTableOptions): string {
  return SCRIPTS[shell](completionTable(options));
}
