/**
 * The list of weights that come with the program: `weights/manifest.json`.
 * @module
 */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { closestName } from "../edit_distance.ts";
import { WeightsError } from "../errors.ts";
import { displayPath, readWeights, type WeightsFile } from "./weights_file.ts";

/** One file of weights, and where it comes from. */
export interface ManifestEntry {
  /** What users type, for example "pconv-lite". */
  readonly name: string;
  /** File name within the folder of the manifest. */
  readonly file: string;
  /** Size of the file. */
  readonly bytes: number;
  /** SHA-256 of the file, lower-case hexadecimal. */
  readonly sha256: string;
  /** Network preset that the weights fit. */
  readonly preset: string;
  /** Recipe that trained them. */
  readonly recipe: string;
  /** Where they come from: a URL or "trained here". */
  readonly source: string;
  /** Licence as an SPDX identifier or in words. */
  readonly licence: string;
  /** Commit of this project that trained them. */
  readonly commit: string;
  /** Data set in words. */
  readonly trainedOn: string;
}

/** Content of `manifest.json`. */
export interface Manifest {
  readonly files: readonly ManifestEntry[];
}

/** Where weights are; `entry` is set for those that come with the program. */
export interface FoundWeights {
  readonly path: string | URL;
  readonly entry: ManifestEntry | undefined;
}

/** Folder of the weights that come with the program, also inside a compiled one. */
export const WEIGHTS_FOLDER: URL = new URL("../../weights/", import.meta.url);

const TEXT_FIELDS = [
  "name",
  "file",
  "sha256",
  "preset",
  "recipe",
  "source",
  "licence",
  "commit",
  "trainedOn",
] as const;

/**
 * Reads `manifest.json`.
 *
 * @param folder Path or file URL of the folder that holds it.
 * @throws {WeightsError} If it is missing, unreadable, no JSON or an entry is not as it must be.
 */
export async function readManifest(folder: string | URL = WEIGHTS_FOLDER): Promise<Manifest> {
  const url = within(folder, "manifest.json");
  const name = displayPath(url);
  const refuse = (problem: string, cause?: unknown): never => {
    throw new WeightsError(`Cannot read manifest "${name}": ${problem}`, { cause });
  };
  let content: unknown;
  try {
    content = JSON.parse(await Deno.readTextFile(url));
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return refuse("file does not exist", cause);
    return refuse(cause instanceof Error ? cause.message : String(cause), cause);
  }
  const files = (content as { files?: unknown } | null)?.files;
  if (!Array.isArray(files)) return refuse('"files" must be a list');
  const names = new Set<string>();
  files.forEach((entry, index) => {
    const problem = entryProblem(entry);
    if (problem !== undefined) refuse(`entry ${index + 1}: ${problem}`);
    if (names.has(entry.name)) refuse(`entry ${index + 1}: name "${entry.name}" is used twice`);
    names.add(entry.name);
  });
  return { files: files as ManifestEntry[] };
}

/**
 * Finds weights by path or by name: a file that exists at `nameOrPath` comes first, then the manifest.
 *
 * @param nameOrPath Path of a safetensors file, or a name of the manifest.
 * @param folder Folder of the manifest.
 * @throws {WeightsError} If there is neither such a file nor such a name; the message lists known names.
 */
export async function findWeights(
  nameOrPath: string,
  folder: string | URL = WEIGHTS_FOLDER,
): Promise<FoundWeights> {
  if (await isFile(nameOrPath)) return { path: nameOrPath, entry: undefined };
  if (/[\\/]|\.safetensors$/.test(nameOrPath)) {
    await refuseFolder(nameOrPath);
    throw new WeightsError(`Cannot find weights "${nameOrPath}": there is no such file`, {
      hint: "Check the path, or name weights that come with the program",
    });
  }
  const { files } = await readManifest(folder);
  const entry = files.find((file) => file.name === nameOrPath);
  if (entry !== undefined) return { path: within(folder, entry.file), entry };
  await refuseFolder(nameOrPath);
  const names = files.map(({ name }) => name);
  const closest = closestName(nameOrPath, names);
  const known = names.map((name) => `"${name}"`).join(", ");
  throw new WeightsError(
    `Cannot find weights "${nameOrPath}": neither a file nor a known name, ` +
      (known === "" ? "no names are known" : `known names are ${known}`) +
      (closest === undefined ? "" : `, did you mean "${closest}"?`),
    { hint: "Give one of the known names, or the path of a safetensors file" },
  );
}

/**
 * Finds and reads weights; those of the manifest must have its size and SHA-256.
 *
 * @throws {WeightsError} As {@linkcode findWeights} and {@linkcode readWeights}.
 */
export async function loadWeights(
  nameOrPath: string,
  folder: string | URL = WEIGHTS_FOLDER,
): Promise<WeightsFile & { readonly entry: ManifestEntry | undefined }> {
  const { path, entry } = await findWeights(nameOrPath, folder);
  const expected = entry && { expectedSha256: entry.sha256, expectedBytes: entry.bytes };
  return { ...await readWeights(path, expected), entry };
}

/** Tells who names a run folder what to name instead. */
async function refuseFolder(path: string): Promise<void> {
  const isFolder = await Deno.stat(path).then((stat) => stat.isDirectory, () => false);
  if (!isFolder) return;
  throw new WeightsError(`Cannot read weights "${path}": it is a folder, must be a file`, {
    hint: 'In the folder of a training run, "best.safetensors" or "weights.safetensors"',
  });
}

/** URL of a file in a folder; URLs reach embedded files too. */
function within(folder: string | URL, file: string): URL {
  const base = typeof folder === "string" ? pathToFileURL(resolve(folder)) : folder;
  return new URL(encodeURIComponent(file), base.href.endsWith("/") ? base : `${base.href}/`);
}

/** Says what is wrong with an entry, if anything. */
function entryProblem(entry: unknown): string | undefined {
  if (typeof entry !== "object" || entry === null) return "must be an object";
  const fields = entry as Record<string, unknown>;
  const wrong = TEXT_FIELDS.find((key) => typeof fields[key] !== "string" || fields[key] === "");
  if (wrong !== undefined) return `"${wrong}" must be text`;
  if (!Number.isSafeInteger(fields.bytes) || Number(fields.bytes) <= 0) {
    return '"bytes" must be a positive integer';
  }
  if (!/^[0-9a-f]{64}$/.test(String(fields.sha256))) {
    return '"sha256" must be 64 lower-case hexadecimal digits';
  }
  // A manifest may not point outside its folder.
  if (/[\\/]|^\.\.?$/.test(String(fields.file))) {
    return '"file" must be a file name without folders';
  }
  return undefined;
}

/** True if a file lies at the path; one that may not be read counts, so that reading tells the reason. */
async function isFile(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch (cause) {
    return !(cause instanceof Deno.errors.NotFound);
  }
}
