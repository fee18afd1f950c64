/**
 * Which comparison a study makes of which pair, all as even as can be.
 * @module
 */
import type { HoleBin } from "../../metrics/hole_bin.ts";
import type { Random } from "../../random.ts";

/** A pair of image and mask that was filled by every method. */
export interface StudyPair {
  /** Number of the pair in the evaluation, from 0. */
  readonly pair: number;
  readonly border: HoleBin["border"];
  readonly bin: HoleBin["bin"];
}

/** What is compared: two methods, or a method with the truth for a time. */
export interface StudyCondition {
  /** The first may stand left or right. */
  readonly sides: readonly [first: string, second: string];
  /** Milliseconds; null without a limit. */
  readonly durationMs: number | null;
}

/** A comparison of two pictures of one pair. */
export interface DealtTrial {
  readonly condition: StudyCondition;
  readonly pair: StudyPair;
  /** True if the first of {@linkcode StudyCondition.sides} stands left. */
  readonly isFirstLeft: boolean;
}

/** Options of {@linkcode dealTrials}. */
export interface DealTrialsOptions {
  readonly conditions: readonly StudyCondition[];
  readonly pairs: readonly StudyPair[];
  /** Trials, at most `conditions · pairs`. */
  readonly count: number;
  /** Times each pair has been used, by its number; goes on to count. */
  readonly uses: Map<number, number>;
  readonly random: Random;
}

/** Counts things by what they are called. */
class Tally {
  readonly #counts = new Map<string, number>();
  of(...names: readonly unknown[]): number {
    return this.#counts.get(JSON.stringify(names)) ?? 0;
  }
  add(...names: readonly unknown[]): void {
    this.#counts.set(JSON.stringify(names), this.of(...names) + 1);
  }
}

/**
 * Deals trials so that comparisons, border classes, durations and sides each occur equally often, one more or less, and
 * their combinations nearly so; every pair is used as often as the others of its class, small and large holes alike.
 * No comparison meets a pair twice. Only where a class runs out of pairs the other has more.
 *
 * @throws {RangeError} If there are not as many trials as asked for.
 */
export function dealTrials(options: DealTrialsOptions): DealtTrial[] {
  const { conditions, pairs, count, uses, random } = options;
  if (count > conditions.length * pairs.length) {
    throw new RangeError(
      `Cannot deal ${count} trials: ${conditions.length} conditions of ${pairs.length} pairs make less`,
    );
  }
  const tally = new Tally();
  const slots = conditions.flatMap((condition) =>
    (["N", "B"] as const).map((border) => ({
      condition,
      border,
      unused: pairs.filter((pair) => pair.border === border),
    }))
  );
  return Array.from({ length: count }, () => {
    const slot = least(slots.filter(({ unused }) => unused.length > 0), ({ condition, border }) => {
      const { sides, durationMs } = condition;
      return [
        tally.of("sides", sides),
        tally.of("border", border),
        tally.of("duration", durationMs),
        tally.of("slot", sides, durationMs, border),
        tally.of("pairwise", sides, durationMs) + tally.of("pairwise", sides, border) +
        tally.of("pairwise", durationMs, border),
      ];
    }, random);
    const { condition: { sides, durationMs }, border } = slot;
    const pair = least(
      slot.unused,
      ({ pair, bin }) => [uses.get(pair) ?? 0, tally.of("bin", sides, bin), tally.of("bin", bin)],
      random,
    );
    const isFirstLeft = least([true, false], (isLeft) => [
      tally.of("left", sides, isLeft),
      tally.of("left", isLeft),
      tally.of("left", durationMs, border, isLeft),
    ], random);
    tally.add("sides", sides);
    tally.add("border", border);
    tally.add("duration", durationMs);
    tally.add("slot", sides, durationMs, border);
    tally.add("pairwise", sides, durationMs);
    tally.add("pairwise", sides, border);
    tally.add("pairwise", durationMs, border);
    tally.add("bin", sides, pair.bin);
    tally.add("bin", pair.bin);
    tally.add("left", sides, isFirstLeft);
    tally.add("left", isFirstLeft);
    tally.add("left", durationMs, border, isFirstLeft);
    slot.unused = slot.unused.filter((one) => one !== pair);
    uses.set(pair.pair, (uses.get(pair.pair) ?? 0) + 1);
    return { condition: slot.condition, pair, isFirstLeft };
  });
}

/** The item of the lowest costs, the first cost counting most; by chance among equals. */
function least<Item>(
  items: readonly Item[],
  costsOf: (item: Item) => readonly number[],
  random: Random,
): Item {
  let best: { readonly item: Item; readonly costs: readonly number[] }[] = [];
  for (const item of items) {
    const costs = costsOf(item);
    const difference = best.length === 0 ? -1 : compare(costs, best[0]!.costs);
    if (difference < 0) best = [];
    if (difference <= 0) best.push({ item, costs });
  }
  return best[random.integer(0, best.length - 1)]!.item;
}

function compare(a: readonly number[], b: readonly number[]): number {
  return a.map((value, i) => value - b[i]!).find((difference) => difference !== 0) ?? 0;
}
