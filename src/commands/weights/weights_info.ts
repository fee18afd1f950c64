/**
 * `pconv weights info`.
 * @module
 */
import { recogniseFormat } from "../../checkpoint/import/file_format.ts";
import { readHdf5File } from "../../checkpoint/import/hdf5_file.ts";
import { convertPconv } from "../../checkpoint/import/pconv_arrays.ts";
import { recognisePconvLayout } from "../../checkpoint/import/pconv_layouts.ts";
import { readTorchFile } from "../../checkpoint/import/torch_file.ts";
import { findWeights } from "../../checkpoint/manifest.ts";
import { decodeSafetensors, type NamedArray } from "../../checkpoint/safetensors.ts";
import { sha256 } from "../../checkpoint/sha256.ts";
import { userVgg16Path } from "../../checkpoint/user_weights.ts";
import { displayPath, FORMAT_KINDS, FORMATS } from "../../checkpoint/weights_file.ts";
import type { ParsedOptions } from "../../cli/flags.ts";
import type { CommandIo } from "../../cli/io.ts";
import { EXIT, WeightsError } from "../../errors.ts";
import { formatUNetConfig } from "../../model/unet_config.ts";
import { reasonOf } from "../../system_reason.ts";
import { bestWords, networkWords, runWords } from "./weights_words.ts";

/** What a file says of itself. */
interface WeightsInfo {
  readonly path: string;
  readonly kind: string;
  /** Settings of the network as JSON, in files of pconv and in those that it can convert. */
  readonly network?: string;
  /** How to use a network of another project, or why it cannot be used. */
  readonly use?: string;
  /** Trained numbers: no statistics and no moments, where these can be told apart. */
  readonly parameters: number;
  /** Arrays in all. */
  readonly arrays: number;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** What stands as JSON in the metadata, in words for people. */
const WORDS: Readonly<Record<string, (text: string) => string>> = {
  network: networkWords,
  run: runWords,
  best: bestWords,
  // Counts of each tensor, which all are the steps but in frozen parts.
  updates: () => "",
};

/**
 * Tells kind, network, parameters, size, hash and metadata of a file. Shipped weights go by their name, the VGG-16 in
 * the user's folder by "vgg16". People read words; `--json` has the metadata as they are.
 *
 * @returns 0.
 * @throws {WeightsError} If there is no such file, or it is no file of weights.
 */
export async function weightsInfo(
  { positionals: [nameOrPath = ""] }: ParsedOptions<"weights info">,
  io: CommandIo,
): Promise<number> {
  const hint = nameOrPath === "vgg16" ? "Get it with: pconv weights fetch vgg16" : undefined;
  const info = await examine(await find(nameOrPath), hint);
  if (io.json !== undefined) {
    await io.json(info);
    return EXIT.done;
  }
  const { metadata, sizeBytes, ...facts } = info;
  const lines = {
    ...facts,
    parameters: facts.parameters.toLocaleString("en"),
    size: `${sizeBytes.toLocaleString("en")} bytes`,
    // What stands above is not said twice.
    ...Object.fromEntries(Object.entries(metadata).filter(([key]) => !(key in facts))),
  };
  for (const [key, value] of Object.entries(lines)) {
    const words = WORDS[key]?.(String(value)) ?? String(value);
    if (words !== "") await io.print(`${key}: ${words}`);
  }
  return EXIT.done;
}

async function find(nameOrPath: string): Promise<string | URL> {
  const isHere = await Deno.stat(nameOrPath).then(() => true, () => false);
  if (nameOrPath === "vgg16" && !isHere) return userVgg16Path();
  return (await findWeights(nameOrPath)).path;
}

async function examine(path: string | URL, hint: string | undefined): Promise<WeightsInfo> {
  const name = displayPath(path);
  let bytes: Uint8Array;
  try {
    bytes = await Deno.readFile(path);
  } catch (cause) {
    throw new WeightsError(`Cannot read weights "${name}": ${reasonOf(cause)}`, {
      cause,
      ...(hint === undefined ? {} : { hint }),
    });
  }
  const { kind, tensors, metadata } = await readAny(bytes, name);
  const { network } = metadata;
  const foreign = metadata["format"] === undefined || metadata["format"] === "pt"
    ? examineForeign(tensors, name)
    : undefined;
  return {
    path: name,
    kind: foreign === undefined ? kind : `${kind}: ${foreign.kind}`,
    ...(network === undefined ? {} : { network }),
    ...foreign?.facts,
    parameters: foreign?.parameters ?? countParameters(tensors, metadata["format"]),
    arrays: tensors.size,
    sizeBytes: bytes.length,
    sha256: await sha256(bytes),
    metadata,
  };
}

async function readAny(bytes: Uint8Array, name: string): Promise<{
  kind: string;
  tensors: ReadonlyMap<string, NamedArray>;
  metadata: Readonly<Record<string, string>>;
}> {
  switch (recogniseFormat(bytes)) {
    case "torch":
      return { kind: "PyTorch file", tensors: await readTorchFile(bytes, { name }), metadata: {} };
    case "hdf5":
      return { kind: "HDF5 file", tensors: await readHdf5File(bytes, { name }), metadata: {} };
    case "safetensors": {
      const { tensors, metadata } = decodeSafetensors(bytes, { name });
      const kind = FORMAT_KINDS[metadata["format"] ?? ""] ?? "safetensors file of another program";
      return { kind, tensors, metadata };
    }
  }
}

/** A network of another project, as far as it can be converted. */
function examineForeign(tensors: ReadonlyMap<string, NamedArray>, name: string) {
  const layout = recognisePconvLayout(tensors.keys());
  if (layout === undefined) return undefined;
  const kind = `network of ${layout.title}`;
  try {
    const { config, arrays } = convertPconv(layout, tensors, name);
    const use = `pconv weights import pconv ${name}`;
    const parameters = countParameters(arrays, FORMATS.weights);
    return { kind, parameters, facts: { network: formatUNetConfig(config), use } };
  } catch (error) {
    if (!(error instanceof WeightsError)) throw error;
    return { kind, facts: { use: error.message } };
  }
}

function countParameters(
  tensors: ReadonlyMap<string, NamedArray>,
  format: string | undefined,
): number {
  let count = 0;
  for (const [name, { data }] of tensors) {
    const isMoment = format === FORMATS.checkpoint && !name.startsWith("network/");
    const isStatistic = format !== undefined && /\/(mean|variance)$/.test(name);
    if (!isMoment && !isStatistic) count += data.length;
  }
  return count;
}
