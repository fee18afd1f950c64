/**
 * Markdown put together so that names stay text.
 * @module
 */

/** Signs that would begin markup anywhere; "_" within a word does not. */
const SIGNS = /[\\`*[\]<>|~&]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g;

/** Text on one line that Markdown shows as it is, in a cell of a table too. */
export function markdownText(text: string): string {
  return text.replace(/\s+/g, " ").trim()
    .replace(SIGNS, "\\$&")
    .replace(/^[#+-]/, "\\$&")
    .replace(/^(\d+)([.)])(?=\s|$)/, "$1\\$2");
}

/** A block of code whose fence is longer than any row of back quotes in it. */
export function markdownCode(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(Math.max(3, longest + 1));
  return `${fence}\n${text}\n${fence}`;
}

/**
 * A table whose columns are as wide as their longest cell, so that it can be read as text as well; the first column is
 * aligned to the left, the others to the right.
 *
 * @param rows Markdown, the head first; all of one length.
 */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, i) => Math.max(3, ...rows.map((row) => row[i]!.length)));
  const line = (cells: readonly string[]) =>
    `| ${
      cells.map((cell, i) => i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))
        .join(" | ")
    } |`;
  const rule = widths.map((width, i) => i === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`);
  const [head, ...body] = rows;
  return [line(head!), line(rule), ...body.map(line)].join("\n");
}
