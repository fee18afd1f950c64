/**
 * The page that shows the results of a study.
 * @module
 */
import type { StudyResults, StudyRow } from "../../evaluation/study/study_results.ts";
import { HOLE_BINS } from "../../metrics/hole_bin.ts";
import { type Html, markup } from "../html.ts";
import { formatCount, formatDuration, formatFixed } from "../number_text.ts";
import { pageShell } from "../page_shell.ts";
import { drawRateChart, rateTone } from "./rate_chart.ts";
import {
  binsOf,
  BORDER_WORDS,
  byComparison,
  durationName,
  durationsOf,
  studyFacts,
  type StudyTable,
  studyTables,
} from "./study_table.ts";

const STYLE = `
.rates .even { stroke: var(--quiet); stroke-dasharray: 4 3; }
.curve .whisker { stroke-width: 1.2; opacity: .55; }
.curve.dashed > path:not(.whisker) { stroke-dasharray: 6 4; }
.swatch.dashed { background: linear-gradient(90deg, var(--tone) 40%, transparent 40% 60%, var(--tone) 60%); }
td small { display: block; color: var(--quiet); font-size: 12px; }
.tables h3 { margin: 22px 0 2px; font-size: 16px; }
.tables p { color: var(--quiet); font-size: 14px; margin-bottom: 6px; }
`;

const BORDERS = ["both", "N", "B"] as const;

/** Writes the results as one HTML page that needs no other file, no script and no network. */
export function formatStudyResultsPage(results: StudyResults): string {
  const { study, focus, unlimited, limited } = results;
  const whose = focus ?? "the first of two methods";
  const bins = binsOf(unlimited);
  const durations = durationsOf(limited);
  const sections = [
    unlimited.length === 0 ? undefined : chartSection(results, {
      id: "unlimited",
      title: "Without a limit of time: which looks more realistic?",
      text:
        `How often ${whose} is preferred over another method, by the share of the picture that ` +
        "was filled. At 50 % both look equally real.",
      rows: unlimited,
      columns: ["all", ...bins.map(shortBin)],
      apart: 1,
      isIn: (row, column) => row.bin === (column === 0 ? "all" : bins[column - 1]),
    }),
    limited.length === 0 ? undefined : chartSection(results, {
      id: "limited",
      title: "In limited time: which is the real photograph?",
      text:
        "How often the photograph is preferred over a method, by the time of showing. The lower " +
        "a curve, the better; at 50 % nobody can tell.",
      rows: limited,
      columns: durations.map(durationName),
      apart: 0,
      isIn: (row, column) => row.bin === "all" && row.durationMs === durations[column],
    }),
  ];
  const tables = studyTables(results);
  return pageShell({
    title: `User study ${study} - pconv`,
    style: STYLE,
    content: markup`<h1>User study</h1>
<p class="quiet">Study ${study}</p>
<dl class="facts">
<div><dt>Participants</dt><dd>${formatCount(results.participants)}</dd></div>
<div><dt>Answers that count</dt><dd>${formatCount(results.answers)}</dd></div>
<div><dt>Answers left out</dt><dd>${formatCount(excludedCount(results))}</dd></div>
<div><dt>Trials</dt><dd>${formatCount(results.trials)}</dd></div>
</dl>
${tables.length === 0 ? markup`<p class="empty">No answers yet</p>` : sections}
${
      tables.length === 0
        ? undefined
        : markup`<section id="tables" class="tables"><h2>All rates</h2>${
          tables.map(tableOf)
        }</section>`
    }
<section id="counted"><h2>How it was counted</h2>${
      studyFacts(results).map((fact) => markup`<p>${fact}</p>`)
    }</section>`,
    footer:
      "Written by pconv. This page needs no network. After section 4.3 and figure 9 of Liu et al. 2018.",
  });
}

function excludedCount({ excluded }: StudyResults): number {
  return excluded.shown + excluded.early + excluded.repeated;
}

interface ChartSection {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly rows: readonly StudyRow[];
  readonly columns: readonly string[];
  /** Columns on the left that no curve leaves. */
  readonly apart: number;
  /** True if a row belongs to a column. */
  readonly isIn: (row: StudyRow, column: number) => boolean;
}

/** Three charts, for all holes and either class of them, with a legend. */
function chartSection(results: StudyResults, section: ChartSection): Html {
  const { id, title, text, rows, columns, isIn, apart } = section;
  const comparisons = [...byComparison(rows, results)];
  // A method has one colour in both experiments.
  const toneOf = (name: string, i: number) => {
    const at = results.methods.indexOf(name);
    return rateTone(at === -1 ? i : at);
  };
  const legend = comparisons.map(([name], i) =>
    markup`<li><span class="swatch ${toneOf(name, i)}"></span>${name}</li>`
  );
  const charts = BORDERS.map((border) => {
    const name = BORDER_WORDS[border];
    const series = comparisons.map(([comparison, own], i) => ({
      name: comparison,
      tone: toneOf(comparison, i),
      points: columns.map((_, column) =>
        own.find((row) => row.border === border && isIn(row, column))
      ),
    }));
    const heading = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    const chart = series.every(({ points }) => points.every((point) => point === undefined))
      ? markup`<p class="empty">No answers</p>`
      : drawRateChart({ label: `${title} ${heading}; see the tables`, columns, series, apart });
    return markup`<figure class="chart"><figcaption><span class="chart-name">${heading}</span></figcaption>${chart}</figure>`;
  });
  return markup`<section id="${id}"><h2>${title}</h2><p>${text}</p>
<ul class="legend">${legend}</ul>
<div class="charts">${charts}</div></section>`;
}

function tableOf({ title, meaning, columns, rows }: StudyTable): Html {
  const percent = (share: number) => formatFixed(share * 100, 1);
  const cell = (row: StudyRow | undefined) =>
    row === undefined
      ? markup`<td>-</td>`
      : markup`<td><b>${percent(row.rate)} %</b><small>${percent(row.low)} to ${
        percent(row.high)
      }</small><small>${formatCount(row.count)} answers, ${
        formatDuration(row.meanResponseMs)
      }</small></td>`;
  const body = rows.map(({ name, cells }) =>
    markup`<tr><th scope="row">${name}</th>${cells.map(cell)}</tr>`
  );
  return markup`<h3>${title}</h3><p>${meaning}; below it the 95 % interval, answers and mean time to the choice.</p>
<div class="scroll"><table><thead><tr><th scope="col">Method</th>${
    columns.map((name) => markup`<th scope="col">${name}</th>`)
  }</tr></thead><tbody>${body}</tbody></table></div>`;
}

/** The upper end of a bin, short enough for an axis. */
function shortBin(bin: Exclude<StudyRow["bin"], "all">): string {
  if (bin === "below") return "≤ 0.01";
  return bin === "above" ? "> 0.6" : `≤ ${HOLE_BINS[bin]![1]}`;
}
