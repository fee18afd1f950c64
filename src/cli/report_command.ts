/**
 * The command `report` and its flags, as data.
 * @module
 */
import type { Command } from "./commands_table.ts";
import type { Flag } from "./flag.ts";

/** The command `report` as data. */
export const REPORT_COMMAND = {
  name: "report",
  summary: "Make one page of all that was done in a folder",
  usage: ["report DIR... --output FILE.html [FLAGS]"],
  notes: ["DIR is the --output of inpaint or superres, by one run or by many parts."],
  positionals: { name: "DIR", min: 1, max: Infinity },
  examples: [
    { line: "pconv report filled/ -o run.html", does: "Put the parts of a cluster run together" },
    { line: "pconv report filled/ -o - > run.html", does: "Write to standard output" },
    {
      line: "pconv report june/ july/ -o summer.html --overwrite",
      does: "Show several folders on one page",
    },
  ],
} as const satisfies Command;

/** Flags of `report`. */
export const REPORT_FLAGS = [
  {
    name: "output",
    short: "o",
    kind: "string",
    value: "FILE.html",
    required: true,
    commands: ["report"],
    category: "Output",
    help: "Where to write the page, or - for standard output",
  },
  {
    name: "overwrite",
    kind: "boolean",
    commands: ["report"],
    category: "Output",
    help: "Replace a page that exists",
  },
  {
    name: "examples",
    kind: "integer",
    value: "N",
    min: 0,
    max: 500,
    default: 24,
    commands: ["report"],
    category: "Output",
    help: "Pictures to show before and after",
  },
] as const satisfies readonly Flag[];
