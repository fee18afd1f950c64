/**
 * Flags of (nearly) every command.
 * @module
 */
import { COMMANDS } from "./commands_table.ts";
import type { Flag } from "./flag.ts";

const EVERY_COMMAND = COMMANDS.map(({ name }) => name);

/** Flags of (nearly) every command. */
export const GENERAL_FLAGS = [
  {
    name: "device",
    kind: "choice",
    value: "auto|gpu|cpu",
    choices: ["auto", "gpu", "cpu"],
    default: "auto",
    commands: ["inpaint", "superres", "train", "finetune", "sweep", "eval", "doctor"],
    category: "General",
    help: "Where to compute",
    longHelp:
      "`gpu` is WebGPU, `cpu` is WebAssembly. `auto` takes the GPU if there is one that passes " +
      "its self-check, and says which device it took; `gpu` never falls back to the CPU.",
  },
  {
    name: "quiet",
    short: "q",
    kind: "boolean",
    commands: EVERY_COMMAND,
    category: "General",
    help: "No progress, only warnings and errors",
  },
  {
    name: "help",
    short: "h",
    kind: "boolean",
    commands: EVERY_COMMAND,
    category: "General",
    help: "Print the everyday flags and examples",
  },
  {
    name: "help-all",
    kind: "boolean",
    commands: EVERY_COMMAND,
    category: "General",
    help: "Print every flag",
    isRare: true,
  },
  {
    name: "version",
    short: "V",
    kind: "boolean",
    commands: EVERY_COMMAND,
    category: "General",
    help: "Print the version",
    isRare: true,
  },
] as const satisfies readonly Flag[];
