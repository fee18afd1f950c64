/**
 * A few names of many, for messages.
 * @module
 */

const MOST = 3;

/** `"a.png", "b.png", "c.png" and 4 more`. */
export function nameSome(names: readonly string[]): string {
  const some = names.slice(0, MOST).map((name) => JSON.stringify(name)).join(", ");
  return names.length > MOST ? `${some} and ${names.length - MOST} more` : some;
}
