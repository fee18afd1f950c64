/**
 * What an evaluation of super-resolution is made of, from its command line.
 * @module
 */
import type { ParsedOptions } from "../../../cli/flags.ts";
import { closestName } from "../../../edit_distance.ts";
import { UsageError } from "../../../errors.ts";
import { REFERENCE } from "../../../evaluation/superres/summarise_superres.ts";
import { type NamedPath, readNamedPath } from "../named_path.ts";

/** Methods of the program, in the order of tables. */
export const SUPERRES_METHODS = [
  ...["nearest", "bilinear", "bicubic", "lanczos"] as const,
  ...["superres", "superres-blend"] as const,
] as const;

/** Name of a method of the program. */
export type SuperresMethod = typeof SUPERRES_METHODS[number];

/** The lists, read. */
export interface SuperresLists {
  /** Rising. */
  readonly scales: readonly number[];
  readonly methods: readonly SuperresMethod[];
  /** Weights beside the method superres's own. */
  readonly networks: readonly NamedPath[];
  /** Folders with networks of other projects. */
  readonly peers: readonly NamedPath[];
  /** Folders of other programs' results. */
  readonly results: readonly NamedPath[];
}

/** What `superres` enlarges by at most. */
export const MOST_SCALE = 8;

/**
 * Reads the flags that are lists.
 *
 * @throws {UsageError} If one cannot be read or a name comes twice; the message has a line for each fault.
 */
export function readSuperresLists(
  { scale, methods, network, peer, results }: Pick<
    ParsedOptions<"eval">["options"],
    "scale" | "methods" | "network" | "peer" | "results"
  >,
): SuperresLists {
  const faults: string[] = [];
  const named = (flag: string, placeholder: string, texts: readonly string[]) =>
    texts.flatMap((text) => readNamedPath(text, { flag, placeholder }, faults));
  const lists: SuperresLists = {
    scales: readScales(scale, faults),
    methods: readMethods(methods, faults),
    networks: named("network", "FILE", network),
    peers: named("peer", "DIR", peer),
    results: named("results", "DIR", results),
  };
  const own = [...lists.networks, ...lists.peers, ...lists.results];
  const names = [...lists.methods, ...own.map(({ name }) => name)];
  for (const name of new Set(names.filter((name, i) => names.indexOf(name) !== i))) {
    faults.push(`Cannot call two methods "${name}": each needs a name of its own`);
  }
  if (own.some(({ name }) => name === REFERENCE)) {
    faults.push(`Cannot call a method "${REFERENCE}": all are compared with the program's own`);
  }
  if (names.length === 0 && faults.length === 0) {
    faults.push(
      "Nothing to score: --methods is none, and there is neither --results, --peer nor --network",
    );
  }
  if (faults.length > 0) throw new UsageError(faults.join("\n"));
  return lists;
}

function readScales(text: string, faults: string[]): number[] {
  const words = text.split(",").map((word) => word.trim());
  const scales = words.map(Number);
  const isGood = words.every((word, i) =>
    /^\d+$/.test(word) && scales[i]! >= 2 && scales[i]! <= MOST_SCALE
  );
  if (isGood && new Set(scales).size === scales.length) return scales.sort((a, b) => a - b);
  faults.push(
    `--scale must be whole numbers from 2 to ${MOST_SCALE}, none twice, for example 2,3,4: ` +
      `got ${JSON.stringify(text)}`,
  );
  return [2];
}

function readMethods(text: string | undefined, faults: string[]): SuperresMethod[] {
  if (text === undefined) return [...SUPERRES_METHODS];
  if (text === "none") return [];
  return text.split(",").flatMap((word) => {
    const name = word.trim();
    const found = SUPERRES_METHODS.find((method) => method === name);
    if (found !== undefined) return [found];
    const close = closestName(name, SUPERRES_METHODS);
    const hint = close === undefined
      ? `must be of ${SUPERRES_METHODS.join(", ")}, or none`
      : `did you mean "${close}"`;
    faults.push(`Unknown method ${JSON.stringify(name)} in --methods of super-resolution: ${hint}`);
    return [];
  });
}
