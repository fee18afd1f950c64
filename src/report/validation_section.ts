/**
 * The part of a run report that shows scores on held-out images.
 * @module
 */
import { chartFigure } from "./chart_figure.ts";
import { finitePoints } from "./curve.ts";
import { type Html, markup } from "./html.ts";
import { formatCount, formatFixed } from "./number_text.ts";
import type { MeanScores, RunRecord, ValidationLine } from "./run_record.ts";
import type { ChartSeries } from "./svg_chart.ts";

/** What is drawn and tabled, and in how many decimals. */
const MEASURES = [
  { key: "holePsnr", title: "PSNR of the holes, dB", column: "Hole PSNR, dB", decimals: 2 },
  { key: "psnr", title: "PSNR, dB", column: "PSNR, dB", decimals: 2 },
  { key: "ssim", title: "SSIM", column: "SSIM", decimals: 4 },
  { key: "l1Percent", title: "Mean absolute error, %", column: "l1, %", decimals: 3 },
] as const;

/** Curves that have more points go without dots; those of ranges at a quarter of it, being many. */
const MOST_DOTS = 40;

/** Draws validation curves and tables the last validation; says so if there is none. */
export function validationSection(
  { validations, best }: Pick<RunRecord, "validations" | "best">,
  steps: readonly [low: number, high: number],
): Html {
  const last = validations.at(-1);
  if (last === undefined) {
    return markup`<section id="validation">
<h2>Validation</h2>
<p class="empty">No validation yet</p>
</section>`;
  }
  const bins = binNames(validations);
  const dots = validations.length <= MOST_DOTS;
  const charts = MEASURES.map(({ key, title, decimals }) => {
    const overall: ChartSeries = {
      name: "all images",
      tone: "overall",
      dots,
      points: finitePoints(validations.map((line) => [line.step, line[key]])),
    };
    const series = bins.map((bin): ChartSeries => ({
      name: bin,
      tone: toneOf(bin),
      dots: validations.length <= MOST_DOTS / 4,
      points: finitePoints(
        validations.map((line) => [line.step, scoresOf(line, bin)?.[key] ?? NaN]),
      ),
    }));
    return chartFigure({
      title,
      series: [...series, overall],
      headline: series.length,
      xRange: steps,
      formatValue: (value) => formatFixed(value, decimals),
      ...(best === undefined ? {} : { mark: { x: best.step, label: "best" } }),
    });
  });
  const legend = bins.map((bin) =>
    markup`<li><span class="swatch ${toneOf(bin)}"></span>${bin}</li>`
  );
  return markup`<section id="validation">
<h2>Validation</h2>
<p>${formatCount(last.count)} pairs of a held-out image and a mask, by the share that is hole. ${
    best === undefined
      ? undefined
      : `Best PSNR of the holes: ${formatFixed(best.holePsnr, 2)} dB at step ${
        formatCount(best.step)
      }.`
  }</p>
<ul class="legend"><li><span class="swatch overall"></span>all images</li>${legend}</ul>
<div class="charts">
${charts}
${scoreTable(last, validations.find(({ step }) => step === best?.step))}
</div>
</section>`;
}

function scoreTable(last: ValidationLine, best: ValidationLine | undefined): Html {
  const row = (name: string, scores: MeanScores, kind = "") =>
    markup`<tr class="${kind}"><th scope="row">${name}</th><td>${formatCount(scores.count)}</td>${
      MEASURES.map(({ key, decimals }) => markup`<td>${formatFixed(scores[key], decimals)}</td>`)
    }</tr>`;
  const bestRow = best === undefined || best.step === last.step
    ? undefined
    : row(`All, best step ${formatCount(best.step)}`, best, "quiet");
  return markup`<div class="scores"><p>Step ${
    formatCount(last.step)
  }: means over images, of results in 8 bits whose known pixels are the photograph's. A result without error counts as 100 dB.</p><div class="scroll"><table>
<thead><tr><th scope="col">Hole ratio</th><th scope="col">Images</th>${
    MEASURES.map(({ column }) => markup`<th scope="col">${column}</th>`)
  }</tr></thead>
<tbody>${last.bins.map((scores) => row(scores.bin, scores))}
${row("All", last, "sum")}${bestRow}</tbody>
</table></div></div>`;
}

/** All ranges that occur, by their lower end. */
function binNames(validations: readonly ValidationLine[]): string[] {
  const names = [...new Set(validations.flatMap(({ bins }) => bins.map(({ bin }) => bin)))];
  return names.sort((a, b) => Math.sign(lowerEnd(a) - lowerEnd(b)) || 0);
}

function scoresOf(line: ValidationLine, name: string): MeanScores | undefined {
  return line.bins.find(({ bin }) => bin === name);
}

function lowerEnd(bin: string): number {
  return Number(/\d+(?:\.\d+)?/.exec(bin)?.[0] ?? Infinity);
}

/** A range has one colour in every report: 0 below 0.01, 1 from there on, 2 from 0.1 on, up to 7 from 0.6 on. */
function toneOf(bin: string): string {
  const low = lowerEnd(bin);
  return `bin-${low < 0.01 ? 0 : Math.min(7, 1 + Math.floor(low * 10 + 1e-9))}`;
}
