/**
 * Results that another program made.
 * @module
 */
import { InputError } from "../errors.ts";
import { keepKnown } from "./keep_known.ts";
import type { DamagedImage, FillMethod, FillOptions } from "./types.ts";

/** A result of another program. */
export interface ExternalResult {
  /** For messages. */
  readonly path: string;
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** `[height, width, 3]`. */
  readonly rgb255: Uint8Array;
}

/** Options of {@linkcode external}. */
export interface ExternalOptions {
  /** What tables call it. @default "external" */
  readonly name?: string;
  /** Reads the result of a stem. @throws {UserError} If there is none, or it cannot be read. */
  readonly read: (stem: string) => Promise<ExternalResult>;
}

/**
 * "Fills" holes with the pixels of pictures that another program made, found by the stem of the picture. Its known
 * pixels are what that program gave for them, so `predict()` shows what it changed.
 *
 * @throws {InputError} From its methods, if the result is of another size than the picture.
 */
export function external({ name = "external", read }: ExternalOptions): FillMethod {
  const predict = async (image: DamagedImage, { stem }: FillOptions = {}) => {
    if (stem === undefined) throw new TypeError("Cannot find an external result: stem is missing");
    const { path, width, height, rgb255 } = await read(stem);
    if (width !== image.width || height !== image.height) {
      throw new InputError(
        `Cannot use result "${path}": it is ${width}x${height}, must be ` +
          `${image.width}x${image.height}`,
      );
    }
    return new Uint8Array(rgb255);
  };
  return {
    name,
    predict,
    fill: async (image, options) => keepKnown(image, await predict(image, options)),
  };
}
