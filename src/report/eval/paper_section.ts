/**
 * The paper's own table, beside ours.
 * @module
 */
import { HOLE_BINS, holeBinName } from "../../metrics/hole_bin.ts";
import { type Html, markup } from "../html.ts";
import {
  bestOf,
  type Measure,
  measureArrow,
  measureClass,
  measureText,
  measureTitle,
} from "./measures.ts";
import { PAPER_METHODS, PAPER_TABLE, type PaperScore } from "./paper_table.ts";

/** Draws Table 1 of the paper; of its scores the style sheet shows the one that goes with what is chosen above. */
export function paperTables(measures: readonly Measure[]): Html {
  const isBeside = (score: PaperScore, measure: Measure) => score.beside.includes(measure.key);
  const tables = PAPER_TABLE.map((score) => {
    const mine = measures.filter((measure) => isBeside(score, measure));
    return mine.length === 0 ? undefined : paperTable(score, mine);
  });
  const without = measures.filter((measure) =>
    !PAPER_TABLE.some((score) => isBeside(score, measure))
  );
  return markup`<details class="paper" open><summary>Table 1 of the paper, for orientation</summary>
<p>These figures are of other images (Places2 and ImageNet, 512x512, 1000 masks a column) and of networks that were trained otherwise. They cannot be compared with ours cell by cell: see in them how scores fall as holes grow, and how far methods lie apart.</p>
${tables}
${
    without.length === 0
      ? undefined
      : markup`<p class="empty measure ${
        classesOf(without)
      }">The paper has no such figure: its scores are ${
        PAPER_TABLE.map(({ name }) => name).join(", ")
      }.</p>`
  }
<p class="quiet">${
    PAPER_METHODS.map(([name, method]) => `${name}: ${method}`).join("; ")
  }. Source: Liu et al., Image Inpainting for Irregular Holes Using Partial Convolutions, ECCV 2018.</p>
</details>`;
}

function paperTable(score: PaperScore, beside: readonly Measure[]): Html {
  const columns = HOLE_BINS.flatMap((_, bin) =>
    [0, 1].map((side) => {
      const values = score.rows.map(({ values }) => values[bin]![side]!);
      const best = bestOf(values, score);
      return { values, best, start: side === 0 ? "start" : "" };
    })
  );
  const rows = score.rows.map(({ method }, i) =>
    markup`<tr><th scope="row">${method}</th>${
      columns.map(({ values, best, start }) =>
        markup`<td class="${best[i]! ? `${start} best` : start}">${
          measureText(values[i]!, score)
        }</td>`
      )
    }</tr>`
  );
  const note = score.name === "IScore"
    ? `of ${score.images}; the paper does not say how it is computed, and it is not Salimans' inception score`
    : `of ${score.images}; the paper does not say whether of the output or of the composite`;
  return markup`<div class="measure ${classesOf(beside)}"><h3>${measureTitle(score)} ${
    measureArrow(score)
  } <span class="quiet">${note}</span></h3>
<div class="scroll"><table class="by-bin">
<thead><tr><td></td>${
    HOLE_BINS.map((_, bin) =>
      markup`<th scope="colgroup" class="start middle" colspan="2">${holeBinName(bin)}</th>`
    )
  }</tr><tr><td></td>${
    HOLE_BINS.map(() => markup`<th scope="col" class="start">N</th><th scope="col">B</th>`)
  }</tr></thead>
<tbody>${rows}</tbody>
</table></div></div>`;
}

function classesOf(measures: readonly Measure[]): string {
  return measures.map((measure) => `of-${measureClass(measure)}`).join(" ");
}
