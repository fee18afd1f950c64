/**
 * A chart of how many fall into each class; as SVG.
 * @module
 */
import { createAxis } from "../axis.ts";
import { type Html, markup } from "../html.ts";
import { formatCount, formatShort } from "../number_text.ts";
import { CHART_FRAME } from "../svg_chart.ts";

/** One bar. */
export interface HistogramClass {
  /** Stands under it, short: eight share 330 units of which a letter takes 6. */
  readonly label: string;
  /** From 0. */
  readonly count: number;
  /** Says what the class is, for the pointer: "2 to 5 s". */
  readonly range: string;
}

/** Options of {@linkcode drawHistogram}. */
export interface DrawHistogramOptions {
  /** What is counted by what: "Pictures by time". */
  readonly title: string;
  readonly classes: readonly HistogramClass[];
  /** A line under the chart. */
  readonly note: string;
}

/** Share of its place that a bar takes. */
const BAR = 0.8;

/** Draws a figure; undefined if nothing was counted. */
export function drawHistogram({ title, classes, note }: DrawHistogramOptions): Html | undefined {
  const total = classes.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return undefined;
  const { width, height, left, right, top, bottom } = CHART_FRAME;
  const most = Math.max(...classes.map(({ count }) => count));
  const axis = createAxis(0, most, { scale: "linear", ticks: 4, format: formatShort });
  const slot = (right - left) / classes.length;
  const toY = (value: number) => round(bottom - axis.place(value) * (bottom - top - 14));
  const grid = axis.ticks.filter(({ value }) => Number.isInteger(value)).map(({ value, label }) =>
    markup`<path class="grid" d="M${left} ${toY(value)}H${right}"/><text class="tick" x="${
      left - 7
    }" y="${toY(value)}" dy=".35em">${label}</text>`
  );
  const bars = classes.map(({ label, count, range }, i) => {
    const middle = left + (i + 0.5) * slot;
    const y = toY(count);
    const text = count === 0
      ? undefined
      : markup`<text class="tick middle" x="${round(middle)}" y="${round(y - 4)}">${
        formatShort(count)
      }</text>`;
    return markup`<g><title>${range}: ${formatCount(count)}</title><rect class="bar" x="${
      round(middle - slot * BAR / 2)
    }" y="${y}" width="${round(slot * BAR)}" height="${
      round(bottom - y)
    }"/>${text}<text class="tick middle" x="${round(middle)}" y="${
      bottom + 18
    }">${label}</text></g>`;
  });
  const label = `${title}: ${
    classes.filter(({ count }) => count > 0)
      .map(({ range, count }) => `${range} ${formatCount(count)}`).join(", ")
  }`;
  return markup`<figure class="chart"><figcaption><span class="chart-name">${title}</span></figcaption>
<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">
${grid}
<path class="axis" d="M${left} ${bottom}H${right}"/>
${bars}
</svg>
<p class="chart-note">${note}</p></figure>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
