/**
 * The two layers of ESRGAN networks in Keras' format that tfjs does not bring.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/** Scales of which there is a layer. */
const SCALES = [2, 3, 4, 8] as const;

/** Share of a residual block's result that is added. */
const BETA = 0.2;

type LayerClass = tf.serialization.SerializableConstructor<tf.layers.Layer>;

/** Multiplies by 0.2, the residual scaling of ESRGAN. */
class MultiplyBeta extends tf.layers.Layer {
  static readonly className = "MultiplyBeta";

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.mul(single(inputs), BETA);
  }
}

/** Makes the class that turns `[n, h, w, 3·s²]` into `[n, h·s, w·s, 3]`, colour after place within a block. */
function pixelShuffle(scale: number): LayerClass {
  return class PixelShuffle extends tf.layers.Layer {
    static readonly className = `PixelShuffle${scale}x`;

    override computeOutputShape(shape: tf.Shape | tf.Shape[]): tf.Shape {
      const [batch = null, height, width, channels] = shape as tf.Shape;
      const grown = (side: number | null | undefined) => side == null ? null : side * scale;
      return [batch, grown(height), grown(width), channels == null ? null : channels / scale ** 2];
    }

    override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
      return tf.depthToSpace(single(inputs) as tf.Tensor4D, scale, "NHWC");
    }
  };
}

let isRegistered = false;

/**
 * Makes the layers known to tfjs's loader of layers models, which finds classes by their names: "MultiplyBeta", and
 * "PixelShuffle2x" and those of 3, 4 and 8. Does nothing at a second call.
 *
 * Source: thekevinscott/UpscalerJS packages/shared/src/esrgan/esrgan.ts; Wang et al. 2018 (ESRGAN), section 3.1.
 */
export function registerEsrganLayers(): void {
  if (isRegistered) return;
  isRegistered = true;
  tf.serialization.registerClass(MultiplyBeta);
  for (const scale of SCALES) tf.serialization.registerClass(pixelShuffle(scale));
}

function single(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
  return Array.isArray(inputs) ? inputs[0]! : inputs;
}
