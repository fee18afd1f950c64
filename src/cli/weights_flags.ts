/**
 * Flags of the `weights` commands.
 * @module
 */
import type { Flag } from "./flag.ts";

/** Flags of the `weights` commands. */
export const WEIGHTS_FLAGS = [
  {
    name: "convention",
    kind: "choice",
    value: "torchvision|caffe|caffe-bgr",
    choices: ["torchvision", "caffe", "caffe-bgr"],
    commands: ["weights import", "weights fetch"],
    category: "Data",
    help: "How VGG-16's numbers want their images",
    defaultText: "told by the file",
    longHelp:
      "`torchvision` is 0 to 1, minus the mean of ImageNet, divided by its deviation; `caffe` is 0 to 255 " +
      "minus the mean, not divided, in the order red, green, blue; `caffe-bgr` is the same with blue first, as " +
      "the original network and Keras have it. What the file says of itself comes first, then who uses its " +
      "names; a guess is told on standard error. All become one convention, so that the weights of the losses " +
      "mean the same.",
  },
  {
    name: "url",
    kind: "string",
    value: "URL",
    commands: ["weights fetch"],
    category: "Data",
    help: "Another address",
    defaultText: "download.pytorch.org",
  },
  {
    name: "sha256",
    kind: "string",
    value: "HEX",
    commands: ["weights fetch"],
    category: "Data",
    help: "What the download must have, or its first digits",
    longHelp:
      "Known for the usual address. For another one the digits in a name such as `vgg16-397923af.pth` count; " +
      "without those the download is not checked, and a warning says so.",
  },
  {
    name: "output",
    short: "o",
    kind: "string",
    value: "FILE",
    commands: ["weights fetch"],
    category: "Output",
    help: "Where to write",
    defaultText: "pconv's folder for user data",
    longHelp:
      "That is `$PCONV_HOME`, else `~/.local/share/pconv` on Linux, `~/Library/Application Support/pconv` " +
      "on macOS and `%LOCALAPPDATA%\\pconv` on Windows. The path is printed.",
  },
  {
    name: "output",
    short: "o",
    kind: "string",
    value: "FILE",
    commands: ["weights import"],
    category: "Output",
    help: "Where to write",
    defaultText: "beside FILE, or the user's folder",
    longHelp:
      "A network goes to a `.safetensors` file beside the one it came from, VGG-16 into pconv's folder for " +
      "user data, where `weights fetch` puts it. The path is printed.",
  },
  {
    name: "output",
    short: "o",
    kind: "string",
    value: "FILE",
    required: true,
    commands: ["weights export"],
    category: "Output",
    help: "Where to write: .onnx or .safetensors",
    longHelp:
      "ONNX (opset 13) has the inputs `image`, `[n, 3, h, w]` in 0 to 1, and `mask`, `[n, 1, h, w]`, 1 = hole, " +
      "and the outputs `composite`, the image with its holes filled, and `output`, the network's own picture. " +
      "Height and width must be multiples of the number that stands in its metadata.",
  },
  {
    name: "overwrite",
    kind: "boolean",
    commands: ["weights import", "weights export", "weights fetch"],
    category: "Output",
    help: "Replace a file that exists",
  },
  {
    name: "keep",
    kind: "boolean",
    commands: ["weights fetch"],
    category: "Output",
    help: "Keep the download of 528 MB",
  },
  {
    name: "json",
    kind: "boolean",
    commands: ["weights info"],
    category: "Output",
    help: "Print JSON on stdout, one object per line",
  },
] as const satisfies readonly Flag[];
