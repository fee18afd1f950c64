/**
 * The part of a run's page that shows how times and holes are spread.
 * @module
 */
import { HOLE_BINS } from "../../metrics/hole_bin.ts";
import { type Html, markup } from "../html.ts";
import { formatDuration, formatShare } from "../number_text.ts";
import { drawHistogram, type HistogramClass } from "./histogram.ts";
import type { PictureRow } from "./run_page_record.ts";
import { isDoneNow, shownRatio } from "./status_words.ts";

/** Most bars of the chart of times. */
const MOST_CLASSES = 10;

/** Of fewer pictures the table says all. */
const FEWEST_PICTURES = 5;

/** Draws both charts; undefined if little was done. */
export function spreadSection(rows: readonly PictureRow[]): Html | undefined {
  const done = rows.filter(isDoneNow);
  if (done.length < FEWEST_PICTURES) return undefined;
  const times = done.flatMap(({ elapsedMs }) => elapsedMs ?? []).filter(Number.isFinite)
    .toSorted((a, b) => a - b);
  const ratios = done.flatMap((row) => shownRatio(row) ?? []).filter(Number.isFinite);
  const charts = [
    times.length === 0 ? undefined : drawHistogram({
      title: "Pictures by time, in seconds",
      classes: timeClasses(times),
      note: `Each bar begins at its number. Half take less than ${
        formatDuration(quantile(times, 0.5))
      }, one of twenty more than ${formatDuration(quantile(times, 0.95))}; the longest took ${
        formatDuration(times.at(-1)!)
      }`,
    }),
    drawHistogram({
      title: "Pictures by hole, in percent",
      classes: holeClasses(ratios),
      note: `The ranges are those of the paper; the mean is ${
        formatShare(ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length)
      }`,
    }),
  ].filter((chart) => chart !== undefined);
  if (charts.length === 0) return undefined;
  return markup`<section id="spread"><h2>Times and holes</h2><div class="charts">${charts}</div></section>`;
}

/** Classes of steps 1, 2 and 5, or of doublings and more where those were too many. */
function timeClasses(sorted: readonly number[]): HistogramClass[] {
  const [low, high] = [Math.max(1, sorted[0]!), Math.max(1, sorted.at(-1)!)];
  const steps = (factors: readonly number[]) => {
    const edges: number[] = [];
    for (let power = Math.floor(Math.log10(low)); 10 ** power <= high * 10; power++) {
      edges.push(...factors.map((factor) => factor * 10 ** power));
    }
    const first = edges.findLastIndex((edge) => edge <= low);
    const last = edges.findIndex((edge) => edge > high);
    return edges.slice(first, last + 1);
  };
  const edges = [[1, 1.5, 2, 3, 5, 7], [1, 2, 5], [1, 3], [1]].map(steps)
    .find((list) => list.length - 1 <= MOST_CLASSES) ?? steps([1]);
  return edges.slice(0, -1).map((from, i) => {
    const to = edges[i + 1]!;
    const isFirst = i === 0;
    return {
      label: String(Number((from / 1000).toPrecision(2))),
      count: sorted.filter((time) => (time >= from || isFirst) && time < to).length,
      range: `${shortTime(from)} to ${shortTime(to)}`,
    };
  });
}

/** "200 ms", "1.5 s", "50 s", "500 s". */
function shortTime(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${Number((ms / 1000).toPrecision(2))} s`;
}

function holeClasses(ratios: readonly number[]): HistogramClass[] {
  const bins = [[-1, 0], [0, 0.01], ...HOLE_BINS, [0.6, 1]] as const;
  return bins.map(([low, high]) => ({
    label: holeLabel(low, high),
    count: ratios.filter((ratio) => ratio > low && ratio <= high).length,
    range: high === 0 ? "no hole" : `over ${percent(low)} to ${percent(high)} %`,
  })).filter(({ count }, i) => count > 0 || i > 1);
}

/** "0", "0-1", "10-20", ">60". */
function holeLabel(low: number, high: number): string {
  if (high === 0) return "0";
  return high === 1 ? ">60" : `${percent(low)}-${percent(high)}`;
}

function percent(share: number): number {
  return Math.round(share * 100);
}

/** The value below which a share of a sorted list lies. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}
