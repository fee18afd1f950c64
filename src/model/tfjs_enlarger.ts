/**
 * Networks of other projects, in tfjs's layers format, that enlarge pictures.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { WeightsError } from "../errors.ts";
import { registerEsrganLayers } from "./esrgan_layers.ts";

/** A network on the active backend. */
export interface TfjsEnlarger {
  /** What its white is, in and out: 1 or 255. */
  readonly white: 1 | 255;
  /** Maps `[1, h, w, 3]` to `[1, h·scale, w·scale, 3]`, neither clipped nor rounded. The caller disposes the result. */
  run(x: tf.Tensor4D): tf.Tensor4D;
  dispose(): void;
}

/** Options of {@linkcode loadTfjsEnlarger}. */
export interface LoadTfjsEnlargerOptions {
  /** For messages. */
  readonly name: string;
  /** What it must enlarge by. */
  readonly scale: number;
}

/** Side of the picture that the scale is tried with. */
const PROBE = 8;

/** What only the networks over residual-in-residual blocks have. */
const RESIDUAL_LAYER = "MultiplyBeta";

/**
 * Puts a network on the active backend and tries it with a small picture.
 *
 * Its range is that of UpscalerJS's packages: 0 to 1 for networks with a layer "MultiplyBeta" (RRDN: esrgan-thick),
 * 0 to 255 for all others (RDN: esrgan-slim, esrgan-medium). Nothing in the file tells it.
 *
 * @throws {WeightsError} If tfjs does not know its layers, or it does not enlarge colour pictures of any size by `scale`.
 * Where tfjs fails in the middle, the tensors that it has made by then remain.
 *
 * Source: thekevinscott/UpscalerJS packages/shared/src/esrgan/esrgan.ts (`inputRange`, `outputRange`).
 */
export async function loadTfjsEnlarger(
  artifacts: tf.io.ModelArtifacts,
  { name, scale }: LoadTfjsEnlargerOptions,
): Promise<TfjsEnlarger> {
  const refuse = (problem: string, cause?: unknown): never => {
    throw new WeightsError(`Cannot enlarge with "${name}": ${problem}`, { cause });
  };
  registerEsrganLayers();
  let model: tf.LayersModel;
  try {
    model = await tf.loadLayersModel({ load: () => Promise.resolve(artifacts) });
  } catch (cause) {
    return refuse(`tfjs says: ${firstLine(cause)}`, cause);
  }
  try {
    const shape = probe(model);
    const wanted = [1, PROBE * scale, (PROBE + 1) * scale, 3];
    if (String(shape) !== String(wanted)) {
      refuse(
        `it makes ${shape.join("x")} of 1x${PROBE}x${PROBE + 1}x3, must be ${wanted.join("x")}`,
      );
    }
  } catch (error) {
    model.dispose();
    if (error instanceof WeightsError) throw error;
    return refuse(`tfjs says: ${firstLine(error)}`, error);
  }
  const isResidual = model.layers.some((layer) => layer.getClassName() === RESIDUAL_LAYER);
  return {
    white: isResidual ? 1 : 255,
    run: (x) => model.predict(x) as tf.Tensor4D,
    dispose: () => void model.dispose(),
  };
}

/** Shape of what it makes of an oblong. */
function probe(model: tf.LayersModel): number[] {
  return tf.tidy(() => {
    const output = model.predict(tf.zeros([1, PROBE, PROBE + 1, 3]));
    return Array.isArray(output) ? [output.length] : output.shape;
  });
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0]!;
}
