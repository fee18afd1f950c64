/**
 * The command `superres` as data.
 * @module
 */
import type { Command } from "./commands_table.ts";

/** The command `superres` as data. */
export const SUPERRES_COMMAND = {
  name: "superres",
  summary: "Enlarge pictures 2 to 8 times",
  usage: ["superres INPUT... --scale K --output FILE|DIR|- [FLAGS]"],
  notes: ["Methods: superres, the network; bicubic; lanczos; bilinear; nearest."],
  positionals: { name: "INPUT", min: 0, max: Infinity },
  examples: [
    {
      line: "pconv superres small.png --scale 4 -o large.png",
      does: "Enlarge one picture; its pixels stay, the network fills between them",
    },
    { line: "pconv superres icons/ --scale 2 -o large/", does: "Enlarge a folder" },
    {
      line: "pconv superres torn.jpg -m mask.png --scale 2 -o whole.jpg",
      does: "Fill holes and enlarge at once",
    },
    {
      line: "pconv superres - --scale 3 --method bicubic < small.png > large.png",
      does: "Enlarge without a network, through pipes",
    },
  ],
} as const satisfies Command;
