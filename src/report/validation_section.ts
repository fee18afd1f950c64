/**
 * The part of a run report that shows scores on held-out images.
 * @module
 */
import { chartFigure } from "./chart_figure.ts";
import { finitePoints } from "./curve.ts";
import { type Html, markup } from "./html.ts";
import { formatCount, formatFixed } from "./number_text.ts";
import type { RunRecord, ValidationLine, ValidationScores } from "./run_record.ts";
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

/** Number of colours for ranges of the hole ratio. */
const BIN_TONES = 8;

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
    const series = bins.map((bin, i): ChartSeries => ({
      name: bin,
      tone: toneOf(i, bins.length),
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
  const legend = bins.map((bin, i) =>
    markup`<li><span class="swatch ${toneOf(i, bins.length)}"></span>${bin}</li>`
  );
  return markup`<section id="validation">
<h2>Validation</h2>
<p>${formatCount(last.count)} held-out images, by the share of the image that is hole. ${
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
  const row = (name: string, scores: ValidationScores, kind = "") =>
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
  const lowerEnd = (name: string) => Number(/\d+(?:\.\d+)?/.exec(name)?.[0] ?? Infinity);
  return names.sort((a, b) => Math.sign(lowerEnd(a) - lowerEnd(b)) || 0);
}

function scoresOf(line: ValidationLine, name: string): ValidationScores | undefined {
  return line.bins.find(({ bin }) => bin === name);
}

/** Spreads the colours over the ranges there are. */
function toneOf(bin: number, bins: number): string {
  return `bin-${bins < 2 ? 0 : Math.round(bin * (BIN_TONES - 1) / (bins - 1))}`;
}
