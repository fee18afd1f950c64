/**
 * Flags of `train` and `finetune`, some of `sweep` too, that say what is trained on.
 * @module
 */
import type { Flag } from "./flag.ts";

const BOTH = ["train", "finetune"] as const;
const SWEEP_TOO = [...BOTH, "sweep"] as const;

/** Flags of `train` and `finetune`, some of `sweep` too, that say what is trained on. */
export const TRAINING_DATA_FLAGS = [
  {
    name: "images",
    kind: "string",
    value: "DIR",
    commands: SWEEP_TOO,
    category: "Data",
    help: "Photographs to train on",
    longHelp: "Needed unless `--resume` or `--dry-run` is given, or a config file that names it.",
  },
  {
    name: "mask-ratio",
    kind: "range",
    value: "LO,HI",
    min: 0,
    max: 1,
    // The span of the paper's six test bins, (0.01, 0.1] to (0.5, 0.6].
    default: [0.01, 0.6],
    commands: BOTH,
    category: "Data",
    help: "Share of a crop that is hole",
    isRare: true,
  },
  {
    name: "masks",
    kind: "string",
    value: "DIR",
    commands: BOTH,
    category: "Data",
    help: "Take holes from mask files, not from the seed",
    longHelp:
      "Each is made black and white at 0.6, its holes widened, then moved, turned and cut, as the " +
      "paper did. `--mask-ratio` bounds these masks too.",
  },
  {
    name: "mask-polarity",
    kind: "choice",
    value: "white|black|auto",
    choices: ["white", "black", "auto"],
    default: "auto",
    commands: BOTH,
    category: "Data",
    help: "Hole colour in them",
    isRare: true,
  },
  {
    name: "mask-dilate",
    kind: "range",
    value: "LO,HI",
    min: 0,
    max: 255,
    isWhole: true,
    // Published with the paper's masks.
    default: [9, 49],
    commands: BOTH,
    category: "Data",
    help: "Dilation kernel, pixels at 512",
    isRare: true,
    longHelp:
      "Width of the square brush that widens the holes of `--masks`, for crops of 512 pixels; in " +
      "proportion for others.",
  },
  {
    name: "lattice-share",
    kind: "number",
    value: "SHARE",
    min: 0,
    max: 1,
    defaultText: "0; superres: 0.75",
    commands: BOTH,
    category: "Data",
    help: "Share to enlarge",
    isRare: true,
    longHelp:
      "Such a crop is shrunk by a scale of `--scales` and laid out as a lattice of single known pixels, as in section 5.2 of " +
      "the paper; the others have irregular holes. One lattice of four has a hole too. With the recipes `superres` and " +
      "`superres-finetune` the default is 0.75.",
  },
  {
    name: "scales",
    kind: "range",
    value: "LO,HI",
    min: 2,
    max: 8,
    isWhole: true,
    default: [2, 8],
    commands: BOTH,
    category: "Data",
    help: "Scales of these",
    isRare: true,
  },
  {
    name: "size",
    kind: "integer",
    value: "PX",
    min: 16,
    max: 2048,
    commands: BOTH,
    category: "Data",
    help: "Side of a training crop",
    defaultText: "the preset's",
  },
  {
    name: "batch",
    kind: "integer",
    value: "N",
    min: 1,
    max: 1024,
    commands: BOTH,
    category: "Data",
    help: "Crops per step",
    defaultText: "the preset's",
  },
  {
    name: "workers",
    kind: "integer",
    value: "N",
    min: 1,
    max: 16,
    default: 1,
    commands: BOTH,
    category: "Data",
    help: "Threads that prepare crops",
    isRare: true,
  },
] as const satisfies readonly Flag[];
