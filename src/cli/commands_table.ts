/**
 * Every command of the program as data. A new command is one entry here, its flags in a flag table and one
 * file under `src/commands`.
 * @module
 */
import { SUPERRES_COMMAND } from "./superres_command.ts";

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
  SUPERRES_COMMAND,
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
  {
    name: "masks generate",
    summary: "Make irregular masks from a seed",
    usage: ["masks generate --output FILE|DIR [FLAGS]"],
    examples: [
      { line: "pconv masks generate -o mask.png", does: "Make one mask" },
      {
        line: "pconv masks generate -o masks/ --count 100 --size 512x384 --seed 7",
        does: "Make a hundred, the same on every machine",
      },
      {
        line: "pconv masks generate -o mask.png --like photo.jpg --ratio 0.1,0.2",
        does: "Fit a photograph, with a tenth to a fifth of it hole",
      },
      {
        line: "pconv masks generate -o test-masks/ --bins --border both --count 1200",
        does: "Make a test set of the paper's twelve classes",
      },
    ],
  },
  {
    name: "masks inspect",
    summary: "Check masks: polarity, soft edges, ratio, sizes, pairs",
    usage: ["masks inspect PATH... [FLAGS]"],
    notes: [
      "BORDER is N if every hole pixel is at least 50 px x (smaller side / 512) from",
      "the border, B if not.",
    ],
    positionals: { name: "PATH", min: 1, max: Infinity },
    examples: [
      { line: "pconv masks inspect masks/", does: "Tell what a folder of masks is" },
      {
        line: "pconv masks inspect masks/ --images photos/",
        does: "Also find masks of another size, and what has no partner",
      },
      {
        line: "pconv masks inspect masks/ --contact-sheet masks.png --json",
        does: "Look at them all at once, and read the facts by a script",
      },
    ],
  },
  {
    name: "weights import",
    summary: "Convert weights of others: VGG-16 for training",
    usage: ["weights import vgg16 FILE [FLAGS]"],
    positionals: { name: "vgg16 FILE", min: 2, max: 2 },
    examples: [
      {
        line: "pconv weights import vgg16 vgg16-397923af.pth",
        does: "Take torchvision's file for the perceptual and style losses",
      },
      {
        line: "pconv weights import vgg16 vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5",
        does: "Take that of Keras",
      },
      {
        line: "pconv weights import vgg16 mine.safetensors --convention caffe",
        does: "Say what the file does not",
      },
    ],
  },
  {
    name: "weights fetch",
    summary: "Download VGG-16 from pytorch.org and convert it",
    usage: ["weights fetch vgg16 [FLAGS]"],
    positionals: { name: "vgg16", min: 1, max: 1 },
    examples: [
      {
        line: "pconv weights fetch vgg16",
        does: "Get 528 MB and keep the 7 MB that training needs",
      },
      {
        line: "pconv weights fetch vgg16 -o vgg16.safetensors --keep",
        does: "Write here, and keep the download",
      },
      {
        line: "pconv weights fetch vgg16 --url https://mirror.example/vgg16-397923af.pth",
        does: "Ask another server; the digits in the name are checked",
      },
    ],
  },
  {
    name: "weights info",
    summary: "Tell what a file of weights holds",
    usage: ["weights info FILE|NAME [FLAGS]"],
    positionals: { name: "FILE|NAME", min: 1, max: 1 },
    examples: [
      {
        line: "pconv weights info pconv-lite",
        does: "Tell network, size and origin of shipped weights",
      },
      {
        line: "pconv weights info runs/first/checkpoint.safetensors",
        does: "Look into a checkpoint",
      },
      {
        line: "pconv weights info vgg16 --json",
        does: "Tell of the VGG-16 that was fetched, for a script",
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

/** Name of a command, one word or two. */
export type CommandName = typeof COMMANDS[number]["name"];

/** First word of the commands that have two. */
export type CommandGroup = CommandName extends infer N
  ? N extends `${infer Group} ${string}` ? Group : never
  : never;

/** What each group is about, in one line. */
export const GROUPS: Readonly<Record<CommandGroup, string>> = {
  masks: "Make masks and look over masks that exist",
  weights: "Get weights of others and tell what files hold",
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
