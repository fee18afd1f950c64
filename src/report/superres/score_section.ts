/**
 * The parts of a page of super-resolution that have numbers: tables, charts by scale, differences.
 * @module
 */
import type {
  SuperresDifference,
  SuperresTable,
} from "../../evaluation/superres/superres_table.ts";
import { type BinPoint, drawBinChart } from "../eval/bin_chart.ts";
import { differencesOf, differenceWriter } from "../eval/difference_text.ts";
import { measureArrow, measureText, measureTitle } from "../eval/measures.ts";
import { methodKey, methodLegend, methodTone } from "../eval/method_mark.ts";
import { type Html, markup } from "../html.ts";
import { intervalBar } from "../interval_bar.ts";
import { formatCount } from "../number_text.ts";
import type { SuperresPageRecord } from "./superres_page_record.ts";
import {
  imagesByScale,
  SUPERRES_MEASURES,
  type SuperresCell,
  type SuperresCells,
  superresCells,
} from "./superres_measures.ts";

/** Draws a table a score, methods by scales. */
export function scoreSection(table: SuperresTable): Html {
  const filled = filledMeasures(table);
  if (filled.length === 0) {
    return markup`<section id="scores"><h2>Scores</h2><p class="empty">No picture was scored</p></section>`;
  }
  return markup`<section id="scores"><h2>Scores by scale</h2>
<p>Means over images; under each its 95 % interval. The best of a column is bold.</p>
<div class="tables">${filled.map((cells) => scoreTable(table, cells))}</div>
</section>`;
}

/** Draws a chart a score, over the scale; undefined without any value. */
export function chartSection(table: SuperresTable): Html | undefined {
  const charts = filledMeasures(table).filter(({ measure }) => !measure.key.endsWith("Rgb"))
    .map((cells) => scaleChart(table, cells));
  if (charts.length === 0) return undefined;
  return markup`<section id="curves"><h2>Scores over the scale</h2>
<p>Whiskers are 95 % intervals. Point at a mark for its figures.</p>
${methodLegend(table.methods)}
<div class="charts">${charts}</div></section>`;
}

/** Draws the differences to the reference, first in words; undefined without any. */
export function differenceSection(
  { table, verdicts }: Pick<SuperresPageRecord, "table" | "verdicts">,
): Html | undefined {
  const { differences, reference } = table;
  if (differences.length === 0) return undefined;
  const tables = SUPERRES_MEASURES.flatMap((measure) => {
    const mine = differences.filter(({ score }) => score === measure.key);
    return mine.length === 0
      ? []
      : [differenceTable(mine, table, `${measureTitle(measure)}, less that of ${reference}`)];
  });
  return markup`<section id="differences"><h2>Against ${reference}, on the same images</h2>
<ul>${verdicts.map((verdict) => markup`<li>${verdict}</li>`)}</ul>
${tables}</section>`;
}

function filledMeasures(table: SuperresTable): SuperresCells[] {
  return SUPERRES_MEASURES.map((measure) => superresCells(table, measure))
    .filter(({ rows }) => rows.length > 0);
}

function scoreTable(table: SuperresTable, { measure, rows }: SuperresCells): Html {
  const write = (value: number) => measureText(value, measure);
  const cell = ({ text, isBest, estimate }: SuperresCell) => {
    if (estimate === undefined) return markup`<td class="quiet">${text}</td>`;
    const { low, high, count } = estimate;
    const interval = low === null || high === null
      ? undefined
      : markup`<small>${write(low)}–${write(high)}</small>`;
    return markup`<td class="${isBest ? "best" : ""}" title="${
      formatCount(count)
    } images">${text}${interval}</td>`;
  };
  return markup`<div><h3>${measureTitle(measure)} ${
    measureArrow(measure)
  }</h3><div class="scroll"><table class="by-bin">
<thead><tr><td></td>${
    table.scales.map((scale) => markup`<th scope="col">x${scale}</th>`)
  }</tr></thead>
<tbody>${
    rows.map(({ method, cells }) =>
      markup`<tr><th scope="row">${methodKey(table.methods.indexOf(method))}${method}</th>${
        cells.map(cell)
      }</tr>`
    )
  }<tr class="quiet"><th scope="row">images</th>${
    imagesByScale(table).map((count) => markup`<td>${formatCount(count)}</td>`)
  }</tr></tbody>
</table></div></div>`;
}

function scaleChart(table: SuperresTable, { measure, rows }: SuperresCells): Html | undefined {
  const title = measureTitle(measure);
  const series = table.methods.map((method) => {
    const cells = rows.find((row) => row.method === method)?.cells ?? [];
    return {
      name: method,
      points: cells.map(({ text, estimate }, i): BinPoint | undefined =>
        estimate === undefined
          ? undefined
          : { value: estimate.mean, ...estimate, note: `x${table.scales[i]!}: ${text}` }
      ),
    };
  });
  const isTime = measure.key === "time";
  const isPositive = series.every(({ points }) => points.every((point) => (point?.value ?? 1) > 0));
  const chart = drawBinChart({
    label: `${title} of ${table.methods.length} methods by scale`,
    categories: table.scales.map((scale) => `x${scale}`),
    series,
    scale: isTime && isPositive ? "log" : "linear",
  });
  if (chart === undefined) return undefined;
  return markup`<figure class="chart"><figcaption><span class="chart-name">${title}</span><span class="chart-value">${
    measureArrow(measure)
  } ${measure.better} is better</span></figcaption>
<div class="plot">${chart}</div><p class="chart-note middle">Scale</p></figure>`;
}

function differenceTable(
  rows: readonly SuperresDifference[],
  { methods }: SuperresTable,
  title: string,
): Html {
  const ends = differencesOf(rows);
  const write = differenceWriter(ends);
  const range = [Math.min(0, ...ends), Math.max(0, ...ends)] as const;
  return markup`<h3>${title}</h3><div class="scroll"><table>
<thead><tr><th scope="col">Method</th><th scope="col">Scale</th><th scope="col">Images</th><th scope="col">Difference</th><th scope="col">95 % interval</th><th scope="col"><span class="unseen">Interval</span></th><th scope="col">Wins</th><th scope="col" class="verdict">Verdict</th></tr></thead>
<tbody>${
    rows.map((row) => {
      const index = methods.indexOf(row.method);
      const { low, high } = row;
      return markup`<tr><th scope="row">${
        methodKey(index)
      }${row.method}</th><td>x${row.scale}</td><td>${formatCount(row.images)}</td><td>${
        write(row.mean)
      }</td><td>${
        low === null || high === null ? "–" : `${write(low)} to ${write(high)}`
      }</td><td>${
        intervalBar(row, range, row.verdict === "unclear" ? "unclear" : methodTone(index))
      }</td><td>${formatCount(row.wins)}</td><td class="verdict ${
        row.verdict === "unclear" ? "quiet" : ""
      }">${row.verdict}</td></tr>`;
    })
  }</tbody></table></div>`;
}
