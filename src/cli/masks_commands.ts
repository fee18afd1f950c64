/**
 * The `masks` commands as data.
 * @module
 */
import type { Command } from "./commands_table.ts";

/** The `masks` commands as data. */
export const MASKS_COMMANDS = [
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
] as const satisfies readonly Command[];
