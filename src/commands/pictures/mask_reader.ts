/**
 * Holes from mask files, read once where one mask serves many pictures.
 * @module
 */
import type { PictureCodec } from "../../data/picture_codec.ts";
import type { HoleMask } from "../../data/mask_file.ts";
import { readBytes } from "./read_input.ts";

/** How the brightness of a mask is read. */
export interface MaskReading {
  readonly invert: boolean;
  /** 1 to 255. */
  readonly threshold: number;
}

/** Reads mask files. */
export interface MaskReader {
  /**
   * Reads one; asked for the same path again at once, the hole is given that was read.
   *
   * @returns Shared: it must not be written to.
   * @throws {InputError} If it cannot be read.
   */
  read(path: string): Promise<HoleMask>;
}

/** Makes a reader that keeps the last mask, one byte per pixel. */
export function createMaskReader(
  codec: Pick<PictureCodec, "readHoles">,
  { invert, threshold }: MaskReading,
): MaskReader {
  let last: { readonly path: string; readonly mask: Promise<HoleMask> } | undefined;
  const open = async (path: string) =>
    await codec.readHoles(await readBytes(path), { name: path, invert, threshold });
  return {
    async read(path) {
      if (last?.path !== path) last = { path, mask: open(path) };
      return await last.mask;
    },
  };
}
