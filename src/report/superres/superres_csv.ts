/**
 * The table of an evaluation of super-resolution as CSV, for other programs.
 * @module
 */
import type { SuperresScore } from "../../evaluation/superres/superres_record.ts";
import type { SuperresTable } from "../../evaluation/superres/superres_table.ts";

const HEAD = ["scale", "method", "images", "score", "value", "low", "high", "deviation", "count"];

/**
 * Writes one line a scale, method and score, with all digits; what is not known stays empty. `value` is the mean of a
 * score, the median of "medianMs", or the mean difference of "psnrY-bicubic". Lines end in CR LF, as RFC 4180 has it.
 */
export function superresCsv({ rows, differences, reference }: SuperresTable): string {
  const lines: (readonly (string | number | null)[])[] = [HEAD];
  for (const { scale, method, images, scores, medianMs } of rows) {
    const start = [scale, method, images];
    for (const name of Object.keys(scores) as SuperresScore[]) {
      const { mean, low, high, deviation, count } = scores[name]!;
      lines.push([...start, name, mean, low, high, deviation, count]);
    }
    if (medianMs !== null) lines.push([...start, "medianMs", medianMs, null, null, null, images]);
    for (const one of differences) {
      if (one.scale !== scale || one.method !== method) continue;
      const name = `${one.score}-${reference}`;
      lines.push([...start, name, one.mean, one.low, one.high, null, one.images]);
    }
  }
  return lines.map((cells) => `${cells.map((cell) => cell ?? "").join(",")}\r\n`).join("");
}
