/**
 * The networks, pictures and masks of the bench, all from fixed seeds and formulas, as files that contenders read.
 * @module
 */
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import type { NamedArray } from "../../../src/checkpoint/safetensors.ts";
import { exportNetwork } from "../../../src/checkpoint/network_tensors.ts";
import { disposeParameters, initializeParameters } from "../../../src/model/parameters.ts";
import { type PresetName, PRESETS } from "../../../src/model/unet_config.ts";
import { createRandom } from "../../../src/random.ts";
import { formulaTensor } from "../../support/formula_tensor.ts";
import { formulaVgg16 } from "../../support/formula_vgg16.ts";
import { writeArrays, writeFloats } from "./arrays_file.ts";
import { PYTHON } from "./contender.ts";
import { holeShare, irregularHole } from "./holes.ts";
import type { ForwardWorkload, NetworkFile, OpWorkload, TrainWorkload } from "./workload.ts";

/**
 * Writes a preset with random kernels. Biases, scales, shifts and statistics come from a formula, and kernels that
 * training starts from 0 are drawn too: a network that computes 0 would hide mistakes.
 */
export async function makeNetwork(folder: string, preset: PresetName): Promise<NetworkFile> {
  const config = PRESETS[preset];
  await tf.setBackend("cpu");
  const random = createRandom(6, 1);
  const parameters = initializeParameters(config, random);
  const arrays = new Map<string, NamedArray>();
  for (const [path, { shape, data }] of await exportNetwork(parameters)) {
    const shaken = (scale: number, shift: number) => {
      const made = formulaTensor(shape, { phase: arrays.size, scale, shift });
      return { shape, data: Float32Array.from(made.data) };
    };
    const isZero = (data as Float32Array).every((value) => value === 0);
    if (/\/(bias|beta|mean)$/.test(path)) arrays.set(path, shaken(0.1, 0));
    else if (/\/gamma$/.test(path)) arrays.set(path, shaken(0.2, 1));
    else if (/\/variance$/.test(path)) arrays.set(path, shaken(0.5, 1));
    else if (isZero) arrays.set(path, shaken(0.02, 0));
    else arrays.set(path, { shape, data: Float32Array.from(data) });
  }
  disposeParameters(parameters);
  return { preset, config, ...await writeArrays(join(folder, `${preset}.f32`), arrays) };
}

/** A picture of waves and noise, rgb01 `[size, size, 3]`, in whole steps of 1/255. */
export function makePicture(size: number, seed: number): Float32Array {
  const random = createRandom(6, 2, seed);
  const waves = Array.from({ length: 9 }, () => 0.002 + 0.08 * random.uniform());
  return Float32Array.from({ length: size * size * 3 }, (_, i) => {
    const [c, x, y] = [i % 3, Math.floor(i / 3) % size, Math.floor(i / 3 / size)];
    const wave = Math.sin(x * waves[c]! + y * waves[c + 3]!) * Math.cos(y * waves[c + 6]!);
    return Math.round(128 + 90 * wave + 16 * (random.uniform() - 0.5)) / 255;
  });
}

/** What {@linkcode makeForward} is told. */
export interface ForwardCase {
  readonly network: NetworkFile;
  readonly size: number;
  readonly percent: number;
  /** `[size, size]`, 1 = hole. */
  readonly hole: Uint8Array;
  /** False spares the export, for cases that no peer runs. */
  readonly hasGraph: boolean;
}

/** Writes the files of a forward pass. */
export async function makeForward(folder: string, given: ForwardCase): Promise<ForwardWorkload> {
  const { network, size, percent, hole, hasGraph } = given;
  const rgb01 = await writeFloats(join(folder, `picture-${size}.f32`), makePicture(size, 1));
  const validMask = join(folder, "valid.u8");
  await Deno.writeFile(validMask, hole.map((value) => 1 - value));
  const workload = { kind: "forward", network, size, rgb01, validMask, percent } as const;
  if (!hasGraph) return workload;
  const onnx = await exportGraph(workload, join(folder, `${network.preset}-${size}.onnx`));
  return { ...workload, ...(onnx === undefined ? {} : { onnx }) };
}

/** Writes the files of one partial convolution. */
export async function makeOp(folder: string, size: number, channels: number): Promise<OpWorkload> {
  const random = createRandom(6, 3, size);
  const normal = (length: number, deviation: number) =>
    Float32Array.from({ length }, () => deviation * random.normal());
  const hole = irregularHole(size, 20);
  const validMask = join(folder, `op-valid-${size}.u8`);
  await Deno.writeFile(validMask, hole.map((value) => 1 - value));
  const kernel = {
    shape: [3, 3, channels, channels],
    data: normal(9 * channels ** 2, Math.sqrt(2 / (9 * channels))),
  };
  const bias = { shape: [channels], data: normal(channels, 0.1) };
  const stem = join(folder, `op-${size}`);
  const workload = {
    kind: "op",
    ...{ size, cin: channels, cout: channels, validMask },
    features: await writeFloats(`${stem}-features.f32`, normal(size * size * channels, 1)),
    weights: await writeArrays(
      `${stem}-weights.f32`,
      new Map([["kernel", kernel], ["bias", bias]]),
    ),
  } as const;
  const onnx = await exportGraph(workload, `${stem}.onnx`);
  return { ...workload, ...(onnx === undefined ? {} : { onnx }) };
}

/** What {@linkcode makeTraining} is told. */
export interface TrainCase {
  readonly network: NetworkFile;
  readonly size: number;
  readonly batch: number;
  /** "l1" is `L_valid + 6·L_hole`; "full" is equation 7 of the paper, which needs features. */
  readonly objective: "l1" | "full";
}

const L1 = { "valid": 1, "hole": 6 };
const FEATURE_TERMS = { "perceptual": 0.05, "style-out": 120, "style-comp": 120 };
const SMOOTHNESS = { "total-variation": 0.1 };

/** Writes the files of a training step. */
export async function makeTraining(folder: string, given: TrainCase): Promise<TrainWorkload> {
  const { network, size, batch, objective } = given;
  const pictures = Array.from({ length: batch }, (_, i) => makePicture(size, i));
  const rgb255 = Uint8Array.from(
    pictures.flatMap((p) => Array.from(p, (v) => Math.round(255 * v))),
  );
  const holes = Array.from({ length: batch }, (_, i) => irregularHole(size, 20, i));
  const holeMask = Uint8Array.from(holes.flatMap((hole) => [...hole]));
  const paths = { rgb255: join(folder, "rgb255.u8"), holeMask: join(folder, "hole.u8") };
  await Deno.writeFile(paths.rgb255, rgb255);
  await Deno.writeFile(paths.holeMask, holeMask);
  const isFull = objective === "full";
  const losses = { ...L1, ...FEATURE_TERMS, ...SMOOTHNESS };
  const wanted: Record<string, number> = isFull ? losses : L1;
  const weights = Object.fromEntries(
    Object.keys(losses).map((name) => [name, { weight: wanted[name] ?? 0 }]),
  );
  return {
    kind: "train",
    ...{ network, size, batch, ...paths, losses: wanted, learningRate: 2e-4 },
    task: { recipe: "pconv-initial", steps: 1000, learningRate: 2e-4, losses: weights },
    ...(isFull ? { vgg: await makeVgg(folder) } : {}),
  };
}

async function makeVgg(folder: string): Promise<NonNullable<TrainWorkload["vgg"]>> {
  const { arrays, mean } = formulaVgg16();
  const named = new Map([...arrays].map(([name, data]) => {
    const [side, cout] = [data.length, arrays.get(name.replace("/kernel", "/bias"))!.length];
    return [name, { shape: name.endsWith("/bias") ? [side] : [3, 3, side / 9 / cout, cout], data }];
  }));
  return { ...await writeArrays(join(folder, "vgg.f32"), named), mean };
}

/** Has PyTorch write the graph, once for each path. @returns Undefined if it could not. */
async function exportGraph(
  workload: ForwardWorkload | OpWorkload,
  path: string,
): Promise<string | undefined> {
  if (await Deno.stat(path).then(() => true, () => false)) return path;
  const description = `${path}.json`;
  await Deno.writeTextFile(description, JSON.stringify(workload));
  const script = new URL("./peers/export_onnx.py", import.meta.url).pathname;
  try {
    const { success, stderr } = await new Deno.Command(PYTHON, {
      args: ["-B", "-W", "ignore", script, description, path],
      stdout: "null",
    }).output();
    if (success) return path;
    console.error(new TextDecoder().decode(stderr).trim().split("\n").at(-1));
  } catch (error) {
    console.error((error as Error).message);
  }
  return undefined;
}

/** The true share of hole pixels, for titles. */
export function shareText(hole: Uint8Array): string {
  return `${(100 * holeShare(hole)).toFixed(1)} %`;
}
