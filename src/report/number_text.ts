/**
 * Numbers and times as people read them.
 * @module
 */

/** Writes a number with three to four digits that count: "0.0123", "1,234", "2.5e-4". */
export function formatNumber(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size < 1e-3 || size >= 1e9) {
    return shortExponential(value, Math.min(3, digits));
  }
  if (size >= 1000) return formatCount(value);
  const text = value.toPrecision(digits);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** Writes a power of ten without what says nothing: "5e-4", "1.5e12". */
export function shortExponential(value: number, digits = 3): string {
  return value.toExponential(digits - 1).replace(/\.?0+e/, "e").replace("e+", "e");
}

/** Writes a number of decimals that does not change, for columns: "23.10". */
export function formatFixed(value: number, decimals: number): string {
  return Number.isFinite(value) ? value.toFixed(decimals) : String(value);
}

/** Writes a whole number with commas: "12,345". */
export function formatCount(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

/** Writes a step for an axis: "0", "500", "1.5k", "20k", "1.5M". */
export function formatShort(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e6) return `${Number((value / 1e6).toPrecision(4))}M`;
  if (size >= 1e3) return `${Number((value / 1e3).toPrecision(4))}k`;
  return formatCount(value);
}

/** Writes a share of 1 in percent: "3.2 %", "45 %". */
export function formatShare(share: number): string {
  const percent = share * 100;
  return `${percent < 9.95 ? Number(percent.toFixed(1)) : Math.round(percent)} %`;
}

/** Writes a time: "350 ms", "4.2 s", "7 min", "3 h 20 min", "2 d 5 h". */
export function formatDuration(elapsedMs: number): string {
  if (!Number.isFinite(elapsedMs)) return String(elapsedMs);
  if (elapsedMs < 999.5) return `${Math.round(elapsedMs)} ms`;
  if (elapsedMs < 9_950) return `${(elapsedMs / 1000).toFixed(1)} s`;
  if (elapsedMs < 59_500) return `${Math.round(elapsedMs / 1000)} s`;
  const minutes = Math.round(elapsedMs / 60_000);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return pair(hours, "h", minutes % 60, "min");
  return pair(Math.floor(hours / 24), "d", hours % 24, "h");
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}
