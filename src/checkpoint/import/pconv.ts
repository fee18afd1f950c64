/**
 * Inpainting networks from the files of other projects.
 * @module
 */
import { createHash } from "node:crypto";
import { basename } from "node:path";
import { WeightsError } from "../../errors.ts";
import { encodeNetworkFile } from "../network_file.ts";
import { decodeSafetensors, type NamedArray } from "../safetensors.ts";
import { FORMATS } from "../weights_file.ts";
import { FORMAT_NAMES, recogniseFormat } from "./file_format.ts";
import { readForeignFile } from "./foreign_file.ts";
import { readHdf5File } from "./hdf5_file.ts";
import { convertPconv, type FoundPconv } from "./pconv_arrays.ts";
import {
  isPconvName,
  PCONV_LAYOUTS,
  type PconvLayout,
  recognisePconvLayout,
} from "./pconv_layouts.ts";
import { readTorchFile } from "./torch_file.ts";

/** A network as it was found in a file. */
export interface ForeignPconv extends FoundPconv {
  readonly layout: PconvLayout;
  /** File name, format, hash and layout in words, to be stored. */
  readonly origin: string;
}

/**
 * Reads a network of partial convolutions from a PyTorch checkpoint, a Keras HDF5 file or a safetensors file of another
 * project, recognised by content and by the names of its arrays; optimizers and losses in it are not read.
 *
 * @throws {WeightsError} If the file cannot be read, or holds no network of one of `PCONV_LAYOUTS`, or one that
 * cannot be converted exactly.
 */
export async function readForeignPconv(path: string): Promise<ForeignPconv> {
  const bytes = await readForeignFile(path);
  const format = recogniseFormat(bytes);
  const options = { name: path, select: isPconvName };
  let tensors: ReadonlyMap<string, NamedArray>;
  if (format === "torch") tensors = await readTorchFile(bytes, options);
  else if (format === "hdf5") tensors = await readHdf5File(bytes, options);
  else {
    const file = decodeSafetensors(bytes, { name: path });
    if (file.metadata["format"] === FORMATS.weights) {
      throw new WeightsError(`Cannot import "${path}": they are weights of pconv already`, {
        hint: `Use them: pconv inpaint --weights ${path}`,
      });
    }
    tensors = file.tensors;
  }
  const layout = recognisePconvLayout(tensors.keys());
  if (layout === undefined) {
    throw new WeightsError(
      `Cannot import "${path}": no array has a name that is known for a network of partial convolutions`,
      { hint: `Known: ${PCONV_LAYOUTS.map(({ title }) => title).join(", ")}` },
    );
  }
  // The platform's own digest would copy what may be gigabytes.
  const hash = createHash("sha256").update(bytes).digest("hex");
  return {
    ...convertPconv(layout, tensors, path),
    layout,
    origin: `${basename(path)} (${FORMAT_NAMES[format]}, sha256 ${hash}) of ${layout.title}`,
  };
}

/** Writes an imported network as a weights file of ours. */
export function encodeForeignPconv({ config, arrays, origin }: ForeignPconv): Uint8Array {
  return encodeNetworkFile(config, arrays, {
    recipe: "imported",
    origin,
    licence: "that of the file it was imported from",
  });
}
