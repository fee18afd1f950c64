/**
 * What the flags of one command line may not be together, as a table.
 * @module
 */
import type { CommandName } from "./commands_table.ts";

/** What a rule may look at. */
export interface RuleInput {
  /** Long names of the flags that were typed. */
  readonly given: ReadonlySet<string>;
  /** Read values by long name, defaults included. */
  readonly values: ReadonlyMap<string, unknown>;
  /** Arguments that are no flags. */
  readonly positionals: readonly string[];
}

/** One thing that a command line may not do. */
export interface Rule {
  readonly commands: readonly CommandName[];
  readonly isBroken: (line: RuleInput) => boolean;
  /** Said when it is broken. */
  readonly message: string;
}

const TRAINING = ["train", "finetune"] as const;

/** Everything that is checked beyond single flags. */
export const RULES: readonly Rule[] = [
  {
    commands: ["inpaint", "superres"],
    isBroken: ({ given, positionals }) =>
      !given.has("output") && positionals.length > 0 && !positionals.includes("-"),
    message: "Missing --output FILE|DIR|-",
  },
  {
    commands: ["inpaint"],
    isBroken: ({ positionals }) => positionals.includes("-") && positionals.length > 1,
    message: "Cannot inpaint standard input together with files: - must be the only input",
  },
  {
    commands: ["inpaint", "superres"],
    isBroken: (line) => line.given.has("output") && toStdout(line) && line.positionals.length > 1,
    message: "Cannot write several images to standard output: --output must be a folder",
  },
  {
    commands: ["inpaint", "superres"],
    isBroken: (line) => line.given.has("json") && toStdout(line),
    message: "Cannot use --json here: standard output carries the image, --output must be a file",
  },
  {
    commands: ["inpaint"],
    isBroken: (line) => line.given.has("side-by-side") && toStdout(line),
    message: "Cannot use --side-by-side here: the image goes to standard output, " +
      "--output must be a file or a folder",
  },
  {
    commands: ["inpaint", "superres"],
    isBroken: ({ given, values }) => given.has("quality") && values.get("format") === "png",
    message: "Cannot use --quality with --format png: PNG is lossless",
  },
  {
    commands: ["inpaint"],
    isBroken: ({ given, values }) => values.get("method") === "external" && !given.has("results"),
    message: "Missing --results DIR for --method external",
  },
  {
    commands: ["inpaint"],
    isBroken: ({ given, values }) => values.get("method") !== "external" && given.has("results"),
    message: "Cannot use --results here: --method must be external",
  },
  {
    commands: ["inpaint"],
    isBroken: ({ given, values }) =>
      given.has("weights") && !["pconv", "conv"].includes(String(values.get("method"))),
    message: "Cannot use --weights here: --method must be pconv or conv",
  },
  {
    commands: ["superres"],
    isBroken: ({ positionals }) => positionals.includes("-") && positionals.length > 1,
    message: "Cannot enlarge standard input together with files: - must be the only input",
  },
  ...["mask", "blend", "weights", "tile"].map((name): Rule => ({
    commands: ["superres"],
    isBroken: ({ given, values }) => given.has(name) && values.get("method") !== "superres",
    message: `Cannot use --${name} here: --method must be superres`,
  })),
  ...["invert-mask", "mask-threshold", "strict"].map((name): Rule => ({
    commands: ["superres"],
    isBroken: ({ given }) => given.has(name) && !given.has("mask"),
    message: `Cannot use --${name} without --mask: it says how a mask is read`,
  })),
  {
    commands: TRAINING,
    isBroken: ({ given }) =>
      lacksAll(given, "images", "resume", "config", "dry-run", "print-config"),
    message: "Missing --images DIR or --resume DIR|FILE",
  },
  {
    commands: TRAINING,
    isBroken: ({ given }) => lacksAll(given, "output", "resume", "dry-run", "print-config"),
    message: "Missing --output DIR",
  },
  {
    commands: ["sweep"],
    isBroken: ({ given }) => lacksAll(given, "images", "config"),
    message: "Missing --images DIR",
  },
  {
    commands: ["finetune"],
    isBroken: ({ given }) => lacksAll(given, "weights", "resume", "config"),
    message: "Missing --weights NAME|FILE or --resume DIR|FILE",
  },
  ...["config", "weights", "recipe", "preset", "base", "convolution", "hole-value", "seed"].map((
    name,
  ): Rule => ({
    commands: TRAINING,
    isBroken: ({ given }) => given.has("resume") && given.has(name),
    message: `Cannot use --${name} with --resume: the run keeps its own`,
  })),
  ...["preset", "base", "convolution", "hole-value"].map((name): Rule => ({
    commands: TRAINING,
    isBroken: ({ given }) => given.has("weights") && given.has(name),
    message: `Cannot use --${name} with --weights: the weights fix the network`,
  })),
  {
    commands: ["masks generate"],
    isBroken: ({ given }) => given.has("size") && given.has("like"),
    message: "Cannot use --size with --like: the image fixes the size",
  },
  {
    commands: ["masks generate"],
    isBroken: ({ given }) => given.has("bins") && given.has("ratio"),
    message: "Cannot use --ratio with --bins: the bins fix the ratio",
  },
];

/** True if the image is written to standard output. */
function toStdout({ given, values, positionals }: RuleInput): boolean {
  return given.has("output") ? values.get("output") === "-" : positionals.includes("-");
}

function lacksAll(given: ReadonlySet<string>, ...names: readonly string[]): boolean {
  return names.every((name) => !given.has(name));
}
