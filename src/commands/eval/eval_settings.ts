/**
 * What an evaluation is made of, from its command line.
 * @module
 */
import type { ParsedOptions } from "../../cli/flags.ts";
import { closestName } from "../../edit_distance.ts";
import { UsageError } from "../../errors.ts";
import { METHODS } from "../methods/method_catalog.ts";
import type { ReadEnv } from "../pictures/scheduler_shard.ts";
import { readShard, type Shard } from "../pictures/shard.ts";
import { type NamedPath, readNamedPath } from "./named_path.ts";

/** The lists of an evaluation, read. */
export interface EvalLists {
  /** Names of methods of the program. */
  readonly methods: readonly string[];
  /** Folders of other programs' results. */
  readonly results: readonly NamedPath[];
  /** Weights beside the method pconv's own. */
  readonly networks: readonly NamedPath[];
  /** Sides of the kernels that grow holes, in pixels at 512, rising. */
  readonly dilations: readonly number[];
  readonly shard: Shard;
}

/** A kernel of more would cover every picture. */
const MOST_DILATION = 1023;

/**
 * Reads the flags that are lists.
 *
 * @param env Reads an environment variable, for `--shard auto`.
 * @throws {UsageError} If one cannot be read or a name comes twice; the message has a line for each fault.
 */
export function readEvalLists(
  { methods, results, network, dilate, shard }: Pick<
    ParsedOptions<"eval">["options"],
    "methods" | "results" | "network" | "dilate" | "shard"
  >,
  env: ReadEnv = (name) => Deno.env.get(name),
): EvalLists {
  const faults: string[] = [];
  const lists: EvalLists = {
    methods: readMethods(methods, faults),
    results: results.flatMap((text) =>
      readNamedPath(text, { flag: "results", placeholder: "DIR" }, faults)
    ),
    networks: network.flatMap((text) =>
      readNamedPath(text, { flag: "network", placeholder: "FILE" }, faults)
    ),
    dilations: readDilations(dilate, faults),
    shard: readPart(shard, env, faults),
  };
  const names = [
    ...lists.methods,
    ...lists.networks.map(({ name }) => name),
    ...lists.results.map(({ name }) => name),
  ];
  for (const name of new Set(names.filter((name, i) => names.indexOf(name) !== i))) {
    faults.push(`Cannot call two methods "${name}": each needs a name of its own`);
  }
  if (names.length === 0 && faults.length === 0) {
    faults.push(
      "Nothing to score: --methods is none, and there is neither --results nor --network",
    );
  }
  if (faults.length > 0) throw new UsageError(faults.join("\n"));
  return lists;
}

function readMethods(text: string | undefined, faults: string[]): string[] {
  const known = METHODS.map(({ name }) => name);
  if (text === undefined) return known;
  if (text === "none") return [];
  return text.split(",").map((word) => word.trim()).filter((name) => {
    if (known.includes(name)) return true;
    const close = closestName(name, known);
    const hint = close === undefined
      ? `must be of ${known.join(", ")}, or none`
      : `did you mean "${close}"`;
    faults.push(`Unknown method ${JSON.stringify(name)} in --methods: ${hint}`);
    return false;
  });
}

function readDilations(text: string, faults: string[]): number[] {
  const words = text.split(",").map((word) => word.trim());
  const isGood = words.every((word) => /^\d+$/.test(word) && Number(word) <= MOST_DILATION);
  if (isGood && new Set(words.map(Number)).size === words.length) {
    return words.map(Number).sort((a, b) => a - b);
  }
  faults.push(
    `--dilate must be whole numbers from 0 to ${MOST_DILATION}, none twice, for example 0,5,15: ` +
      `got ${JSON.stringify(text)}`,
  );
  return [0];
}

function readPart(text: string | undefined, env: ReadEnv, faults: string[]): Shard {
  const all = { index: 1, count: 1 };
  if (text === undefined) return all;
  try {
    const { index, count } = readShard(text, env);
    return { index, count };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    faults.push(error.hint === undefined ? error.message : `${error.message}. ${error.hint}`);
    return all;
  }
}
