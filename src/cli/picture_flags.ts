/**
 * Flags of the commands that work on pictures: what is written, and how many pictures are gone through.
 * @module
 */
import type { Flag } from "./flag.ts";

/** Flags that `inpaint` and `superres` share, but those about masks. */
export const PICTURE_FLAGS = [
  {
    name: "output",
    short: "o",
    kind: "string",
    value: "FILE|DIR|-",
    commands: ["inpaint", "superres"],
    category: "Output",
    help: "Where to write",
    longHelp:
      "`-` is standard output. Needed unless the input is `-`. A folder keeps the inputs' relative paths and names, and " +
      "remembers in `.pconv` what was done with which settings, so that a second run skips it.",
    defaultText: "- if the input is -",
  },
  {
    name: "overwrite",
    kind: "boolean",
    commands: ["inpaint", "superres"],
    category: "Output",
    help: "Replace files that exist, even those done before",
  },
  {
    name: "suffix",
    kind: "string",
    value: "TEXT",
    commands: ["inpaint", "superres"],
    category: "Output",
    help: "Put behind the name of each result: _filled",
    isRare: true,
    longHelp:
      "With it results may lie in the folder of the photographs; files whose names end in it are not taken as input again.",
  },
  {
    name: "format",
    kind: "choice",
    value: "png|jpeg|webp|avif|tiff",
    choices: ["png", "jpeg", "webp", "avif", "tiff"],
    aliases: { jpg: "jpeg", tif: "tiff" },
    commands: ["inpaint", "superres"],
    category: "Output",
    help: "File format",
    defaultText: "the output name's, or the input's",
  },
  {
    name: "quality",
    kind: "integer",
    value: "1..100",
    min: 1,
    max: 100,
    commands: ["inpaint", "superres"],
    category: "Output",
    help: "Of JPEG, or of lossy WebP and AVIF",
    longHelp:
      "Without it WebP and AVIF are lossless, and a JPEG that stays one keeps everything but the blocks that a hole " +
      "touches. Other pictures become JPEG of 95.",
    defaultText: "the JPEG's own",
  },
  {
    name: "verify",
    kind: "boolean",
    commands: ["inpaint"],
    category: "Output",
    help: "Read it back, prove that nothing else changed",
    longHelp:
      "Compares every known pixel, alpha and the metadata of the written file with the input's before it gets its name. A " +
      "file that differs is not kept and counts as failed. Of a JPEG the blocks are compared that no hole touches.",
  },
  {
    name: "json",
    kind: "boolean",
    commands: ["inpaint", "superres", "doctor"],
    category: "Output",
    help: "Print JSON on stdout, one object per line",
  },
  {
    name: "report",
    kind: "string",
    value: "FILE.html",
    commands: ["inpaint", "superres"],
    category: "Many pictures",
    help: "Write a page of all results, before and after",
  },
  {
    name: "dry-run",
    kind: "boolean",
    commands: ["inpaint", "superres"],
    category: "Many pictures",
    help: "Only tell what would be done",
  },
  {
    name: "fail-fast",
    kind: "boolean",
    commands: ["inpaint", "superres"],
    category: "Many pictures",
    help: "Stop at the first picture that fails",
    isRare: true,
  },
  {
    name: "watch",
    kind: "boolean",
    commands: ["inpaint", "superres"],
    category: "Many pictures",
    help: "Stay, and do what comes into the folder",
    longHelp:
      "A file is taken up once it has not grown for a second; with a folder of masks, once its mask is there too.",
  },
  {
    name: "shard",
    kind: "string",
    value: "I/N|auto",
    commands: ["inpaint", "superres"],
    category: "Many pictures",
    help: "Do one of N parts: 3/8",
    longHelp:
      "Which pictures are in a part follows from their paths alone, so machines need not know of each other. `auto` asks " +
      "Slurm, Kubernetes or AWS Batch; `pconv report` makes one page of all parts.",
  },
  {
    name: "workers",
    kind: "integer",
    value: "N",
    min: 0,
    max: 16,
    default: 1,
    commands: ["inpaint", "superres"],
    category: "Many pictures",
    help: "Threads that decode and encode",
    isRare: true,
    longHelp:
      "They work ahead of and behind the network; 0 does all in one thread. One picture alone never starts any.",
  },
] as const satisfies readonly Flag[];
