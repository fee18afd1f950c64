/**
 * Small models in tfjs's own formats, as folders of files.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/** Size of the pictures that both models take. */
export const TINY_INPUT = { width: 6, height: 4 } as const;

/**
 * By class: weights of the mean red, green and blue in [-1, 1]. One colour makes the logits its column sums, whatever
 * the size.
 */
export const TINY_WEIGHTS: readonly (readonly number[])[] = [[1, 0, 0], [0, 2, 0], [0, 0, 3]];

/** Options of {@linkcode writeTinyLayers}. */
export interface TinyLayersOptions {
  /** Of the last layer. @default "softmax" */
  readonly activation?: "softmax" | "linear";
}

/** The parts of a model.json that tests change. */
export interface TinyModelJson {
  format?: string;
  modelTopology: unknown;
  weightsManifest: {
    paths: string[];
    weights: { name: string; shape: number[]; dtype: string }[];
  }[];
}

/**
 * Writes model.json and two shards of a layers model: a depthwise convolution and a batch norm that change nothing,
 * the mean over all places, and a dense layer.
 */
export async function writeTinyLayers(
  folder: string,
  { activation = "softmax" }: TinyLayersOptions = {},
): Promise<void> {
  const model = tf.sequential({
    layers: [
      tf.layers.depthwiseConv2d({
        inputShape: [TINY_INPUT.height, TINY_INPUT.width, 3],
        kernelSize: 1,
        useBias: false,
        depthwiseInitializer: "ones",
      }),
      tf.layers.batchNormalization({ epsilon: 0 }),
      tf.layers.globalAveragePooling2d({}),
      tf.layers.dense({ units: 3, activation, name: "preds" }),
    ],
  });
  const kernel = tf.tensor2d(transposed(), [3, 3]);
  const bias = tf.zeros([3]);
  model.getLayer("preds").setWeights([kernel, bias]);
  tf.dispose([kernel, bias]);
  await model.save(tf.io.withSaveHandler(async (artifacts) => {
    const data = new Uint8Array(tf.io.concatenateArrayBuffers([artifacts.weightData!].flat()));
    const json: TinyModelJson = {
      format: "layers-model",
      modelTopology: artifacts.modelTopology,
      weightsManifest: [{
        paths: ["shard1", "parts/shard2"],
        weights: artifacts.weightSpecs as TinyModelJson["weightsManifest"][number]["weights"],
      }],
    };
    await Deno.mkdir(`${folder}/parts`, { recursive: true });
    await Deno.writeFile(`${folder}/shard1`, data.subarray(0, 10));
    await Deno.writeFile(`${folder}/parts/shard2`, data.subarray(10));
    await Deno.writeTextFile(`${folder}/model.json`, JSON.stringify(json));
    return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
  }));
  model.dispose();
}

/** Writes model.json and one shard of a graph model: mean over all places, product with the weights, softmax. */
export async function writeTinyGraph(folder: string): Promise<void> {
  const float = { T: { type: "DT_FLOAT" }, dtype: { type: "DT_FLOAT" } };
  const dim = [-1, TINY_INPUT.height, TINY_INPUT.width, 3].map((size) => ({ size: `${size}` }));
  const node = [
    { name: "x", op: "Placeholder", attr: { ...float, shape: { shape: { dim } } } },
    { name: "axes", op: "Const", attr: { dtype: { type: "DT_INT32" } } },
    { name: "weights", op: "Const", attr: float },
    { name: "mean", op: "Mean", input: ["x", "axes"], attr: { ...float, keep_dims: { b: false } } },
    { name: "product", op: "MatMul", input: ["mean", "weights"], attr: float },
    { name: "posterior", op: "Softmax", input: ["product"], attr: float },
  ];
  const json: TinyModelJson = {
    format: "graph-model",
    modelTopology: { node, versions: { producer: 1 } },
    weightsManifest: [{
      paths: ["shard1"],
      weights: [
        { name: "axes", shape: [2], dtype: "int32" },
        { name: "weights", shape: [3, 3], dtype: "float32" },
      ],
    }],
  };
  const bytes = new Uint8Array(44);
  bytes.set(new Uint8Array(Int32Array.of(1, 2).buffer));
  bytes.set(new Uint8Array(Float32Array.from(transposed()).buffer), 8);
  await Deno.writeFile(`${folder}/shard1`, bytes);
  await Deno.writeTextFile(`${folder}/model.json`, JSON.stringify(json));
}

/** Changes a model.json. */
export async function editModel(
  folder: string,
  edit: (json: TinyModelJson) => void,
): Promise<void> {
  const json: TinyModelJson = JSON.parse(await Deno.readTextFile(`${folder}/model.json`));
  edit(json);
  await Deno.writeTextFile(`${folder}/model.json`, JSON.stringify(json));
}

/** A picture of {@linkcode TINY_INPUT} in one colour. */
export function tinyPicture(rgb: readonly [number, number, number]): Uint8Array {
  const { width, height } = TINY_INPUT;
  return Uint8Array.from({ length: width * height * 3 }, (_, i) => rgb[i % 3]!);
}

/** What both models believe of one colour in their range: softmax of the products, in float64. */
export function tinyPosterior(colour: readonly number[]): number[] {
  const powers = TINY_WEIGHTS.map((row) =>
    Math.exp(row.reduce((sum, weight, c) => sum + weight * colour[c]!, 0))
  );
  const total = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / total);
}

/** `[colour, class]`, row-major. */
function transposed(): number[] {
  return [0, 1, 2].flatMap((c) => TINY_WEIGHTS.map((row) => row[c]!));
}
