/**
 * What a file says, as messages show it.
 * @module
 */

/** Letters that a message repeats at most. */
const MOST_LETTERS = 60;

/**
 * A value of a file as JSON, on one line and short: a damaged file can say anything at any length.
 *
 * @param value From `JSON.parse`; undefined, where a key is missing, gives "nothing".
 */
export function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)}...` : text;
}
