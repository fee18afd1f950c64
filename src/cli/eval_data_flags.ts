/**
 * Flags of `eval` that choose its pairs.
 * @module
 */
import type { Flag } from "./flag.ts";

/** Flags of `eval` that choose its pairs. */
export const EVAL_DATA_FLAGS = [
  {
    name: "task",
    kind: "choice",
    value: "inpaint|superres",
    choices: ["inpaint", "superres"],
    default: "inpaint",
    commands: ["eval"],
    category: "Data",
    help: "Fills, or enlargements",
    longHelp:
      "`superres` scores as the literature of super-resolution does: small pictures by MATLAB's `imresize`, PSNR and " +
      "SSIM on Y without the rim. It takes no masks.",
  },
  {
    name: "scale",
    kind: "string",
    value: "LIST",
    default: "2,3,4",
    commands: ["eval"],
    category: "Data",
    help: "Factors of --task superres",
    isRare: true,
    longHelp: "Whole numbers from 2 to 8.",
  },
  {
    name: "images",
    kind: "string",
    value: "DIR",
    commands: ["eval"],
    category: "Data",
    help: "Undamaged photographs, never trained on",
  },
  {
    name: "masks",
    kind: "string",
    value: "DIR",
    commands: ["eval"],
    category: "Data",
    help: "Mask files",
  },
  {
    name: "mask-polarity",
    kind: "choice",
    value: "white|black|auto",
    choices: ["white", "black", "auto"],
    default: "white",
    commands: ["eval"],
    category: "Data",
    help: "Hole colour in them",
    isRare: true,
  },
  {
    name: "pairing",
    kind: "choice",
    value: "seed|name",
    choices: ["seed", "name"],
    default: "seed",
    commands: ["eval"],
    category: "Data",
    help: "Deal by the seed, or by name",
    isRare: true,
    longHelp:
      "`seed` deals without replacement: no image and no mask is used twice more than another. `name` pairs the same " +
      "relative path and stem, and LaMa's `a_mask000.png` with `a.png`.",
  },
  {
    name: "pairs",
    kind: "integer",
    value: "N",
    min: 1,
    max: 1_000_000,
    commands: ["eval"],
    category: "Data",
    help: "Pairs with mask files",
    isRare: true,
    defaultText: "each file",
  },
  {
    name: "generate",
    kind: "integer",
    value: "N",
    min: 0,
    max: 1_000_000,
    commands: ["eval"],
    category: "Data",
    help: "Pairs with generated masks",
    longHelp:
      "They go through the paper's twelve classes: six ranges of the hole ratio, with and without holes near the border. " +
      "Without `--masks` there is at least one of each class and of each image.",
    defaultText: "0 with --masks",
  },
  {
    name: "size",
    kind: "integer",
    value: "PX|native",
    min: 16,
    max: 4096,
    words: ["native"],
    default: 512,
    commands: ["eval"],
    category: "Data",
    help: "Side of what is evaluated",
    longHelp:
      "Images and masks are cut to their centred square; images are resized bilinearly (antialiased when they shrink), " +
      "masks to the nearest pixel. `native` leaves images as they are and fits masks to them.",
  },
  {
    name: "dilate",
    kind: "string",
    value: "LIST",
    default: "0",
    commands: ["eval"],
    category: "Data",
    help: "Grow holes by kernels, px at 512",
    isRare: true,
    longHelp: "Figure 10 of the paper: `0,5,15,35,55,95`. Every pair is evaluated with each.",
  },
  {
    name: "seed",
    kind: "integer",
    value: "N",
    min: 0,
    default: 1,
    commands: ["eval"],
    category: "Data",
    help: "Deals, generates and shuffles",
    isRare: true,
  },
  {
    name: "shard",
    kind: "string",
    value: "I/N|auto",
    commands: ["eval"],
    category: "Data",
    help: "Do part I of N, for --merge to put together",
    longHelp:
      "`auto` asks the scheduler: a Slurm array or `srun`, a Kubernetes Indexed Job with `PCONV_SHARDS` set to its " +
      "completions, or an AWS Batch array.",
  },
] as const satisfies readonly Flag[];
