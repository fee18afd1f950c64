/**
 * Flags that say where the holes of pictures are.
 * @module
 */
import type { Flag } from "./flag.ts";

/** Flags about holes, of the commands that work on pictures. */
export const HOLE_FLAGS = [
  {
    name: "mask",
    short: "m",
    kind: "string",
    value: "FILE|DIR|alpha",
    commands: ["inpaint"],
    category: "Data",
    help: "Where the holes are: white, or transparent",
    longHelp:
      "One mask FILE serves all inputs; a DIR holds one mask per input under the same relative " +
      "path and stem, with any extension, or LaMa's `NAME_mask.png`, `NAME_mask000.png` and so on, which may lie in the " +
      "folder of the photographs itself: several of one photograph make a result each, named as the mask is. `alpha` takes " +
      "the input's own transparency. Several of --mask, --mask-color and --box are put together.",
  },
  {
    name: "mask",
    short: "m",
    kind: "string",
    value: "FILE|DIR|alpha",
    commands: ["superres"],
    category: "Data",
    help: "Also fill holes: white, or transparent",
    longHelp:
      "One mask FILE, of the small picture's size, serves all inputs; a DIR holds one per input under the same relative " +
      "path and stem; `alpha` takes the input's own transparency.",
    defaultText: "no holes",
  },
  {
    name: "pairs",
    kind: "string",
    value: "FILE",
    commands: ["inpaint", "superres"],
    category: "Data",
    help: "A text file that lists the inputs, with their masks",
    isRare: true,
    longHelp:
      "Each line holds an image, its mask and the name of its result, parted by tabs; paths are relative to the list. A " +
      "line may end after the image, when --mask, --mask-color or --box says where the holes are, or after the mask, when " +
      "the result keeps the image's name. Lines that start with # and a first line `image`, `mask`, `output` are no pairs. " +
      "Results lie in the folder of --output, wherever the list says they should.",
  },
  {
    name: "mask-color",
    kind: "string",
    value: "COLOR",
    commands: ["inpaint", "superres"],
    category: "Data",
    help: "What is painted in this colour: '#ff00ff'",
    longHelp: "Three or six hexadecimal digits. For strokes with soft edges add --mask-grow 2.",
  },
  {
    name: "mask-color-tolerance",
    kind: "integer",
    value: "LEVELS",
    min: 0,
    max: 255,
    commands: ["inpaint", "superres"],
    category: "Data",
    help: "How much a channel may differ from --mask-color",
    longHelp:
      "JPEG, WebP and AVIF smear colours, so there a stroke is taken within 48 levels and 4 pixels wider unless this is given.",
    defaultText: "0, or 48 in lossy formats",
    isRare: true,
  },
  {
    name: "box",
    kind: "string",
    value: "X,Y,W,H",
    repeatable: true,
    commands: ["inpaint", "superres"],
    category: "Data",
    help: "A rectangle in pixels or %; may be repeated",
    longHelp:
      "`10%,0,50%,20` is fine. X or Y below 0 count from the right or lower side: `-200,-40,200,40` is the lower right " +
      "corner of every picture.",
  },
  {
    name: "mask-grow",
    kind: "integer",
    value: "PX",
    min: 0,
    max: 254,
    default: 0,
    commands: ["inpaint", "superres"],
    category: "Data",
    help: "Widen the holes all around",
  },
  {
    name: "mask-feather",
    kind: "integer",
    value: "PX",
    min: 0,
    max: 254,
    default: 0,
    commands: ["inpaint"],
    category: "Data",
    help: "Fade the fill out over a band around the holes",
    longHelp:
      "The band is filled too and mixed with what was there, less and less with the distance. Beyond it nothing changes.",
  },
  {
    name: "mask-polarity",
    kind: "choice",
    value: "white|black|auto",
    choices: ["white", "black", "auto"],
    commands: ["inpaint", "superres"],
    category: "Data",
    help: "Which colour of mask files is the hole",
    longHelp:
      "`auto` looks at up to 32 of the masks and says what it found; if they do not tell, nothing is done. With `black` and " +
      "--mask alpha the opaque is the hole.",
    defaultText: "white",
  },
  {
    name: "invert-mask",
    kind: "boolean",
    commands: ["inpaint", "superres"],
    category: "Data",
    help: "The same as --mask-polarity black",
    isRare: true,
  },
  {
    name: "mask-threshold",
    kind: "integer",
    value: "LEVEL",
    min: 1,
    max: 255,
    default: 128,
    commands: ["inpaint", "superres"],
    category: "Data",
    help: "Grey level from which it is white",
    isRare: true,
  },
  {
    name: "missing-mask",
    kind: "choice",
    value: "fail|skip|copy",
    choices: ["fail", "skip", "copy"],
    default: "fail",
    commands: ["inpaint"],
    category: "Data",
    help: "What to do with a picture that has no mask",
    longHelp: "`fail` counts it as failed, `skip` leaves it out, `copy` writes it as it is.",
    isRare: true,
  },
  {
    name: "missing-mask",
    kind: "choice",
    value: "fail|skip|copy",
    choices: ["fail", "skip", "copy"],
    default: "fail",
    commands: ["superres"],
    category: "Data",
    help: "What to do with a picture that has no mask",
    longHelp:
      "`fail` counts it as failed, `skip` leaves it out, `copy` enlarges it without a hole.",
    isRare: true,
  },
  {
    name: "strict",
    kind: "boolean",
    commands: ["inpaint", "superres"],
    category: "Data",
    help: "Refuse a soft mask or one of another size",
    longHelp:
      "Without it such a mask is resized without smoothing and made black and white, with a " +
      "warning.",
    isRare: true,
  },
] as const satisfies readonly Flag[];
