/**
 * From a seed and a number to a spoilt file: the same on every machine.
 * @module
 */
import { createRandom } from "../../src/random.ts";
import type { Kind, Seed } from "./kinds/kind.ts";
import { BYTE_MUTATIONS } from "./mutate/bytes.ts";
import { type Mutation, pick } from "./mutate/mutation.ts";

/** Which case. */
export interface CaseId {
  /** Of the run. */
  readonly seed: number;
  /** Number of the case within its kind, from 0. */
  readonly index: number;
}

/** A spoilt file. */
export interface FuzzCase {
  readonly bytes: Uint8Array;
  /** The whole file that it was. */
  readonly origin: string;
  /** What was done to it, in order. */
  readonly mutations: readonly string[];
}

/** No case is larger: what reads it would be busy with its size alone. */
const MOST_BYTES = 8 << 20;

/**
 * Makes a case: one to five mutations, most of them by those that know the format.
 *
 * @param only Numbers of the mutations that are applied, for the search for the smallest case. Each has its own chance,
 * so that leaving one out does not change the others.
 */
export async function makeCase(
  kind: Pick<Kind, "name" | "mutations">,
  seeds: readonly Seed[],
  id: CaseId & { readonly only?: readonly number[] },
): Promise<FuzzCase> {
  const base = [id.seed, hashOf(kind.name), id.index];
  const random = createRandom(...base, 0);
  const { name, bytes: whole } = pick(random, seeds);
  const others = seeds.map(({ bytes }) => bytes);
  const chosen = chooseMutations(kind.mutations, () => random.uniform());
  let bytes: Uint8Array = whole.slice();
  const mutations: string[] = [];
  for (const [i, choose] of chosen.entries()) {
    const own = createRandom(...base, i + 1);
    const mutation = pick(own, choose);
    if (id.only !== undefined && !id.only.includes(i)) continue;
    bytes = (await mutation.apply(bytes, { random: own, others })).slice(0, MOST_BYTES);
    mutations.push(mutation.name);
  }
  return { bytes, origin: name, mutations };
}

/** From which list each mutation comes. Blind ones come last: behind them nobody knows the format any more. */
function chooseMutations(
  known: readonly Mutation[],
  uniform: () => number,
): (readonly Mutation[])[] {
  const chance = uniform();
  let count = 1;
  while (count < 5 && uniform() < 0.4) count++;
  const isKnown = known.length > 0 && chance < 0.75;
  const blind = chance < 0.6 ? 0 : 1;
  return Array.from(
    { length: count },
    (_, i) => isKnown && i < Math.max(1, count - blind) ? known : BYTE_MUTATIONS,
  );
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
  return hash >>> 0;
}
