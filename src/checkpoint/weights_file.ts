/**
 * Weight files on disk: reading with a checksum, and the question whether they fit a network.
 * @module
 */
import { fileURLToPath } from "node:url";
import { WeightsError } from "../errors.ts";
import { reasonOf } from "../system_reason.ts";
import { decodeSafetensors, type Safetensors } from "./safetensors.ts";
import { sha256 } from "./sha256.ts";
import { shown } from "./shown.ts";

/** Values of the metadata key "format": the kinds of safetensors files that the program writes. */
export const FORMATS = {
  weights: "pconv-weights-1",
  checkpoint: "pconv-checkpoint-1",
  vgg16: "pconv-vgg16-1",
} as const;

/** What files of these formats are, in words. */
export const FORMAT_KINDS: Readonly<Record<string, string>> = {
  [FORMATS.weights]: "weights of pconv",
  [FORMATS.checkpoint]: "training checkpoint of pconv",
  [FORMATS.vgg16]: "VGG-16 for the perceptual and style losses",
};

/** Weights that were read, and where they came from. */
export interface WeightsFile extends Safetensors {
  /** The file as a path for messages and logs. */
  readonly path: string;
  /** SHA-256 of the whole file, hexadecimal. */
  readonly sha256: string;
}

/** Options of {@linkcode readWeights}. */
export interface ReadWeightsOptions {
  /** SHA-256 that the file must have, hexadecimal. @default unchecked */
  expectedSha256?: string;
  /** Size that the file must have. @default unchecked */
  expectedBytes?: number;
}

/**
 * Reads a safetensors file.
 *
 * @param path Path or file URL; a URL also reaches files that are embedded in a compiled program.
 * @throws {WeightsError} If the file is missing, unreadable, not safetensors, or not the expected bytes.
 */
export async function readWeights(
  path: string | URL,
  options: ReadWeightsOptions = {},
): Promise<WeightsFile> {
  const { expectedSha256, expectedBytes } = options;
  const name = displayPath(path);
  const bytes = await readBytes(path, name);
  if (expectedBytes !== undefined && bytes.length !== expectedBytes) {
    throw new WeightsError(
      `Cannot use weights "${name}": file has ${bytes.length} bytes, must have ${expectedBytes}`,
      { hint: "Fetch the file again" },
    );
  }
  const actualSha256 = await sha256(bytes);
  if (expectedSha256 !== undefined && actualSha256 !== expectedSha256.toLowerCase()) {
    throw new WeightsError(
      `Cannot use weights "${name}": SHA-256 is ${actualSha256}, must be ${expectedSha256.toLowerCase()}`,
      { hint: "Fetch the file again" },
    );
  }
  return { path: name, sha256: actualSha256, ...decodeSafetensors(bytes, { name }) };
}

/**
 * Checks that a file holds exactly the tensors that a network needs.
 *
 * @param actual Tensors of the file by name.
 * @param expected Shapes by name.
 * @param name What the error message calls the file.
 * @throws {WeightsError} If tensors are missing, unexpected or differently shaped; one message tells all.
 */
export function checkTensors(
  actual: ReadonlyMap<string, { readonly shape: readonly number[] }>,
  expected: ReadonlyMap<string, readonly number[]>,
  name: string,
): void {
  const missing = [...expected.keys()].filter((key) => !actual.has(key)).map(shown);
  const unexpected = [...actual.keys()].filter((key) => !expected.has(key)).map(shown);
  const reshaped = [...expected].flatMap(([key, shape]) => {
    const tensor = actual.get(key);
    if (tensor === undefined || shapeText(tensor.shape) === shapeText(shape)) return [];
    return [`${shown(key)} is ${shapeText(tensor.shape)}, must be ${shapeText(shape)}`];
  });
  const problems = [
    summary(missing, "missing", ", "),
    summary(unexpected, "unexpected", ", "),
    summary(reshaped, "differently shaped", "; "),
  ].filter((text) => text !== "");
  if (problems.length === 0) return;
  throw new WeightsError(
    `Cannot use weights "${name}": of ${expected.size} tensors, ${problems.join("; ")}`,
    { hint: "The weights belong to another network: check the preset" },
  );
}

/** Names a path or URL as a person would write it. */
export function displayPath(path: string | URL): string {
  if (typeof path === "string") return path;
  return path.protocol === "file:" ? fileURLToPath(path) : path.href;
}

/** Reads a file and turns every failure into a sentence. */
async function readBytes(path: string | URL, name: string): Promise<Uint8Array> {
  try {
    return await Deno.readFile(path);
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) {
      throw new WeightsError(`Cannot read weights "${name}": file does not exist`, {
        cause,
        hint: "Check the path, or name weights that come with the program",
      });
    }
    throw new WeightsError(`Cannot read weights "${name}": ${reasonOf(cause)}`, { cause });
  }
}

/** How many names a message spells out. */
const SHOWN = 5;

/** For example `7 missing ("a", "b", "c", "d", "e" and 2 more)`. */
function summary(items: readonly string[], word: string, separator: string): string {
  if (items.length === 0) return "";
  const rest = items.length > SHOWN ? ` and ${items.length - SHOWN} more` : "";
  return `${items.length} ${word} (${items.slice(0, SHOWN).join(separator)}${rest})`;
}

/** A shape such as `7x7x3x64`. */
function shapeText(shape: readonly number[]): string {
  return shape.length === 0 ? "scalar" : shape.join("x");
}
