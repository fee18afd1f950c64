/**
 * The `weights` commands, as data.
 * @module
 */
import type { Command } from "./commands_table.ts";

/** The `weights` commands, as data. */
export const WEIGHTS_COMMANDS = [
  {
    name: "weights import",
    summary: "Convert weights of others: inpainting networks, VGG-16",
    usage: ["weights import pconv FILE [FLAGS]", "weights import vgg16 FILE [FLAGS]"],
    notes: [
      "pconv: naoto0804's .pth, mmagic's .pth, PConv-Keras' .h5, told by their content.",
      "vgg16: torchvision's and Keras' files, for the losses of training.",
    ],
    positionals: { name: "pconv|vgg16 FILE", min: 2, max: 2 },
    examples: [
      {
        line: "pconv weights import pconv 1000000.pth -o naoto.safetensors",
        does: "Take an inpainting network that another project trained",
      },
      {
        line: "pconv weights import pconv weights.26-1.07.h5",
        does: "Take that of PConv-Keras, to a file beside it",
      },
      {
        line: "pconv weights import vgg16 vgg16-397923af.pth",
        does: "Take torchvision's file for the perceptual and style losses",
      },
      {
        line: "pconv weights import vgg16 mine.safetensors --convention caffe",
        does: "Say what the file does not",
      },
    ],
  },
  {
    name: "weights export",
    summary: "Write weights for other programs: ONNX, PyTorch names",
    usage: ["weights export NAME|FILE --output FILE [FLAGS]"],
    notes: [
      ".onnx: from image and mask to the filled image, of any size.",
      ".safetensors: a state dict under PyTorch's names.",
    ],
    positionals: { name: "NAME|FILE", min: 1, max: 1 },
    examples: [
      {
        line: "pconv weights export pconv-lite -o pconv-lite.onnx",
        does: "Write the shipped network for onnxruntime",
      },
      {
        line: "pconv weights export runs/first/weights.safetensors -o mine.onnx --overwrite",
        does: "Write what a run has learnt so far",
      },
      {
        line: "pconv weights export mine.safetensors -o plain.safetensors",
        does: "Write the numbers as PyTorch would name and turn them",
      },
    ],
  },
  {
    name: "weights fetch",
    summary: "Download VGG-16 from pytorch.org and convert it",
    usage: ["weights fetch vgg16 [FLAGS]"],
    positionals: { name: "vgg16", min: 1, max: 1 },
    examples: [
      {
        line: "pconv weights fetch vgg16",
        does: "Get 528 MB and keep the 7 MB that training needs",
      },
      {
        line: "pconv weights fetch vgg16 -o vgg16.safetensors --keep",
        does: "Write here, and keep the download",
      },
      {
        line: "pconv weights fetch vgg16 --url https://mirror.example/vgg16-397923af.pth",
        does: "Ask another server; the digits in the name are checked",
      },
    ],
  },
  {
    name: "weights info",
    summary: "Tell what a file of weights holds",
    usage: ["weights info FILE|NAME [FLAGS]"],
    positionals: { name: "FILE|NAME", min: 1, max: 1 },
    examples: [
      {
        line: "pconv weights info pconv-lite",
        does: "Tell network, size and origin of shipped weights",
      },
      {
        line: "pconv weights info runs/first/checkpoint.safetensors",
        does: "Look into a checkpoint",
      },
      {
        line: "pconv weights info vgg16 --json",
        does: "Tell of the VGG-16 that was fetched, for a script",
      },
    ],
  },
] as const satisfies readonly Command[];
