/**
 * Flags of `sweep` alone; it shares others with `train`.
 * @module
 */
import type { Flag } from "./flag.ts";

/** Flags of `sweep` alone. */
export const SWEEP_FLAGS = [
  {
    name: "vary",
    kind: "string",
    value: "NAME=RANGE",
    required: true,
    repeatable: true,
    commands: ["sweep"],
    category: "Training",
    help: "A loss and its weights: 60,120 or 0.05:0.5[:log]",
    longHelp:
      "`style-out=60,120,240` is a list, `perceptual=0.05:0.5` a range, with `:log` one whose " +
      "logarithm is drawn evenly. May be given several times.",
  },
  {
    name: "mode",
    kind: "choice",
    value: "grid|random",
    choices: ["grid", "random"],
    commands: ["sweep"],
    category: "Training",
    help: "All combinations, or draws",
    isRare: true,
    longHelp: "Lists alone make a grid; a range can only be drawn from.",
    defaultText: "by --vary",
  },
  {
    name: "trials",
    kind: "integer",
    value: "N",
    min: 1,
    max: 999,
    commands: ["sweep"],
    category: "Training",
    help: "How many to draw",
    longHelp:
      "A larger number adds to a sweep that is there already. A grid has a number of its own.",
    defaultText: "10",
  },
  {
    name: "output",
    short: "o",
    kind: "string",
    value: "DIR",
    required: true,
    commands: ["sweep"],
    category: "Output",
    help: "Folder for trials and results",
    longHelp: "The same command goes on with a sweep that was stopped.",
  },
  {
    name: "metric",
    kind: "choice",
    value: "holePsnr|ssim|l1Percent",
    choices: ["holePsnr", "ssim", "l1Percent"],
    default: "holePsnr",
    commands: ["sweep"],
    category: "Output",
    help: "Decides the best",
  },
] as const satisfies readonly Flag[];
