/**
 * A method that is opened when it is needed, or ahead of it.
 * @module
 */
import type { FillMethod } from "../../methods/types.ts";
import { type Opening, opening, type OpeningOptions } from "./opening.ts";

/** A method whose first fill waits until it is open. */
export interface OpeningMethod extends FillMethod, Opening {
  close(): void;
}

/** Lets pictures be read while weights and device are made ready: the first fill waits for them. */
export function openingMethod(
  name: string,
  open: () => Promise<FillMethod>,
  options: OpeningOptions,
): OpeningMethod {
  const { opened, ready, close } = opening(open, options);
  return {
    ...{ name, ready, close },
    fill: async (image, options) => await (await opened()).fill(image, options),
  };
}
