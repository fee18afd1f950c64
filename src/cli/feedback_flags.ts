/**
 * Flags of `train` and `finetune`, some of `sweep` too, that say what a run measures, shows and keeps.
 * @module
 */
import type { Flag } from "./flag.ts";

const BOTH = ["train", "finetune"] as const;
const SWEEP_TOO = [...BOTH, "sweep"] as const;

/** Flags of `train` and `finetune`, some of `sweep` too, that say what a run measures, shows and keeps. */
export const FEEDBACK_FLAGS = [
  {
    name: "output",
    short: "o",
    kind: "string",
    value: "DIR",
    commands: BOTH,
    category: "Output",
    help: "Run folder",
    longHelp:
      "It takes checkpoint, weights, log, previews and report. Needed unless `--resume` or " +
      "`--dry-run` is given.",
    defaultText: "the one resumed",
  },
  {
    name: "checkpoint-every",
    kind: "integer",
    value: "STEPS",
    min: 1,
    default: 100,
    commands: BOTH,
    category: "Output",
    help: "Steps between two checkpoints",
    isRare: true,
    longHelp: "One is also stored at a line of the log if the last is ten minutes old.",
  },
  {
    name: "keep-every",
    kind: "integer",
    value: "STEPS",
    min: 1,
    commands: BOTH,
    category: "Output",
    help: "Also keep a checkpoint every so many steps",
    isRare: true,
    longHelp: "The last and the best are kept in any case.",
  },
  {
    name: "report-every",
    kind: "integer",
    value: "STEPS",
    min: 1,
    default: 50,
    commands: BOTH,
    category: "Output",
    help: "Steps between two lines of the log",
    isRare: true,
  },
  {
    name: "validation",
    kind: "string",
    value: "DIR|auto|none",
    default: "auto",
    commands: SWEEP_TOO,
    category: "Output",
    help: "Images to measure on",
    longHelp:
      "They are never trained on. `auto` holds back one in twenty of the images, 6 at least (of 20 " +
      "to 29 images one in five) and 100 at most; of fewer than 20 images none. A folder may lie within that of `--images`.",
  },
  {
    name: "validate-every",
    kind: "integer",
    value: "STEPS",
    min: 1,
    default: 500,
    commands: BOTH,
    category: "Output",
    help: "Steps between two validations",
    isRare: true,
  },
  {
    name: "validation-count",
    kind: "integer",
    value: "N",
    min: 1,
    // All pairs stay in memory: 1 MB each at 512 pixels.
    max: 1_000,
    default: 100,
    commands: SWEEP_TOO,
    category: "Output",
    help: "Most images to validate on",
    isRare: true,
  },
  {
    name: "previews",
    kind: "integer",
    value: "N",
    min: 0,
    max: 16,
    default: 4,
    commands: BOTH,
    category: "Output",
    help: "Images on each preview sheet",
    isRare: true,
  },
] as const satisfies readonly Flag[];
