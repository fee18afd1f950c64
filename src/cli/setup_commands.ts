/**
 * Commands that put the program on a machine, as data.
 * @module
 */
import type { Command } from "./commands_table.ts";

/** The shells that there are completions for. */
export const SHELLS = ["bash", "zsh", "fish"] as const;

/** Commands that put the program on a machine, as data. */
export const SETUP_COMMANDS = [
  {
    name: "completions",
    summary: "Print a script that completes commands in a shell",
    usage: ["completions bash|zsh|fish"],
    positionals: { name: "bash|zsh|fish", min: 1, max: 1, choices: SHELLS },
    examples: [
      {
        line: "pconv completions bash > ~/.local/share/bash-completion/completions/pconv",
        does: "For bash with its package bash-completion",
      },
      {
        line: "pconv completions zsh > ~/.zfunc/_pconv",
        does: "For zsh, with a folder of $fpath in front of compinit",
      },
      {
        line: "pconv completions fish > ~/.config/fish/completions/pconv.fish",
        does: "For fish",
      },
    ],
  },
  {
    name: "man",
    summary: "Print the manual page",
    usage: ["man"],
    examples: [
      { line: "pconv man > pconv.1", does: "Read it by man ./pconv.1" },
      {
        line: "pconv man > ~/.local/share/man/man1/pconv.1",
        does: "Install it, for man pconv",
      },
      { line: "pconv man --quiet > /usr/local/share/man/man1/pconv.1", does: "For all users" },
    ],
  },
] as const satisfies readonly Command[];
