/**
 * Flags of `inpaint` and `doctor`.
 * @module
 */
import type { Flag } from "./flag.ts";

/** Flags of `inpaint` and `doctor`. */
export const INPAINT_FLAGS = [
  {
    name: "mask",
    short: "m",
    kind: "string",
    value: "FILE|DIR|alpha",
    required: true,
    commands: ["inpaint"],
    category: "Data",
    help: "Where the holes are: white, or transparent",
    longHelp:
      "One mask FILE serves all inputs; a DIR holds one mask per input under the same relative " +
      "path and stem, with any extension; `alpha` takes the input's own transparency.",
  },
  {
    name: "invert-mask",
    kind: "boolean",
    commands: ["inpaint"],
    category: "Data",
    help: "Holes are black, or opaque",
  },
  {
    name: "mask-threshold",
    kind: "integer",
    value: "LEVEL",
    min: 1,
    max: 255,
    default: 128,
    commands: ["inpaint"],
    category: "Data",
    help: "Grey level from which it is white",
  },
  {
    name: "strict",
    kind: "boolean",
    commands: ["inpaint"],
    category: "Data",
    help: "Refuse a soft mask or one of another size",
    longHelp:
      "Without it such a mask is resized without smoothing and made black and white, with a " +
      "warning.",
  },
  {
    name: "output",
    short: "o",
    kind: "string",
    value: "FILE|DIR|-",
    commands: ["inpaint"],
    category: "Output",
    help: "Where to write",
    longHelp:
      "`-` is standard output. Needed unless the input is `-`. A folder keeps the inputs' relative paths and names.",
    defaultText: "- if the input is -",
  },
  {
    name: "overwrite",
    kind: "boolean",
    commands: ["inpaint"],
    category: "Output",
    help: "Replace files that exist",
  },
  {
    name: "format",
    kind: "choice",
    value: "png|jpeg|webp",
    choices: ["png", "jpeg", "webp"],
    commands: ["inpaint"],
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
    commands: ["inpaint"],
    category: "Output",
    help: "Of JPEG, or of lossy WebP",
    defaultText: "JPEG 95",
  },
  {
    name: "side-by-side",
    kind: "boolean",
    commands: ["inpaint"],
    category: "Output",
    help: "Also write a before/after picture",
  },
  {
    name: "json",
    kind: "boolean",
    commands: ["inpaint", "doctor"],
    category: "Output",
    help: "Print JSON on stdout, one object per line",
  },
  {
    name: "weights",
    short: "w",
    kind: "string",
    value: "NAME|FILE",
    default: "pconv-lite",
    commands: ["inpaint", "doctor"],
    category: "Network",
    help: "Shipped weights, or a file",
  },
  {
    name: "context",
    kind: "integer",
    value: "PX|auto",
    min: 0,
    max: 4096,
    words: ["auto"],
    default: "auto",
    commands: ["inpaint"],
    category: "Network",
    help: "Pixels seen around a hole",
    longHelp: "More context lets distant structure guide the fill, and costs time.",
  },
  {
    name: "tile",
    kind: "integer",
    value: "PX",
    min: 64,
    max: 8192,
    default: 1024,
    commands: ["inpaint"],
    category: "Network",
    help: "Largest crop side at once",
    longHelp: "Lower it if memory runs out; raise it for one hole larger than this.",
  },
] as const satisfies readonly Flag[];
