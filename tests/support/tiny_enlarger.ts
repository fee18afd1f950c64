/**
 * Small networks that enlarge, in tfjs's layers format, written by hand as Keras would.
 * @module
 */
import type { io } from "@tensorflow/tfjs";

/** "plain": every pixel becomes a block of its colour. "residual": with ESRGAN's two layers, see below. */
export type TinyEnlargerKind = "plain" | "residual";

/** A level that the residual network adds, by the place in a block: 0 at its upper left, then by row. */
export const RESIDUAL_STEP = 1 / 255;

/** Topology and numbers of a network that enlarges by `scale`, of levels from 0 to 1 if it is residual. */
export function tinyEnlarger(scale: number, kind: TinyEnlargerKind): io.ModelArtifacts {
  const layers = kind === "plain"
    ? [
      layer("UpSampling2D", { name: "up", size: [scale, scale], batch_input_shape: INPUT }),
      layer("Conv2D", { name: "conv", filters: 3, ...POINT, use_bias: true }),
    ]
    : [
      layer("Conv2D", {
        name: "conv",
        filters: 3 * scale ** 2,
        ...POINT,
        batch_input_shape: INPUT,
      }),
      layer("MultiplyBeta", { name: "beta" }),
      layer(`PixelShuffle${scale}x`, { name: "shuffle" }),
    ];
  const { kernel, bias } = numbers(kind === "plain" ? 1 : scale, kind === "plain" ? 1 : 5);
  return {
    format: "layers-model",
    modelTopology: {
      model_config: { class_name: "Sequential", config: { name: "net", layers } },
    },
    weightSpecs: [
      { name: "conv/kernel", shape: [1, 1, 3, bias.length], dtype: "float32" },
      { name: "conv/bias", shape: [bias.length], dtype: "float32" },
    ],
    weightData: Float32Array.of(...kernel, ...bias).buffer,
  };
}

/** Writes it as `model.json` and a shard. */
export async function writeTinyEnlarger(
  folder: string,
  scale: number,
  kind: TinyEnlargerKind,
): Promise<void> {
  const { format, modelTopology, weightSpecs, weightData } = tinyEnlarger(scale, kind);
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeFile(`${folder}/shard1.bin`, new Uint8Array(weightData as ArrayBuffer));
  const weightsManifest = [{ paths: ["shard1.bin"], weights: weightSpecs }];
  await Deno.writeTextFile(
    `${folder}/model.json`,
    JSON.stringify({ format, modelTopology, weightsManifest }),
  );
}

const INPUT = [null, null, null, 3];

const POINT = { kernel_size: [1, 1], padding: "same", activation: "linear" };

function layer(className: string, config: Record<string, unknown>) {
  return { class_name: className, config: { trainable: true, dtype: "float32", ...config } };
}

/** Channel `3·k + c` is colour `c` times `gain`, plus `k` steps times `gain`: place `k` of a block after the shuffle. */
function numbers(scale: number, gain: number): { kernel: number[]; bias: number[] } {
  const channels = Array.from({ length: 3 * scale ** 2 }, (_, i) => ({
    place: Math.floor(i / 3),
    colour: i % 3,
  }));
  return {
    kernel: [0, 1, 2].flatMap((c) => channels.map(({ colour }) => colour === c ? gain : 0)),
    bias: channels.map(({ place }) => place * RESIDUAL_STEP * gain),
  };
}
