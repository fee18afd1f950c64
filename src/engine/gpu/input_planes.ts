/**
 * What enters a network, as plain arrays with four channels.
 * @module
 */
import { HOLE_VALUES, IMAGE_CENTRE, type UNetConfig } from "../../model/unet_config.ts";
import { halvePlane } from "../plan/halve_plane.ts";
import { pyramidPlanes } from "../plan/pyramid_planes.ts";
import type { ForwardRequest } from "../types.ts";

/** Inputs of one picture. */
export interface InputPlanes {
  /** `[height, width, 4]`: the picture, holes 0 (or their colour, for typical convolutions), a channel of zeros. */
  readonly image: Float32Array;
  /** By level, finest first, `[h, w, 4]`: the fill minus 0.5 and the share of known pixels. Empty without a base. */
  readonly joins: readonly Float32Array[];
  /** `[height, width, 3]`: what the network's correction is added to. Undefined without a base. */
  readonly base: Float32Array | undefined;
}

/** Makes the inputs of one picture, the same as `runUNet` does. */
export function inputPlanes(config: UNetConfig, request: ForwardRequest): InputPlanes {
  const { height, width, rgb01, validMask } = request;
  const hasBase = config.base !== "none";
  const colour = config.convolution === "typical"
    ? HOLE_VALUES[config.holeValue ?? "grey"]
    : [0, 0, 0];
  const image = new Float32Array(height * width * 4);
  const offset = hasBase ? IMAGE_CENTRE : 0;
  for (let i = 0; i < validMask.length; i++) {
    const isKnown = validMask[i] !== 0;
    for (let c = 0; c < 3; c++) {
      image[i * 4 + c] = isKnown ? rgb01[i * 3 + c]! - offset : colour[c]!;
    }
  }
  if (!hasBase) return { image, joins: [], base: undefined };
  const fills = request.fills ?? pyramidPlanes({ height, width, rgb: rgb01, validMask });
  let share = Float32Array.from(validMask);
  const joins = config.encoder.map((_, level) => {
    const columns = width / 2 ** level;
    if (level > 0) share = halvePlane(share, columns, new Float32Array(share.length / 4));
    const fill = fills[level]!;
    const join = new Float32Array(share.length * 4);
    for (let i = 0; i < share.length; i++) {
      for (let c = 0; c < 3; c++) join[i * 4 + c] = fill[i * 3 + c]! - IMAGE_CENTRE;
      join[i * 4 + 3] = share[i]!;
    }
    return join;
  });
  return { image, joins, base: fills[0]! };
}
