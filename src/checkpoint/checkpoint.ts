/**
 * A training run as a file.
 * @module
 */
import { DivergenceError, WeightsError } from "../errors.ts";
import { formatUNetConfig, parseUNetConfig, type UNetConfig } from "../model/unet_config.ts";
import { type AdamState, makeMoments } from "../training/adam.ts";
import type { TrainingState } from "../training/state.ts";
import { writeFileAtomic } from "../data/atomic_write.ts";
import { reasonOf } from "../system_reason.ts";
import { readCheckpointNotes } from "./checkpoint_notes.ts";
import type { ListFingerprint } from "./list_fingerprint.ts";
import { exportNetwork, importNetwork, readTensor } from "./network_tensors.ts";
import { encodeSafetensors, type NamedArray } from "./safetensors.ts";
import { shown } from "./shown.ts";
import { FORMATS, readWeights } from "./weights_file.ts";

/** A larger header means that the file is something else. */
const MAX_HEADER_BYTES = 100_000_000;

/** Prefixes of tensor names. */
const NETWORK = "network/";
const FIRST = "adam/first/";
const SECOND = "adam/second/";

/** A state with the settings of the run it belongs to. */
export interface Checkpoint {
  /** Parameters, statistics, moments and step. */
  readonly state: TrainingState;
  /** The run's settings as JSON; written and read by the command that trains. */
  readonly run: string;
  /** The best validation so far, if there was one. */
  readonly best?: BestSoFar;
  /** The files that were trained on; older checkpoints do not say. */
  readonly data?: DataFingerprint;
}

/** Which files a run was trained on. */
export interface DataFingerprint {
  /** The images trained on, without those held out. */
  readonly images: ListFingerprint;
  /** Present if masks come from files. */
  readonly masks?: ListFingerprint;
}

/** Where a run was best. */
export interface BestSoFar {
  /** Optimiser steps done. */
  readonly step: number;
  /** PSNR of hole pixels in dB, mean over the validation images. */
  readonly holePsnr: number;
}

/**
 * Writes a checkpoint: parameters, statistics, moments, step and settings. The file is complete or absent.
 *
 * @throws {DivergenceError} If a number of the state is not finite; nothing is written.
 * @throws {InputError} If the file cannot be written.
 */
export async function writeCheckpoint(path: string, checkpoint: Checkpoint): Promise<void> {
  await writeFileAtomic(path, await encodeCheckpoint(checkpoint));
}

/**
 * Makes the bytes of a checkpoint; the same state and settings give the same bytes.
 *
 * @throws {DivergenceError} If a number of the state is not finite: nobody could go on from it.
 */
export async function encodeCheckpoint(
  { state, run, best, data }: Checkpoint,
): Promise<Uint8Array<ArrayBuffer>> {
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
  for (const [name, { data }] of arrays) checkFinite(name, data, state.step);
  const metadata = {
    format: FORMATS.checkpoint,
    network: formatUNetConfig(state.config),
    step: String(state.step),
    updates: JSON.stringify(updates),
    run,
    ...(state.lossSums === undefined ? {} : { losses: JSON.stringify(state.lossSums) }),
    ...(best === undefined ? {} : { best: JSON.stringify(best) }),
    ...(data === undefined ? {} : { data: JSON.stringify(data) }),
  };
  return encodeSafetensors(arrays, metadata);
}

/** A loss can be finite while its gradient is not, so the numbers themselves are looked at. */
function checkFinite(name: string, data: NamedArray["data"], steps: number): void {
  for (let i = 0; i < data.length; i++) {
    if (!Number.isFinite(data[i])) {
      throw new DivergenceError(Math.max(0, steps - 1), {}, {
        culprit: `"${name}" holds ${data[i]} though the losses are finite`,
      });
    }
  }
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
  if (metadata["format"] !== FORMATS.checkpoint) {
    refuse(`format is ${shown(metadata["format"])}, must be "${FORMATS.checkpoint}"`);
  }
  const { step, updates, ...notes } = readCheckpointNotes(metadata, refuse);
  const config = readConfig(metadata["network"] ?? "", path);
  const pick = (prefix: string) =>
    new Map(
      [...tensors].filter(([name]) => name.startsWith(prefix))
        .map(([name, array]) => [name.slice(prefix.length), array]),
    );
  const parameters = importNetwork(config, pick(NETWORK), path);
  const optimizer: AdamState = new Map();
  const [first, second] = [pick(FIRST), pick(SECOND)];
  for (const [name, count] of Object.entries(updates)) {
    const shape = parameters.trained.get(name)?.variable.shape;
    const moments = [first.get(name), second.get(name)];
    const fits = moments.every((array) =>
      shape !== undefined && array?.shape.join() === shape.join()
    );
    if (!fits) refuse(`moments of ${shown(name)} do not fit the network`);
    const made = makeMoments(shape!, moments.map((array) => Float32Array.from(array!.data)));
    made.updates = count;
    optimizer.set(name, made);
  }
  const { lossSums, ...about } = notes;
  return {
    state: { config, parameters, optimizer, step, ...(lossSums === undefined ? {} : { lossSums }) },
    ...about,
  };
}

/**
 * Reads what a checkpoint or a weights file says about itself, without its numbers.
 *
 * @returns Undefined if there is no such file.
 * @throws {WeightsError} If it cannot be read.
 */
export async function readMetadata(path: string): Promise<Record<string, string> | undefined> {
  try {
    using file = await Deno.open(path);
    const start = await readExactly(file, 8);
    const length = Number(new DataView(start.buffer).getBigUint64(0, true));
    if (length > MAX_HEADER_BYTES) throw new SyntaxError("it is no safetensors file");
    return metadataOf(new TextDecoder().decode(await readExactly(file, length)));
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return undefined;
    throw new WeightsError(`Cannot read weights "${path}": ${reasonOf(cause)}`, { cause });
  }
}

/** The parser's own words repeat bytes of the file, so they are not told. */
function metadataOf(text: string): Record<string, string> {
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch (cause) {
    throw new SyntaxError("its header is not JSON", { cause });
  }
  return (header as { readonly __metadata__?: Record<string, string> } | null)?.__metadata__ ?? {};
}

async function readExactly(file: Deno.FsFile, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length;) {
    const count = await file.read(bytes.subarray(done));
    if (count === null) throw new SyntaxError("it is cut short");
    done += count;
  }
  return bytes;
}

function readConfig(text: string, path: string): UNetConfig {
  try {
    return parseUNetConfig(text, `checkpoint "${path}"`);
  } catch (cause) {
    throw new WeightsError((cause as Error).message, { cause });
  }
}
