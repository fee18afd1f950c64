/**
 * The part of an evaluation's page that has scores as other projects compute them.
 * @module
 */
import { type Html, markup } from "../html.ts";
import type { EvalPreset } from "./eval_page_record.ts";

/** Draws a table a preset with how it is computed; undefined without any. */
export function presetSection(presets: readonly EvalPreset[]): Html | undefined {
  if (presets.length === 0) return undefined;
  return markup`<section id="presets">
<h2>As others compute them</h2>
<p>The same results, scored by the definitions of other projects, for comparison with figures that were published by them.</p>
${presets.map(presetTable)}
</section>`;
}

function presetTable({ name, head, rows, definition }: EvalPreset): Html {
  return markup`<h3>${name}</h3>
${definition.map((line) => markup`<p class="quiet">${line}</p>`)}
<div class="scroll"><table>
<thead><tr>${head.map((cell) => markup`<th scope="col">${cell}</th>`)}</tr></thead>
<tbody>${
    rows.map(([first = "", ...rest]) =>
      markup`<tr><th scope="row">${first}</th>${rest.map((cell) => markup`<td>${cell}</td>`)}</tr>`
    )
  }</tbody>
</table></div>`;
}
