/**
 * Which format a file of weights has, by its content.
 * @module
 */
import { isHdf5 } from "./hdf5_file.ts";
import { isLegacyTorch } from "./torch_file.ts";

/** The formats that can be read. */
export type FileFormat = "torch" | "hdf5" | "safetensors";

/** The formats as people call them. */
export const FORMAT_NAMES: Readonly<Record<FileFormat, string>> = {
  torch: "PyTorch",
  hdf5: "HDF5",
  safetensors: "safetensors",
};

/** What zip archives begin with: "PK", 3, 4. */
const ZIP = "504b0304";

/**
 * Recognises the format by the first bytes; the file's name does not count. Safetensors has no signature and is
 * what remains: its reader names the other formats that it meets.
 */
export function recogniseFormat(bytes: Uint8Array): FileFormat {
  if (bytes.subarray(0, 4).toHex() === ZIP || isLegacyTorch(bytes)) return "torch";
  return isHdf5(bytes) ? "hdf5" : "safetensors";
}
