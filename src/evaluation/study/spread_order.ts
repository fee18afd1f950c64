/**
 * Random orders in which like never follows like.
 * @module
 */
import type { Random } from "../../random.ts";

/** Options of {@linkcode spreadOrder}. */
export interface SpreadOrderOptions<Item> {
  /** Items that give the same are kept apart. */
  readonly groupOf: (item: Item) => number;
  readonly random: Random;
}

/**
 * Shuffles so that no two neighbours are of the same group, wherever that can be done: if no group has more than half
 * of the items, rounded up. Else the surplus of that group stands together at the end.
 *
 * @returns The same items.
 */
export function spreadOrder<Item>(
  items: readonly Item[],
  { groupOf, random }: SpreadOrderOptions<Item>,
): Item[] {
  const left = [...items];
  const counts = new Map<number, number>();
  for (const item of left) counts.set(groupOf(item), (counts.get(groupOf(item)) ?? 0) + 1);
  const order: Item[] = [];
  let last: number | undefined;
  while (left.length > 0) {
    // A group of more than half of what is left must come now, or its own would meet at the end.
    const urgent = left.map(groupOf).find((group) =>
      group !== last && 2 * counts.get(group)! > left.length
    );
    const fits = left.flatMap((item, i) => {
      const group = groupOf(item);
      return (urgent === undefined ? group !== last : group === urgent) ? [i] : [];
    });
    const at = fits.length > 0
      ? fits[random.integer(0, fits.length - 1)]!
      : random.integer(0, left.length - 1);
    const [item] = left.splice(at, 1);
    order.push(item!);
    last = groupOf(item!);
    counts.set(last, counts.get(last)! - 1);
  }
  return order;
}
