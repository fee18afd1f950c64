/**
 * A training run as a file.
 * @module
 */
import { WeightsError } from "../errors.ts";
import { formatUNetConfig, parseUNetConfig, type UNetConfig } from "../model/unet_config.ts";
import { type AdamState, makeMoments } from "../training/adam.ts";
import type { TrainingState } from "../training/state.ts";
import { writeFileAtomic } from "../data/atomic_write.ts";
import { exportNetwork, importNetwork, readTensor } from "./network_tensors.ts";
import { encodeSafetensors, type NamedArray } from "./safetensors.ts";
import { readWeights } from "./weights_file.ts";

/** Value of the metadata key "format" in checkpoints. */
const FORMAT = "pconv-checkpoint-1";

/** Prefixes of tensor names. */
const NETWORK = "network/";
const FIRST = "adam/first/";
const SECOND = "adam/second/";

/** A state with the settings of the run it belongs to. */
export interface Checkpoint {
  readonly state: TrainingState;
  /** The run's settings as JSON; written and read by the command that trains. */
  readonly run: string;
}

/**
 * Writes a checkpoint: parameters, statistics, moments, step and settings. The file is complete or absent.
 *
 * @throws {InputError} If the file cannot be written.
 */
export async function writeCheckpoint(path: string, { state, run }: Checkpoint): Promise<void> {
  const arrays = new Map<string, NamedArray>();
  for (const [name, array] of await exportNetwork(state.parameters)) {
    arrays.set(NETWORK + name, array);
  }
  const updates: Record<string, number> = {};
  for (const [name, moments] of state.optimizer) {
    arrays.set(FIRST + name, await readTensor(moments.first));
    arrays.set(SECOND + name, await readTensor(moments.second));
    updates[name] = moments.updates;
  }
  const metadata = {
    format: FORMAT,
    network: formatUNetConfig(state.config),
    step: String(state.step),
    updates: JSON.stringify(updates),
    run,
  };
  await writeFileAtomic(path, encodeSafetensors(arrays, metadata));
}

/**
 * Reads a checkpoint.
 *
 * @throws {WeightsError} If the file is missing, damaged or no checkpoint.
 */
export async function readCheckpoint(path: string): Promise<Checkpoint> {
  const { tensors, metadata } = await readWeights(path);
  const refuse = (problem: string, cause?: unknown): never => {
    throw new WeightsError(`Cannot resume from "${path}": ${problem}`, { cause });
  };
  if (metadata["format"] !== FORMAT) {
    refuse(`format is ${JSON.stringify(metadata["format"])}, must be "${FORMAT}"`);
  }
  const step = Number(metadata["step"]);
  if (!Number.isInteger(step) || step < 0) refuse(`step is ${JSON.stringify(metadata["step"])}`);
  const config = readConfig(metadata["network"] ?? "", path);
  const pick = (prefix: string) =>
    new Map(
      [...tensors].filter(([name]) => name.startsWith(prefix))
        .map(([name, array]) => [name.slice(prefix.length), array]),
    );
  const parameters = importNetwork(config, pick(NETWORK), path);
  let updates: Record<string, number> = {};
  try {
    updates = JSON.parse(metadata["updates"] ?? "");
  } catch (cause) {
    refuse("the update counts are not JSON", cause);
  }
  const optimizer: AdamState = new Map();
  const [first, second] = [pick(FIRST), pick(SECOND)];
  for (const [name, count] of Object.entries(updates)) {
    const parameter = parameters.trained.get(name);
    const moments = [first.get(name), second.get(name)];
    if (parameter === undefined || moments.includes(undefined)) {
      refuse(`moments of "${name}" do not fit the network`);
    }
    const { shape } = parameter!.variable;
    const made = makeMoments(shape, moments.map((array) => Float32Array.from(array!.data)));
    made.updates = count;
    optimizer.set(name, made);
  }
  return { state: { config, parameters, optimizer, step }, run: metadata["run"] ?? "{}" };
}

function readConfig(text: string, path: string): UNetConfig {
  try {
    return parseUNetConfig(text, `checkpoint "${path}"`);
  } catch (cause) {
    throw new WeightsError((cause as Error).message, { cause });
  }
}
