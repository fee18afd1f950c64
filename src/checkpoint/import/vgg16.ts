/**
 * VGG-16 from the files that people have.
 * @module
 */
import { createHash } from "node:crypto";
import { basename } from "node:path";
import { UsageError, WeightsError } from "../../errors.ts";
import { decodeSafetensors, type NamedArray } from "../safetensors.ts";
import type { Vgg16Convention } from "../vgg16_convention.ts";
import { FORMATS } from "../weights_file.ts";
import { type FileFormat, FORMAT_NAMES, recogniseFormat } from "./file_format.ts";
import { readForeignFile } from "./foreign_file.ts";
import { readHdf5File } from "./hdf5_file.ts";
import { readTorchFile } from "./torch_file.ts";
import {
  findVgg16Arrays,
  flipInputChannels,
  isVgg16Name,
  type Vgg16Naming,
} from "./vgg16_arrays.ts";

/**
 * How weights want their images, with the order of channels: "torchvision" and "caffe" are RGB, "caffe-bgr" is as
 * the original and Keras have it, blue first.
 */
export type ForeignConvention = Vgg16Convention | "caffe-bgr";

/** All of {@linkcode ForeignConvention}. */
const FOREIGN_CONVENTIONS = ["torchvision", "caffe", "caffe-bgr"] as const;

/** VGG-16 as it was found in a file. */
export interface ForeignVgg16 {
  /** "conv1_1/kernel" HWIO with input channels in the order R, G, B, "conv1_1/bias" and so on. */
  readonly arrays: ReadonlyMap<string, Float32Array>;
  /** What the numbers expect. */
  readonly convention: Vgg16Convention;
  /** File name, format, hash and convention in words, to be stored. */
  readonly origin: string;
  /** One sentence if the convention was guessed; the user must see it. */
  readonly assumption?: string;
}

/** Options of {@linkcode readForeignVgg16}. */
export interface ReadForeignVgg16Options {
  /** What the numbers expect, where the user knows better. @default told by the file, else by its names */
  readonly convention?: ForeignConvention | undefined;
}

/**
 * Reads VGG-16 from a PyTorch checkpoint, a safetensors file or a Keras HDF5 file, recognised by content. Only the
 * convolutions up to conv3_3 are read; what follows may be missing.
 *
 * @throws {WeightsError} If the file cannot be read or holds something else.
 * @throws {UsageError} If nothing tells how the numbers want their images.
 */
export async function readForeignVgg16(
  path: string,
  options: ReadForeignVgg16Options = {},
): Promise<ForeignVgg16> {
  const bytes = await readForeignFile(path);
  const { format, tensors, metadata } = await readTensors(bytes, path);
  if (metadata["format"] === FORMATS.vgg16) {
    throw new WeightsError(`Cannot import "${path}": it is imported already`, {
      hint: `Train with it: --vgg ${path}`,
    });
  }
  const { naming, arrays } = findVgg16Arrays(tensors, path);
  const { convention, assumption } = options.convention === undefined
    ? guessConvention(naming, metadata, path)
    : { convention: options.convention };
  if (convention === "caffe-bgr") {
    arrays.set("conv1_1/kernel", flipInputChannels(arrays.get("conv1_1/kernel")!));
  }
  // The platform's own digest would copy what may be half a gigabyte.
  const hash = createHash("sha256").update(bytes).digest("hex");
  const source = metadata["source"] === undefined ? "" : `; ${metadata["source"]}`;
  return {
    arrays,
    convention: convention === "caffe-bgr" ? "caffe" : convention,
    origin: `${basename(path)} (${FORMAT_NAMES[format]}, sha256 ${hash}), ` +
      `${convention} convention${source}`,
    ...(assumption === undefined ? {} : { assumption }),
  };
}

async function readTensors(bytes: Uint8Array, name: string): Promise<{
  format: FileFormat;
  tensors: Map<string, NamedArray>;
  metadata: Record<string, string>;
}> {
  const format = recogniseFormat(bytes);
  const options = { name, select: isVgg16Name };
  switch (format) {
    case "torch":
      return { format, tensors: await readTorchFile(bytes, options), metadata: {} };
    case "hdf5":
      return { format, tensors: await readHdf5File(bytes, options), metadata: {} };
    case "safetensors":
      return { format, ...decodeSafetensors(bytes, { name }) };
  }
}

/** What the file says about its input comes first, then who uses its names. */
function guessConvention(
  naming: Vgg16Naming,
  metadata: Readonly<Record<string, string>>,
  path: string,
): { convention: ForeignConvention; assumption?: string } {
  const told = toldConvention(metadata);
  if (told !== undefined) return { convention: told };
  const tail = "; --convention says otherwise";
  switch (naming) {
    case "keras":
      return {
        convention: "caffe-bgr",
        assumption: `Assuming the Caffe convention with blue first, as Keras has it${tail}`,
      };
    case "torchvision":
      return {
        convention: "torchvision",
        assumption: `Assuming torchvision's convention, as the names are torchvision's${tail}`,
      };
    case "caffe":
      throw new UsageError(
        `Cannot import "${path}": names such as "conv1_1" do not tell how images must be prepared`,
        { hint: "Say it with --convention; files converted from Caffe are mostly caffe-bgr" },
      );
  }
}

/** The convention that metadata speaks of: by its word, or by its mean. */
function toldConvention(
  metadata: Readonly<Record<string, string>>,
): ForeignConvention | undefined {
  const word = FOREIGN_CONVENTIONS.find((convention) => convention === metadata["convention"]);
  if (word !== undefined) return word;
  const text = Object.values(metadata).join("\n");
  if (text.includes("0.485")) return "torchvision";
  if (!text.includes("123.68")) return undefined;
  return /\bBGR\b/i.test(text) ? "caffe-bgr" : "caffe";
}
