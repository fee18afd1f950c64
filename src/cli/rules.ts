/**
 * What the flags of one command line may not be together, as a table.
 * @module
 */
import type { CommandName } from "./commands_table.ts";
import { HOLE_RULES } from "./hole_rules.ts";
import { PICTURE_RULES } from "./picture_rules.ts";

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
  ...HOLE_RULES,
  ...PICTURE_RULES,
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

function lacksAll(given: ReadonlySet<string>, ...names: readonly string[]): boolean {
  return names.every((name) => !given.has(name));
}
