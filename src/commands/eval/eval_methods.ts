/**
 * The methods of an evaluation, ready to fill.
 * @module
 */
import { loadWeights } from "../../checkpoint/manifest.ts";
import { external } from "../../methods/external.ts";
import type { FillMethod } from "../../methods/types.ts";
import { findMethod, type MethodSettings } from "../methods/method_catalog.ts";
import { openResultFolder, type ResultFolder } from "../methods/result_folder.ts";
import type { EvalLists } from "./eval_settings.ts";
import type { NamedPath } from "./named_path.ts";
import type { PlannedPair } from "./plan_pairs.ts";

/** A method with its name in the table. */
export interface EvalMethod {
  readonly name: string;
  readonly method: FillMethod;
  /** What it is, for the page: "network pconv-lite". */
  readonly what: string;
  /** Changes if the method would fill otherwise; a run does not go on with another. */
  readonly identity: string;
  /** Results of another program; absent for methods that fill here. */
  readonly results?: ResultFolder;
  /** What is wrong with their folder, a sentence each. */
  readonly problems: readonly string[];
}

/** Options of {@linkcode openEvalMethods}. */
export interface OpenEvalMethodsOptions extends EvalLists {
  /** Weights of the method pconv, if not its own. */
  readonly weights: string | undefined;
  readonly settings: Omit<MethodSettings, "weights">;
  /** Tells other names of a pair's results. */
  readonly pairs: readonly PlannedPair[];
}

/** Opens all methods in the order of the table: the program's, other networks, other programs' results. */
export async function openEvalMethods(options: OpenEvalMethodsOptions): Promise<EvalMethod[]> {
  const { methods, networks, results, weights, settings } = options;
  const opened: EvalMethod[] = [];
  for (const name of methods) {
    const own = name === "pconv" ? weights : undefined;
    opened.push(await openOwn(name, { ...settings, weights: own }));
  }
  for (const { name, path } of networks) {
    const entry = await openOwn("pconv", { ...settings, weights: path });
    opened.push({ ...entry, name, method: { ...entry.method, name } });
  }
  for (const { name, path } of results) {
    opened.push(await openExternal({ name, path }, options));
  }
  return opened;
}

async function openOwn(name: string, settings: MethodSettings): Promise<EvalMethod> {
  const entry = findMethod(name)!;
  const method = await entry.open(settings);
  if (entry.weights === undefined) {
    const identity = name === "patchmatch" ? `seed ${settings.seed}` : "no settings";
    return { name, method, what: entry.summary, identity, problems: [] };
  }
  const weights = settings.weights ?? entry.weights;
  const { sha256 } = await loadWeights(weights);
  const { context, tile } = settings;
  return {
    name,
    method,
    what: `weights ${weights}, sha256 ${sha256.slice(0, 12)}`,
    identity: `weights ${sha256}, context ${context}, tile ${tile}`,
    problems: [],
  };
}

async function openExternal(
  { name, path }: NamedPath,
  { pairs, dilations }: OpenEvalMethodsOptions,
): Promise<EvalMethod> {
  const results = await openResultFolder(path);
  const aliases = new Map(pairs.map(({ stem, aliases }) => [stem, aliases]));
  const expected = new Set(
    pairs.flatMap((
      pair,
    ) => [...pair.aliases, ...dilations.map((kernel) => resultStem(pair, kernel))]),
  );
  const extra = results.stems.filter((stem) => !expected.has(stem));
  return {
    name,
    what: `pictures of "${path}"`,
    identity: `pictures ${results.identity}`,
    results,
    problems: [
      ...results.problems,
      ...extra.map((stem) => `Cannot use result "${stem}" of "${path}": it belongs to no pair`),
    ],
    method: external({
      name,
      // A picture of grown holes has the kernel behind its pair's name, and no other name.
      read: (stem) => results.read(stem, ...aliases.get(stem) ?? []),
    }),
  };
}

/** Name of a pair's files: its stem, with the kernel if holes are grown: "00012", "00012-d15". */
export function resultStem({ stem }: Pick<PlannedPair, "stem">, dilate: number): string {
  return dilate === 0 ? stem : `${stem}-d${dilate}`;
}
