/**
 * A trained network as a file.
 * @module
 */
import type { UNetParameters } from "../model/parameters.ts";
import type { UNetConfig } from "../model/unet_config.ts";
import { encodeNetworkFile, readNetworkFile } from "./network_file.ts";
import { exportNetwork, importNetwork } from "./network_tensors.ts";

/** What a weights file says about itself, beside the network. */
export interface WeightsNotes {
  /** Recipe of the training. */
  readonly recipe: string;
  /** Optimiser steps behind the weights. */
  readonly steps: number;
  /** Training data in words. */
  readonly data: string;
  /** Licence of the weights. */
  readonly licence: string;
  /** Commit of this project that trained them. */
  readonly commit: string;
}

/** A network as variables of the active backend. */
export interface Network {
  /** The network's layers. */
  readonly config: UNetConfig;
  /** The network's numbers; free them with `disposeParameters`. */
  readonly parameters: UNetParameters;
  /** Where it came from, for messages. */
  readonly name: string;
  /** Of the file, hexadecimal. */
  readonly sha256: string;
}

/** Writes a network in the safetensors format. */
export async function encodeWeights(
  config: UNetConfig,
  parameters: UNetParameters,
  notes: WeightsNotes,
): Promise<Uint8Array> {
  return encodeNetworkFile(config, await exportNetwork(parameters), {
    recipe: notes.recipe,
    steps: String(notes.steps),
    data: notes.data,
    licence: notes.licence,
    commit: notes.commit,
  });
}

/**
 * Reads a network from a file or by its name in the manifest, onto the active backend.
 *
 * @param nameOrPath "pconv-lite" or a path.
 * @throws {WeightsError} If it is missing, damaged or no weights file of this program.
 */
export async function readNetwork(nameOrPath: string): Promise<Network> {
  const { config, arrays, name, sha256 } = await readNetworkFile(nameOrPath);
  return { config, parameters: importNetwork(config, arrays, name), name, sha256 };
}
