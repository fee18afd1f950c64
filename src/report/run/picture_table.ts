/**
 * The table of all pictures of a run.
 * @module
 */
import { type Html, markup } from "../html.ts";
import { formatCount, formatDuration, formatShare } from "../number_text.ts";
import type { PictureRow } from "./run_page_record.ts";
import { countStatuses, countText, shownRatio, statusClass } from "./status_words.ts";

/** A column; those without any value are left out. */
interface Column {
  readonly name: string;
  /** Sorts by number; else by text. */
  readonly isNumber: boolean;
  readonly has: (row: PictureRow) => boolean;
  readonly cell: (row: PictureRow) => Html;
}

const COLUMNS: readonly Column[] = [
  {
    name: "Picture",
    isNumber: false,
    has: () => true,
    cell: ({ input, output }) =>
      markup`<th scope="row">${input}${
        output === undefined || output === input ? undefined : markup`<small>${output}</small>`
      }</th>`,
  },
  {
    name: "Result",
    isNumber: false,
    has: () => true,
    cell: ({ status }) =>
      markup`<td><span class="status ${statusClass(status)}">${status}</span></td>`,
  },
  numbers("Size", {
    has: ({ width, height }) => width !== undefined && height !== undefined,
    value: ({ width, height }) => width! * height!,
    text: ({ width, height }) => `${width}x${height}`,
  }),
  numbers("Hole", {
    has: (row) => shownRatio(row) !== undefined,
    value: (row) => Number(shownRatio(row)!.toFixed(6)),
    text: (row) => formatShare(shownRatio(row)!),
  }),
  numbers("Time", {
    has: ({ elapsedMs }) => elapsedMs !== undefined,
    value: ({ elapsedMs }) => Math.round(elapsedMs!),
    text: ({ elapsedMs }) => formatDuration(elapsedMs!),
  }),
  {
    name: "Shard",
    isNumber: false,
    has: ({ shard }) => shard !== undefined,
    cell: ({ shard = "" }) => markup`<td>${shard}</td>`,
  },
  {
    name: "Notes",
    isNumber: false,
    has: (row) => notesOf(row).length > 0,
    cell: (row) => markup`<td class="notes">${notesOf(row)}</td>`,
  },
];

/**
 * Draws the table with a filter and switches, which work with the script of run_script.ts. Without one the table is
 * whole.
 */
export function pictureTable(rows: readonly PictureRow[]): Html | undefined {
  if (rows.length === 0) return undefined;
  const columns = COLUMNS.filter(({ has }) => rows.some(has));
  const heads = columns.map(({ name, isNumber }) =>
    markup`<th scope="col" data-kind="${isNumber ? "number" : "text"}"${
      isNumber ? markup` class="number"` : undefined
    }>${name}</th>`
  );
  // One line a row: ten thousand of them are most of the page.
  const body = rows.map((row) =>
    markup`<tr class="${statusClass(row.status)}">${columns.map(({ cell }) => cell(row))}</tr>\n`
  );
  return markup`<section id="pictures">
<h2>All pictures</h2>
<div class="filters" hidden>
<label class="find">Filter <input type="search" placeholder="name, result or note" autocomplete="off" spellcheck="false"></label>
<fieldset class="switches"><legend class="unseen">Results to show</legend>${
    switches(rows)
  }</fieldset>
<output aria-live="polite">${countText(rows.length, "picture")}</output>
</div>
<div class="scroll" tabindex="0" role="region" aria-label="All pictures"><table class="pictures"><thead><tr>${heads}</tr></thead>
<tbody>
${body}</tbody></table></div>
<p class="more" hidden><button type="button">Show more</button></p>
</section>`;
}

/** None of them is on at first, which shows all. Where all ended alike there is nothing to choose. */
function switches(rows: readonly PictureRow[]): Html[] {
  const counts = [...countStatuses(rows)];
  return counts.length < 2
    ? []
    : counts.map(([status, count]) =>
      markup`<label><input type="checkbox" value="${statusClass(status)}"><span>${status} <small>${
        formatCount(count)
      }</small></span></label>`
    );
}

function numbers(
  name: string,
  { has, value, text }: {
    readonly has: (row: PictureRow) => boolean;
    readonly value: (row: PictureRow) => number;
    readonly text: (row: PictureRow) => string;
  },
): Column {
  return {
    name,
    isNumber: true,
    has,
    cell: (row) =>
      has(row)
        ? markup`<td class="number" data-v="${value(row)}">${text(row)}</td>`
        : markup`<td class="number"></td>`,
  };
}

function notesOf({ error, warnings, verified, mask }: PictureRow): Html[] {
  return [
    ...error === undefined ? [] : [markup`<p class="error">${error}</p>`],
    ...warnings.map((warning) => markup`<p class="warn">${warning}</p>`),
    ...verified === undefined ? [] : [markup`<p>${verified}</p>`],
    ...mask === undefined ? [] : [markup`<p>${mask}</p>`],
  ];
}
