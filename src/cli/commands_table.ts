/**
 * Every command of the program as data. A new command is one entry here, its flags in a flag table and one
 * file under `src/commands`.
 * @module
 */
import { MASKS_COMMANDS } from "./masks_commands.ts";
import { REPORT_COMMAND } from "./report_command.ts";
import { SETUP_COMMANDS } from "./setup_commands.ts";
import { SUPERRES_COMMAND } from "./superres_command.ts";
import { WEIGHTS_COMMANDS } from "./weights_commands.ts";

/** One command line that works as printed, with what it does. */
export interface Example {
  /** Starts with "pconv "; what follows " < " or " > " is for the shell. */
  readonly line: string;
  /** What it does, for the README. */
  readonly does: string;
}

/** What a command takes besides flags. */
export interface PositionalSpec {
  /** As shown in the usage line. */
  readonly name: string;
  /** Fewest arguments. */
  readonly min: number;
  /** Most arguments; Infinity for any number. */
  readonly max: number;
  /** The words that it may be. @default any */
  readonly choices?: readonly string[];
}

/** One command. */
export interface Command {
  /** What the user types: one word, or a group and a word. */
  readonly name: string;
  /** One line, in the imperative. */
  readonly summary: string;
  /** Usage lines, without "pconv". */
  readonly usage: readonly string[];
  /** What its output needs to be read, as lines of at most 80 columns. */
  readonly notes?: readonly string[];
  /** Absent if the command takes no arguments. */
  readonly positionals?: PositionalSpec;
  /** Three or four, from simple to special. */
  readonly examples: readonly Example[];
}

/** All commands, in the order of the help text. */
export const COMMANDS = [
  {
    name: "inpaint",
    summary: "Fill the holes of photographs",
    usage: ["inpaint INPUT... --mask FILE|DIR|alpha --output FILE|DIR|- [FLAGS]"],
    notes: [
      "Methods: pconv; conv, typical convolutions; pyramid, untrained; patchmatch;",
      "telea; navier-stokes; mean; external, what another program made.",
    ],
    positionals: { name: "INPUT", min: 0, max: Infinity },
    examples: [
      { line: "pconv inpaint photo.jpg -m mask.png -o filled.jpg", does: "Fill one photograph" },
      {
        line: "pconv inpaint photos/ -m masks/ -o filled/",
        does: "Fill a folder; each mask has its photograph's name",
      },
      {
        line: "pconv inpaint cutout.png -m alpha -o filled.png",
        does: "Fill what was erased to transparent",
      },
      {
        line: "pconv inpaint - -m mask.png < photo.jpg > filled.jpg",
        does: "Read and write through pipes",
      },
    ],
  },
  SUPERRES_COMMAND,
  REPORT_COMMAND,
  {
    name: "train",
    summary: "Train a network on a folder of photographs",
    usage: ["train --images DIR --output DIR [FLAGS]", "train --resume DIR|FILE [FLAGS]"],
    examples: [
      { line: "pconv train --images photos/ -o runs/first", does: "Train with the usual recipe" },
      {
        line: "pconv train --images photos/ -o runs/tiny --preset tiny --steps 200",
        does: "Try a whole run in minutes",
      },
      { line: "pconv train --resume runs/first", does: "Go on where a run stopped" },
      { line: "pconv train --dry-run", does: "Print what would be trained, and stop" },
    ],
  },
  {
    name: "finetune",
    summary: "Go on training given weights, encoder batch norm held",
    usage: [
      "finetune --weights NAME|FILE --images DIR --output DIR [FLAGS]",
      "finetune --resume DIR|FILE [FLAGS]",
    ],
    examples: [
      {
        line: "pconv finetune -w pconv-lite --images photos/ -o runs/mine",
        does: "Adapt the shipped weights to your photographs",
      },
      { line: "pconv finetune --resume runs/mine", does: "Go on where a run stopped" },
      { line: "pconv finetune -w pconv-lite --dry-run", does: "Print what would be trained" },
    ],
  },
  {
    name: "sweep",
    summary: "Try weights of losses, each in a short training run",
    usage: ["sweep --images DIR --output DIR --vary NAME=RANGE [FLAGS]"],
    examples: [
      {
        line: "pconv sweep --images photos/ -o sweeps/hole --vary hole=3,6,12 --steps 500",
        does: "Try three weights of the hole loss",
      },
      {
        line: "pconv sweep --config run.json -o sweeps/style --vary style-out=12:240:log",
        does: "Draw ten weights from a range, evenly by factor",
      },
      {
        line: "pconv sweep --config run.json -o sweeps/both --vary hole=1:9 --vary valid=0,1",
        does: "Draw ten pairs; the same line again goes on where it stopped",
      },
    ],
  },
  {
    name: "eval",
    summary: "Score methods as the paper's Table 1 does",
    usage: [
      "eval --images DIR --output DIR [--masks DIR] [FLAGS]",
      "eval --compare A B [--output DIR]",
      "eval --merge DIR... --output DIR",
      "eval --study-results DIR FILE...",
    ],
    notes: ["Presets: lama, edgeconnect, mmagic, torchmetrics. Methods: as in inpaint."],
    positionals: { name: "DIR|FILE", min: 0, max: Infinity },
    examples: [
      {
        line: "pconv eval --images photos/ --masks masks/ -o evals/first",
        does: "Score all methods; open evals/first/report.html",
      },
      {
        line: "pconv eval --images photos/ --masks masks/ --results lama=out/ -o evals/first",
        does: "Add another program's pictures",
      },
      {
        line: "pconv eval --compare pconv telea -o evals/first",
        does: "Tell which is better, per hole ratio",
      },
      {
        line: "pconv eval --images photos/ --shard 3/8 -o evals/part-3",
        does: "Do one of eight parts; --merge puts them together",
      },
    ],
  },
  ...MASKS_COMMANDS,
  ...WEIGHTS_COMMANDS,
  {
    name: "doctor",
    summary: "Check the device and the weights of this machine",
    usage: ["doctor [FLAGS]"],
    examples: [
      { line: "pconv doctor", does: "Say what works here" },
      { line: "pconv doctor --device gpu", does: "Fail if the GPU cannot be used" },
      {
        line: "pconv doctor -w mine.safetensors --json",
        does: "Check a weights file, for a script",
      },
    ],
  },
  ...SETUP_COMMANDS,
] as const satisfies readonly Command[];

/** Name of a command, one word or two. */
export type CommandName = typeof COMMANDS[number]["name"];

/** First word of the commands that have two. */
export type CommandGroup = CommandName extends infer N
  ? N extends `${infer Group} ${string}` ? Group : never
  : never;

/** What each group is about, in one line. */
export const GROUPS: Readonly<Record<CommandGroup, string>> = {
  masks: "Make masks and look over masks that exist",
  weights: "Get weights of others, write some for them, tell what files hold",
};

/** Finds the command of that name. */
export function findCommand(name: string): (Command & { readonly name: CommandName }) | undefined {
  return COMMANDS.find((command) => command.name === name);
}

/** The commands of a group, in the order of the help text. */
export function commandsOf(group: CommandGroup): readonly (Command & { name: CommandName })[] {
  return COMMANDS.filter(({ name }) => name.startsWith(`${group} `));
}

/** True for the first word of commands that have two. */
export function isGroup(word: string): word is CommandGroup {
  return Object.hasOwn(GROUPS, word);
}
