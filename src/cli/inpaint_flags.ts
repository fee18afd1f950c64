/**
 * Flags of `inpaint` and `doctor`, some of `superres` and `eval` too.
 * @module
 */
import type { Flag } from "./flag.ts";

/** Flags of `inpaint` and `doctor`, some of `superres` and `eval` too. */
export const INPAINT_FLAGS = [
  {
    name: "side-by-side",
    kind: "boolean",
    commands: ["inpaint"],
    category: "Output",
    help: "Also write a before/after picture",
    isRare: true,
  },
  {
    name: "method",
    kind: "choice",
    value: "NAME",
    choices: [
      "pconv",
      "conv",
      "pyramid",
      "patchmatch",
      "telea",
      "navier-stokes",
      "mean",
      "external",
    ],
    default: "pconv",
    commands: ["inpaint"],
    category: "Network",
    help: "How to fill: a network or a classical method",
    longHelp:
      "`pconv` is the network; `conv` its twin with typical convolutions; `pyramid` the untrained fill that `pconv-lite` " +
      "starts from; `patchmatch`, `telea` and `navier-stokes` are classical; `mean` is one colour; `external` puts " +
      "another program's `--results` into the holes and leaves the rest of the photograph as it is.",
  },
  {
    name: "results",
    kind: "string",
    value: "DIR",
    commands: ["inpaint"],
    category: "Network",
    help: "Pictures of another program, for --method external",
    isRare: true,
  },
  {
    name: "seed",
    kind: "integer",
    value: "N",
    min: 0,
    default: 1,
    commands: ["inpaint"],
    category: "Network",
    help: "Fixes the chance in --method patchmatch",
    isRare: true,
  },
  {
    name: "weights",
    short: "w",
    kind: "string",
    value: "NAME|FILE",
    commands: ["inpaint"],
    category: "Network",
    help: "Shipped weights, or a file",
    defaultText: "pconv-lite, or the method's",
  },
  {
    name: "weights",
    short: "w",
    kind: "string",
    value: "NAME|FILE",
    default: "pconv-lite",
    commands: ["doctor"],
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
    commands: ["inpaint", "eval"],
    category: "Network",
    help: "Pixels seen around a hole",
    isRare: true,
    longHelp: "More context lets distant structure guide the fill, and costs time.",
  },
  {
    name: "tile",
    kind: "integer",
    value: "PX",
    min: 64,
    max: 8192,
    default: 1024,
    commands: ["inpaint", "superres", "eval"],
    category: "Network",
    help: "Largest crop side at once",
    isRare: true,
    longHelp: "Lower it if memory runs out; raise it for one hole larger than this.",
  },
] as const satisfies readonly Flag[];
