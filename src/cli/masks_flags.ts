/**
 * Flags of the `masks` commands.
 * @module
 */
import type { Flag } from "./flag.ts";

/** Flags of the `masks` commands. */
export const MASKS_FLAGS = [
  {
    name: "size",
    kind: "size",
    value: "WxH",
    min: 16,
    max: 8192,
    default: { width: 512, height: 512 },
    commands: ["masks generate"],
    category: "Data",
    help: "Width and height in pixels",
  },
  {
    name: "like",
    kind: "string",
    value: "IMAGE",
    commands: ["masks generate"],
    category: "Data",
    help: "Take the size of this image",
  },
  {
    name: "ratio",
    kind: "range",
    value: "LO,HI",
    min: 0,
    max: 1,
    // The span of the paper's six test bins, (0.01, 0.1] to (0.5, 0.6].
    default: [0.01, 0.6],
    commands: ["masks generate"],
    category: "Data",
    help: "Share that is hole",
  },
  {
    name: "bins",
    kind: "boolean",
    commands: ["masks generate"],
    category: "Data",
    help: "Cycle through the paper's six ranges of the share",
    longHelp:
      "These are (0.01, 0.1], (0.1, 0.2] and so on to (0.5, 0.6], each in a folder of its own: `ratio-01-10`.",
  },
  {
    name: "border",
    kind: "choice",
    value: "any|free|touching|both",
    choices: ["any", "free", "touching", "both"],
    default: "any",
    commands: ["masks generate"],
    category: "Data",
    help: "Whether holes come near the border",
    longHelp:
      "`free` keeps them 50 pixels away where the smaller side is 512, in proportion elsewhere; " +
      "`both` takes turns, with a folder for each.",
  },
  {
    name: "seed",
    kind: "integer",
    value: "N",
    min: 0,
    default: 1,
    commands: ["masks generate"],
    category: "Data",
    help: "The same seed gives the same masks",
  },
  {
    name: "output",
    short: "o",
    kind: "string",
    value: "FILE|DIR",
    required: true,
    commands: ["masks generate"],
    category: "Output",
    help: "One PNG file, or a folder for several",
  },
  {
    name: "count",
    kind: "integer",
    value: "N",
    min: 1,
    max: 100000,
    commands: ["masks generate"],
    category: "Output",
    help: "How many masks",
    defaultText: "1, or one of each class",
  },
  {
    name: "images",
    kind: "string",
    value: "DIR",
    commands: ["masks inspect"],
    category: "Data",
    help: "Photographs that the masks belong to",
    longHelp:
      "Names decide, as in `pconv inpaint`: the same relative path and stem. LaMa's `a_mask000.png` " +
      "belongs to `a.png`, in the same folder or another.",
  },
  {
    name: "mask-polarity",
    kind: "choice",
    value: "white|black|auto",
    choices: ["white", "black", "auto"],
    default: "auto",
    commands: ["masks inspect"],
    category: "Data",
    help: "Which colour is hole",
    longHelp:
      "`auto` takes a colour that covers more than 60 % for known, else the colour of the border, " +
      "else what the other masks say.",
  },
  {
    name: "contact-sheet",
    kind: "string",
    value: "FILE",
    commands: ["masks inspect"],
    category: "Output",
    help: "Write a PNG with every mask, small",
  },
  {
    name: "json",
    kind: "boolean",
    commands: ["masks inspect"],
    category: "Output",
    help: "Print JSON on stdout, one object per line",
  },
] as const satisfies readonly Flag[];
