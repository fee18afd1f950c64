/**
 * Holes from mask files, read once where one mask serves many pictures.
 * @module
 */
import { sha256 } from "../../checkpoint/sha256.ts";
import type { PictureCodec } from "../../data/picture_codec.ts";
import type { HoleMask } from "../../data/mask_file.ts";
import { readBytes } from "./read_input.ts";

/** How the brightness of a mask is read. */
export interface MaskReading {
  readonly invert: boolean;
  /** 1 to 255. */
  readonly threshold: number;
}

/** Reads mask files. What is asked for again at once is not read again, unless the file has changed. */
export interface MaskReader {
  /**
   * Reads a hole.
   *
   * @returns Shared: it must not be written to.
   * @throws {InputError} If it cannot be read.
   */
  read(path: string): Promise<HoleMask>;
  /**
   * SHA-256 of the file that {@linkcode MaskReader.read} gives the hole of, hexadecimal.
   *
   * @throws {InputError} If it cannot be read.
   */
  sha256(path: string): Promise<string>;
}

/** One file as it was at one time. */
interface KnownMask {
  readonly path: string;
  /** Size and time. */
  readonly state: string;
  readonly sha256: Promise<string>;
  /** Decodes at the first call. */
  readonly hole: () => Promise<HoleMask>;
}

/** Makes a reader that keeps the last mask: its file, then one byte per pixel. */
export function createMaskReader(
  codec: Pick<PictureCodec, "readHoles">,
  { invert, threshold }: MaskReading,
): MaskReader {
  let last: KnownMask | undefined;

  function open(path: string, state: string): KnownMask {
    const bytes = readBytes(path);
    const hash = bytes.then(sha256);
    // Whoever asks hears of a failure; until then nobody may be there to hear it.
    hash.catch(() => {});
    let hole: Promise<HoleMask> | undefined;
    return {
      ...{ path, state, sha256: hash },
      hole: () =>
        hole ??= (async () => {
          // Decoding may take the memory away.
          await hash;
          return await codec.readHoles(await bytes, { name: path, invert, threshold });
        })(),
    };
  }

  async function known(path: string): Promise<KnownMask> {
    const info = await Deno.stat(path).catch(() => undefined);
    const state = `${info?.size} ${info?.mtime?.getTime()}`;
    if (last?.path !== path || last.state !== state) last = open(path, state);
    return last;
  }

  return {
    read: async (path) => await (await known(path)).hole(),
    sha256: async (path) => await (await known(path)).sha256,
  };
}
