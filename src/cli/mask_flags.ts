/**
 * Flags of `mask`.
 * @module
 */
import type { Flag } from "./flag.ts";

/** Flags of `mask`. */
export const MASK_FLAGS = [
  {
    name: "size",
    kind: "size",
    value: "WxH",
    min: 16,
    max: 8192,
    default: { width: 512, height: 512 },
    commands: ["mask"],
    category: "Data",
    help: "Width and height in pixels",
  },
  {
    name: "like",
    kind: "string",
    value: "IMAGE",
    commands: ["mask"],
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
    commands: ["mask"],
    category: "Data",
    help: "Share that is hole",
  },
  {
    name: "seed",
    kind: "integer",
    value: "N",
    min: 0,
    default: 1,
    commands: ["mask"],
    category: "Data",
    help: "The same seed gives the same masks",
  },
  {
    name: "output",
    short: "o",
    kind: "string",
    value: "FILE|DIR",
    required: true,
    commands: ["mask"],
    category: "Output",
    help: "One PNG file, or a folder for several",
  },
  {
    name: "count",
    kind: "integer",
    value: "N",
    min: 1,
    max: 100000,
    default: 1,
    commands: ["mask"],
    category: "Output",
    help: "How many masks",
  },
] as const satisfies readonly Flag[];
