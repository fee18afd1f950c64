/**
 * Every command of the program as data. A new command is one entry here, its flags in a flag table and one
 * file under `src/commands`.
 * @module
 */

/** One command line that works as printed, with what it does. */
export interface Example {
  /** Starts with "pconv "; what follows " < " is for the shell. */
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
}

/** One command. */
export interface Command {
  /** What the user types. */
  readonly name: string;
  /** One line, in the imperative. */
  readonly summary: string;
  /** Usage lines, without "pconv". */
  readonly usage: readonly string[];
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
    positionals: { name: "INPUT", min: 1, max: Infinity },
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
    name: "mask",
    summary: "Make irregular masks from a seed",
    usage: ["mask --output FILE|DIR [FLAGS]"],
    examples: [
      { line: "pconv mask -o mask.png", does: "Make one mask" },
      {
        line: "pconv mask -o masks/ --count 100 --size 512x384 --seed 7",
        does: "Make a hundred, the same on every machine",
      },
      {
        line: "pconv mask -o mask.png --like photo.jpg --ratio 0.1,0.2",
        does: "Fit a photograph, with a tenth to a fifth of it hole",
      },
    ],
  },
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
] as const satisfies readonly Command[];

/** Name of a command. */
export type CommandName = typeof COMMANDS[number]["name"];

/** Finds the command of that name. */
export function findCommand(name: string): (Command & { readonly name: CommandName }) | undefined {
  return COMMANDS.find((command) => command.name === name);
}
