/**
 * A trained network as plain numbers: all that an engine needs.
 * @module
 */
import { WeightsError } from "../errors.ts";
import { listParameters, listStatistics } from "../model/list_parameters.ts";
import { formatUNetConfig, parseUNetConfig, type UNetConfig } from "../model/unet_config.ts";
import { loadWeights } from "./manifest.ts";
import { encodeSafetensors, type NamedArray } from "./safetensors.ts";
import { shown } from "./shown.ts";
import { checkTensors, FORMATS } from "./weights_file.ts";

/** A network that was read from a file. */
export interface NetworkFile {
  /** The network's layers. */
  readonly config: UNetConfig;
  /** Parameters and statistics by path; kernels are HWIO. */
  readonly arrays: ReadonlyMap<string, NamedArray>;
  /** What the file says of itself, beside the network. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Where it came from, for messages. */
  readonly name: string;
  /** Of the file, hexadecimal. */
  readonly sha256: string;
}

/**
 * Reads a network from a file or by its name in the manifest.
 *
 * @param nameOrPath "pconv-lite" or a path.
 * @throws {WeightsError} If it is missing, damaged or no weights file of this program, or tensors are missing, surplus or
 * of another shape.
 */
export async function readNetworkFile(nameOrPath: string): Promise<NetworkFile> {
  const { tensors, metadata, path, sha256 } = await loadWeights(nameOrPath);
  const name = `weights "${nameOrPath}"`;
  if (metadata["format"] !== FORMATS.weights) {
    throw new WeightsError(
      `Cannot use ${name}: format is ${shown(metadata["format"])}, must be "${FORMATS.weights}"`,
      {
        hint: metadata["format"] === FORMATS.checkpoint
          ? "This is a training checkpoint; the weights lie beside it, or use train --resume"
          : "Only weights written by pconv train or weights import can be read",
      },
    );
  }
  let config: UNetConfig;
  try {
    config = parseUNetConfig(metadata["network"] ?? "", name);
  } catch (cause) {
    throw new WeightsError((cause as Error).message, { cause });
  }
  checkTensors(tensors, expectedShapes(config), String(path));
  return { config, arrays: tensors, metadata, name: nameOrPath, sha256 };
}

/**
 * Writes a network in the safetensors format.
 *
 * @param arrays Parameters and statistics by path; kernels are HWIO.
 * @param notes Further metadata.
 */
export function encodeNetworkFile(
  config: UNetConfig,
  arrays: ReadonlyMap<string, NamedArray>,
  notes: Readonly<Record<string, string>>,
): Uint8Array {
  return encodeSafetensors(arrays, {
    format: FORMATS.weights,
    network: formatUNetConfig(config),
    range: config.range,
    ...notes,
  });
}

/** Shapes of all tensors in a network's file, by path. */
export function expectedShapes(config: UNetConfig): Map<string, readonly number[]> {
  const shapes = new Map<string, readonly number[]>();
  for (const { path, shape } of listParameters(config)) shapes.set(path, shape);
  for (const { path, channels } of listStatistics(config)) {
    shapes.set(`${path}/mean`, [channels]);
    shapes.set(`${path}/variance`, [channels]);
  }
  return shapes;
}
