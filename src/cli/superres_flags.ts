/**
 * Flags of `superres`.
 * @module
 */
import type { Flag } from "./flag.ts";

/** Flags of `superres`; those that `inpaint` has too mean the same. */
export const SUPERRES_FLAGS = [
  {
    name: "scale",
    kind: "integer",
    value: "K",
    min: 2,
    max: 8,
    required: true,
    commands: ["superres"],
    category: "Data",
    help: "How many times as wide and high, 2 to 8",
    longHelp:
      "A whole number: pixel (x, y) goes to (K x + K/2, K y + K/2), rounded down, of a canvas K times as large.",
  },
  {
    name: "method",
    kind: "choice",
    value: "NAME",
    choices: ["superres", "bicubic", "lanczos", "bilinear", "nearest"],
    default: "superres",
    commands: ["superres"],
    category: "Network",
    help: "The network, or a formula",
    longHelp:
      "`superres` is the network; `bicubic` (a = -0.5), `lanczos` (3 lobes), `bilinear` and `nearest` need none.",
  },
  {
    name: "blend",
    kind: "boolean",
    commands: ["superres"],
    category: "Network",
    help: "Take the network's colours at known pixels too",
    longHelp:
      "Without it the small picture's pixels come out exactly as they were, at their places.",
  },
  {
    name: "weights",
    short: "w",
    kind: "string",
    value: "NAME|FILE",
    default: "pconv-lite-superres",
    commands: ["superres"],
    category: "Network",
    help: "Shipped weights, or a file",
  },
] as const satisfies readonly Flag[];
