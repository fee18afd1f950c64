/**
 * Whether an engine can run what it is given.
 * @module
 */
import { sizeMultiple, type UNetConfig } from "../model/unet_config.ts";
import type { ForwardRequest } from "./types.ts";

/**
 * Checks sizes and lengths of a request against each other and the network.
 *
 * @throws {RangeError} If they do not fit together.
 */
export function checkRequest(config: UNetConfig, request: ForwardRequest): void {
  const { height, width, rgb01, validMask, wanted, fills } = request;
  const multiple = sizeMultiple(config);
  const isWhole = [height, width].every((side) => side > 0 && side % multiple === 0);
  if (!isWhole) {
    throw new RangeError(
      `Cannot run the network: image is [${height}, ${width}, 3], ` +
        `height and width must be multiples of ${multiple}`,
    );
  }
  const pixels = height * width;
  const check = (name: string, actual: number, expected: number) => {
    if (actual === expected) return;
    throw new RangeError(
      `Cannot run the network: ${name} has ${actual} numbers, [${height}, ${width}] needs ${expected}`,
    );
  };
  check("rgb01", rgb01.length, 3 * pixels);
  check("validMask", validMask.length, pixels);
  if (wanted !== undefined) check("wanted", wanted.length, pixels);
  if (fills === undefined || config.base === "none") return;
  config.encoder.forEach((_, level) =>
    check(`level ${level} of fills`, fills[level]?.length ?? 0, 3 * pixels / 4 ** level)
  );
}
