/**
 * Models in tfjs's own formats as networks of a classifier.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { WeightsError } from "../errors.ts";
import type { ClassifierNetwork, PictureSize } from "./classifier.ts";
import type { InputRange } from "./pixel_scale.ts";

/** The two kinds of models: Keras' layers, or a TensorFlow graph. */
export type TfjsFormat = "layers-model" | "graph-model";

/** Options of {@linkcode loadTfjsNetwork}. */
export interface LoadTfjsNetworkOptions {
  /** For messages and tables. */
  readonly name: string;
  readonly format: TfjsFormat;
  readonly range: InputRange;
}

/** What both kinds of models have. */
interface TfjsModel {
  readonly inputs: readonly { readonly shape?: readonly (number | null)[] }[];
  readonly outputs: readonly unknown[];
  predict(x: tf.Tensor): tf.Tensor | tf.Tensor[] | tf.NamedTensorMap;
  dispose(): unknown;
}

/**
 * Puts a model on the active backend.
 *
 * @param artifacts Topology and numbers; nothing in them is run but tfjs's own operations.
 * @throws {WeightsError} If tfjs does not know its parts, or it is no network from one picture of a fixed size,
 * channels last, to one answer. Where tfjs fails in the middle, the tensors that it has made by then remain.
 */
export async function loadTfjsNetwork(
  artifacts: tf.io.ModelArtifacts,
  { name, format, range }: LoadTfjsNetworkOptions,
): Promise<ClassifierNetwork> {
  const handler: tf.io.IOHandler = { load: () => Promise.resolve(artifacts) };
  let model: TfjsModel;
  try {
    const isGraph = format === "graph-model";
    model = (isGraph ? await tf.loadGraphModel(handler) : await tf.loadLayersModel(handler)) as
      & TfjsModel
      & object;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
    throw new WeightsError(`Cannot use "${name}" as a classifier: tfjs says: ${reason}`, { cause });
  }
  try {
    return {
      name,
      inputSize: inputSizeOf(model, name),
      range,
      run: (x) => model.predict(x) as tf.Tensor,
      dispose: () => void model.dispose(),
    };
  } catch (error) {
    model.dispose();
    throw error;
  }
}

function inputSizeOf({ inputs, outputs }: TfjsModel, name: string): PictureSize {
  const refuse = (problem: string): never => {
    throw new WeightsError(`Cannot use "${name}" as a classifier: ${problem}`);
  };
  if (inputs.length !== 1 || outputs.length !== 1) {
    refuse(`it has ${inputs.length} inputs and ${outputs.length} outputs, must have one of each`);
  }
  const shape = inputs[0]!.shape ?? [];
  const [batch, height, width, channels] = shape;
  const isFixed = isSide(height) && isSide(width);
  if (shape.length !== 4 || !isFixed || channels !== 3 || isSide(batch) && batch !== 1) {
    const text = shape.map((side) => isSide(side) ? side : "?").join("x") || "of unknown shape";
    return refuse(`input is ${text}, must be ?xHEIGHTxWIDTHx3 with a fixed size`);
  }
  return { width: width!, height: height! };
}

function isSide(side: number | null | undefined): side is number {
  return typeof side === "number" && side > 0;
}
