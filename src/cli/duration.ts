/**
 * Times and rates as a person reads them.
 * @module
 */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Milliseconds as "0.4 s", "42 s", "6 min 59 s", "1 h 03 min" or "2 d 04 h"; a negative time is 0. */
export function formatDuration(elapsedMs: number): string {
  const ms = Math.max(0, elapsedMs);
  // Rounded first, so that 59.6 s does not become "60 s".
  if (ms < 9950) return `${(ms / SECOND).toFixed(1)} s`;
  const seconds = Math.round(ms / SECOND) * SECOND;
  if (seconds < MINUTE) return `${seconds / SECOND} s`;
  if (seconds < HOUR) return inTwo(seconds, MINUTE, "min", SECOND, "s");
  const minutes = Math.round(ms / MINUTE) * MINUTE;
  if (minutes < DAY) return inTwo(minutes, HOUR, "h", MINUTE, "min");
  return inTwo(Math.round(ms / HOUR) * HOUR, DAY, "d", HOUR, "h");
}

/** A rate per second as "23 images/s", or per minute or hour where that is at least one: "4.3 steps/min". */
export function formatRate(perSecond: number, unit: string): string {
  let [value, per] = [perSecond, "s"];
  if (value < 1) [value, per] = [perSecond * 60, "min"];
  if (value < 1) [value, per] = [perSecond * 3600, "h"];
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${unit}/${per}`;
}

function inTwo(ms: number, big: number, bigName: string, small: number, smallName: string): string {
  const rest = String(Math.floor((ms % big) / small)).padStart(2, "0");
  return `${Math.floor(ms / big)} ${bigName} ${rest} ${smallName}`;
}
