/**
 * The part of a run report that shows the training itself: losses, learning rate, time.
 * @module
 */
import { chartFigure } from "./chart_figure.ts";
import { type CurvePoint, finitePoints, smoothCurve } from "./curve.ts";
import { type Html, markup } from "./html.ts";
import { formatCount, formatDuration, formatNumber, formatShare } from "./number_text.ts";
import type { LogLine } from "./run_record.ts";
import type { ChartBand, ChartSeries } from "./svg_chart.ts";

type Range = readonly [low: number, high: number];

/** A log that is shorter is drawn as it is. */
const SHORTEST_SMOOTHED = 12;

/** Part of a curve that is averaged into one value. */
const SMOOTHED_SHARE = 1 / 25;

/** From this ratio of largest to smallest total on, the page opens with logarithmic axes. */
const WIDE_RATIO = 20;

/** Draws the charts of the losses, with switches for axis and raw values. */
export function lossSection(log: readonly LogLine[], steps: Range): Html {
  const names = [...new Set(log.flatMap(({ parts }) => Object.keys(parts)))];
  const radius = smoothingRadius(log.length);
  const figure = (title: string, valueOf: (line: LogLine) => number | undefined) =>
    chartFigure({
      title,
      series: rawAndSmooth(pointsOf(log, valueOf), radius),
      headline: radius === 0 ? 0 : 1,
      xRange: steps,
      hasLogScale: true,
    });
  const totals = log.map(({ total }) => total).filter(Number.isFinite);
  const [low, high] = totals.reduce(
    ([low, high], total) => [Math.min(low, total), Math.max(high, total)],
    [Infinity, -Infinity],
  );
  const isLog = low > 0 && high / low > WIDE_RATIO;
  const smoothing = radius === 0
    ? undefined
    : markup` The strong curve is a weighted mean over ${4 * radius + 1} lines of the log.`;
  const rawSwitch = radius === 0
    ? undefined
    : markup`<label><input type="checkbox" class="show-raw" checked> Raw values</label>`;
  const radio = (name: string, text: string, isChecked: boolean) =>
    markup`<label><input type="radio" name="loss-scale" class="${name}"${
      isChecked ? markup` checked` : undefined
    }> ${text}</label>`;
  return markup`<section class="losses" id="losses">
<h2>Losses</h2>
<p>The total is the weighted sum of the terms; the terms stand without their weights.${smoothing}</p>
<div class="switches"><span role="radiogroup" aria-label="Axis">${
    radio("linear-scale", "Linear", !isLog)
  }${radio("log-scale", "Logarithmic", isLog)}</span>${rawSwitch}</div>
<div class="charts">
${figure("Total", ({ total }) => total)}
${names.map((name) => figure(name, ({ parts }) => parts[name]))}
</div>
</section>`;
}

/** Draws learning rate with what was held, time per step and waiting for data. */
export function progressSection(log: readonly LogLine[], steps: Range): Html {
  const radius = smoothingRadius(log.length);
  const bands = heldBands(log);
  const hasWait = log.some(({ waitShare }) => waitShare !== undefined);
  const figure = (
    title: string,
    valueOf: (line: LogLine) => number | undefined,
    format: (value: number) => string,
  ) =>
    chartFigure({
      title,
      series: rawAndSmooth(pointsOf(log, valueOf), radius),
      headline: radius === 0 ? 0 : 1,
      xRange: steps,
      format,
    });
  return markup`<section id="progress">
<h2>Progress</h2>
<div class="charts">
${
    chartFigure({
      title: "Learning rate",
      series: [{ name: "rate", tone: "main", points: pointsOf(log, (line) => line.learningRate) }],
      headline: 0,
      xRange: steps,
      formatValue: formatNumber,
      bands,
      note: bands.length === 0
        ? "Nothing was held"
        : `Held: ${bands.map(({ label, ranges }) => `${label} ${rangesText(ranges)}`).join("; ")}`,
    })
  }
${figure("Time per step", ({ stepMs }) => stepMs, formatDuration)}
${
    hasWait
      ? figure("Share of time waiting for data", ({ waitShare }) => waitShare, formatShare)
      : undefined
  }
</div>
</section>`;
}

function smoothingRadius(lines: number): number {
  return lines < SHORTEST_SMOOTHED ? 0 : Math.max(1, Math.round(lines * SMOOTHED_SHARE / 4));
}

function pointsOf(
  log: readonly LogLine[],
  valueOf: (line: LogLine) => number | undefined,
): CurvePoint[] {
  return finitePoints(log.map((line) => [line.step, valueOf(line) ?? NaN]));
}

function rawAndSmooth(points: readonly CurvePoint[], radius: number): ChartSeries[] {
  if (radius === 0) return [{ name: "value", tone: "main", points }];
  return [
    { name: "raw", tone: "raw", points },
    // Twice, because a single mean shows every outlier as a step.
    { name: "smoothed", tone: "main", points: smoothCurve(smoothCurve(points, radius), radius) },
  ];
}

/** For each freeze the ranges of steps in which it held something; a line stands for the steps up to it. */
function heldBands(log: readonly LogLine[]): ChartBand[] {
  const ranges = new Map<string, [from: number, to: number][]>();
  log.forEach(({ step, held }, i) => {
    const from = log[i - 1]?.step ?? Math.max(0, 2 * step - (log[1]?.step ?? 2 * step));
    for (const name of held) {
      const own = ranges.get(name) ?? [];
      ranges.set(name, own);
      const last = own.at(-1);
      if (last !== undefined && last[1] === from) last[1] = step;
      else own.push([from, step]);
    }
  });
  return [...ranges].map(([label, ranges]) => ({ label, ranges }));
}

function rangesText(ranges: ChartBand["ranges"]): string {
  const texts = ranges.map(([from, to]) => `${formatCount(from)} to ${formatCount(to)}`);
  return `(steps ${texts.join(", ")})`;
}
