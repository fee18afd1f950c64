/**
 * Enlarging by networks of other projects, one a scale.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Backend } from "../backend/open_backend.ts";
import type { TfjsEnlarger } from "../model/tfjs_enlarger.ts";
import { toByte } from "./to_byte.ts";
import type { Upscaler } from "./upscaler.ts";

/** Options of {@linkcode tfjsUpscaler}. */
export interface TfjsUpscalerOptions {
  readonly name: string;
  /** Networks by what they enlarge by. */
  readonly networks: ReadonlyMap<number, TfjsEnlarger>;
  readonly backend: Backend;
}

/**
 * Makes the upscaler of such networks. Pictures go through whole, for the borders of tiles would count as the
 * network's; they have to fit the device.
 */
export function tfjsUpscaler({ name, networks, backend }: TfjsUpscalerOptions): Upscaler {
  return {
    name,
    async upscale({ width, height, rgb255, holeMask }, { scale, signal }) {
      const network = networks.get(scale);
      if (network === undefined || holeMask?.includes(1)) {
        const what = network === undefined ? "has no network for it" : "fills no holes";
        throw new RangeError(`Cannot enlarge ${scale} times with "${name}": it ${what}`);
      }
      signal?.throwIfAborted();
      const level = network.white / 255;
      const output = tf.tidy(() => {
        const x = tf.tensor4d(Float32Array.from(rgb255, (value) => value * level), [
          1,
          height,
          width,
          3,
        ]);
        return network.run(x);
      });
      const values = await output.data();
      output.dispose();
      backend.assertHealthy();
      return {
        width: width * scale,
        height: height * scale,
        rgb255: Uint8Array.from(values, (value) => toByte(value / level / 255)),
      };
    },
  };
}
