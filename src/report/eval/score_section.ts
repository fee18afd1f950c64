/**
 * The part of an evaluation's page that has the table, with switches between scores, borders and dilations.
 * @module
 */
import type { EvalRow, EvalTable } from "../../evaluation/eval_table.ts";
import { type Html, markup } from "../html.ts";
import { formatCount } from "../number_text.ts";
import { methodKey } from "./method_mark.ts";
import {
  bestOf,
  type Measure,
  MEASURE_GROUPS,
  measureArrow,
  measureClass,
  measureOf,
  measuresIn,
  measureText,
  measureTitle,
} from "./measures.ts";
import { paperTables } from "./paper_section.ts";
import {
  binLabel,
  binsOfColumns,
  bordersIn,
  identicalNotes,
  pairsOf,
  rowFinder,
} from "./table_classes.ts";

/** The score that is shown first, if the table has it. */
const FIRST = "composite.psnr";

type Border = EvalRow["border"];

/** The columns of a range; of each, the classes that the switch of borders hides it by. */
interface BinColumns {
  readonly bin: EvalRow["bin"];
  readonly columns: readonly { readonly border: Border; readonly kind: string }[];
}

/** A range without pairs of N, or of B, has no column for it. */
function columnsOf(table: EvalTable, borders: readonly Border[]): BinColumns[] {
  return binsOfColumns(table).map((bin) => {
    if (borders.length < 2) return { bin, columns: [{ border: "both", kind: "is-only" }] };
    const has = (border: Border) =>
      table.rows.some((row) => row.bin === bin && row.border === border);
    // Beside the six ranges N and B of "all" would not fit a screen; the switch shows them.
    const part = bin === "all" ? " of-all" : "";
    const columns = [
      { border: "N", kind: `is-n${part}` },
      { border: "B", kind: `is-b${part}` },
      { border: "both", kind: `is-both${part}` },
    ] as const;
    return { bin, columns: columns.filter(({ border }) => has(border)) };
  });
}

/** Draws all tables; which one is seen is a matter of the style sheet, so no script is needed. */
export function scoreSection(table: EvalTable): Html {
  const measures = measuresIn(table);
  if (measures.length === 0) {
    return markup`<section id="scores"><h2>Scores</h2><p class="empty">No pair was scored</p></section>`;
  }
  const first = measures.find(({ key }) => key === FIRST) ?? measures[0]!;
  const borders = bordersIn(table);
  const groups = MEASURE_GROUPS.map(({ group, title }) =>
    switchOf(
      title,
      "measure",
      measures.filter((measure) => measure.group === group).map((measure) => ({
        name: `pick-${measureClass(measure)}`,
        label: group === "time" ? "Median, ms" : measureTitle(measure),
        isChosen: measure === first,
      })),
    )
  );
  const notes = identicalNotes(table);
  return markup`<section id="scores" class="score-tables">
<h2>Scores by range of hole ratios</h2>
<p>Columns are ranges of the share that is hole. N: no hole comes near the border; B: some hole does. Under each mean stands its 95 % interval. The best of a column is bold. <b>all</b> is of the six ranges of the paper.</p>
<div class="switches">${groups}${
    borders.length < 2 ? undefined : switchOf("Masks", "border", [
      { name: "pick-pair", label: "N and B", isChosen: true },
      { name: "pick-n", label: "N" },
      { name: "pick-b", label: "B" },
      { name: "pick-both", label: "together" },
    ])
  }${
    table.dilations.length < 2 ? undefined : switchOf(
      "Dilation kernel",
      "dilate",
      table.dilations.map((px, i) => ({
        name: `pick-dilate-${i}`,
        label: `${px} px`,
        isChosen: i === 0,
      })),
    )
  }</div>
${
    table.dilations.map((dilate, i) =>
      markup`<div class="dilate of-dilate-${i}">${
        measures.map((measure) => scoreTable(table, { measure, dilate, borders }))
      }</div>`
    )
  }
${borders.length === 1 ? markup`<p>All masks are of class ${borders[0]}.</p>` : undefined}
${
    notes.length === 0
      ? undefined
      : markup`<details class="note"><summary>Results without error, which have no PSNR and are left out of its mean</summary><ul>${
        notes.map((note) => markup`<li>${note}</li>`)
      }</ul></details>`
  }
${paperTables(measures)}
</section>`;
}

interface Choice {
  readonly name: string;
  readonly label: string;
  readonly isChosen?: boolean;
}

function switchOf(title: string, group: string, choices: readonly Choice[]): Html | undefined {
  if (choices.length === 0) return undefined;
  const labels = choices.map(({ name, label, isChosen = false }) =>
    markup`<label><input type="radio" name="${group}" class="${name}"${
      isChosen ? markup` checked` : undefined
    }><span>${label}</span></label>`
  );
  return markup`<fieldset><legend>${title}</legend>${labels}</fieldset>`;
}

function scoreTable(
  table: EvalTable,
  { measure, dilate, borders }: {
    measure: Measure;
    dilate: number;
    borders: readonly ("N" | "B")[];
  },
): Html {
  const find = rowFinder(table);
  const bins = columnsOf(table, borders);
  const columns = bins.flatMap(({ bin, columns }) =>
    columns.map(({ border, kind }, i) => {
      const values = table.methods.map((method) =>
        measureOf(find({ method, dilate, bin, border }), measure)
      );
      const best = bestOf(values.map((value) => value?.mean), measure);
      return { bin, border, kind: i === 0 ? `${kind} start` : kind, values, best };
    })
  );
  const rows = table.methods.map((method, i) =>
    columns.every(({ values }) => values[i] === undefined)
      ? undefined
      : markup`<tr><th scope="row">${methodKey(i)}${method}</th>${
        columns.map(({ kind, values, best }) =>
          cell(values[i], { measure, kind, isBest: best[i]! })
        )
      }</tr>`
  );
  const pairs = columns.map(({ bin, border, kind }) =>
    markup`<td class="${kind}">${formatCount(pairsOf(table, { dilate, bin, border }))}</td>`
  );
  const { note } = MEASURE_GROUPS.find(({ group }) => group === measure.group)!;
  return markup`<div class="measure of-${measureClass(measure)}"><h3>${measureTitle(measure)} ${
    measureArrow(measure)
  } <span class="quiet">${note}</span></h3><div class="scroll"><table class="by-bin">
<thead>${headRows(bins)}</thead>
<tbody>${rows}
<tr class="quiet"><th scope="row">pairs</th>${pairs}</tr></tbody>
</table></div></div>`;
}

/** Two heads, of which one is seen: ranges over N and B, or ranges alone. */
function headRows(bins: readonly BinColumns[]): Html {
  const isSplit = bins[0]?.columns[0]?.kind !== "is-only";
  const lacks = ({ columns }: BinColumns) =>
    isSplit && columns.length < 3
      ? columns.some(({ border }) => border === "N") ? "lacks-b" : "lacks-n"
      : "";
  const single = markup`<tr class="${isSplit ? "when-one" : ""}"><td></td>${
    bins.map((one) => markup`<th scope="col" class="start ${lacks(one)}">${binLabel(one.bin)}</th>`)
  }</tr>`;
  if (!isSplit) return single;
  const narrow = bins.map(({ bin, columns }) =>
    columns.filter(({ border }) => (border === "both") === (bin === "all"))
      .map(({ border }) => border === "both" ? "N+B" : border)
  );
  const wide = bins.map(({ bin }, i) =>
    markup`<th scope="colgroup" class="start middle" colspan="${narrow[i]!.length}">${
      binLabel(bin)
    }</th>`
  );
  return markup`<tr class="when-pair"><td></td>${wide}</tr><tr class="when-pair"><td></td>${
    narrow.map((names) =>
      names.map((name, i) => markup`<th scope="col" class="${i === 0 ? "start" : ""}">${name}</th>`)
    )
  }</tr>${single}`;
}

function cell(
  estimate: ReturnType<typeof measureOf>,
  { measure, kind, isBest }: { measure: Measure; kind: string; isBest: boolean },
): Html {
  if (estimate === undefined) return markup`<td class="${kind} quiet">–</td>`;
  const { mean, low, high, deviation, count } = estimate;
  const write = (value: number) => measureText(value, measure);
  const interval = low === null || high === null
    ? undefined
    : markup`<small>${write(low)}–${write(high)}</small>`;
  const hint = `${formatCount(count)} values${
    deviation === null ? "" : `, standard deviation ${write(deviation)}`
  }`;
  return markup`<td class="${kind}${isBest ? " best" : ""}" title="${hint}">${
    write(mean)
  }${interval}</td>`;
}
