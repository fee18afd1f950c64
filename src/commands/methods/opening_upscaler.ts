/**
 * An upscaler that is opened when it is needed, or ahead of it.
 * @module
 */
import type { Upscaler } from "../../methods/upscaler.ts";
import { type Opening, opening, type OpeningOptions } from "./opening.ts";

/** An upscaler whose first picture waits until it is open. */
export interface OpeningUpscaler extends Upscaler, Opening {
  close(): void;
}

/** Lets pictures be read while weights and device are made ready. */
export function openingUpscaler(
  name: string,
  open: () => Promise<Upscaler>,
  options: OpeningOptions,
): OpeningUpscaler {
  const { opened, ready, close } = opening(open, options);
  return {
    ...{ name, ready, close },
    upscale: async (picture, options) => await (await opened()).upscale(picture, options),
  };
}
