/**
 * A method that is still being opened.
 * @module
 */
import type { FillMethod } from "../../methods/types.ts";

/** A method whose first fill waits until it is open. */
export interface OpeningMethod extends FillMethod {
  /** Fails as the opening does. */
  readonly ready: Promise<void>;
  close(): void;
}

/** Lets pictures be read while weights and device are made ready: the first fill waits for them. */
export function openingMethod(name: string, opening: Promise<FillMethod>): OpeningMethod {
  const ready = opening.then(() => {});
  // Whoever fills hears of a failure, and so does who waits for `ready`; until then nobody may be there to hear it.
  ready.catch(() => {});
  return {
    name,
    ready,
    fill: async (image, options) => await (await opening).fill(image, options),
    close: () => void opening.then((method) => method.close?.(), () => {}),
  };
}
