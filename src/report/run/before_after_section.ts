/**
 * The part of a run's page that shows some pictures before and after.
 * @module
 */
import { type Html, markup } from "../html.ts";
import type { PictureRow, RunExample, RunPageRecord } from "./run_page_record.ts";
import { formatDuration, formatShare } from "../number_text.ts";
import { countText, shownRatio } from "./status_words.ts";

/** Draws the examples, each with a border that can be moved; undefined without any. */
export function beforeAfterSection(
  { examples, examplesLeftOut, rows }: Pick<
    RunPageRecord,
    "examples" | "examplesLeftOut" | "rows"
  >,
): Html | undefined {
  const shown = examples.filter(({ beforeUrl, afterUrl }) =>
    isPicture(beforeUrl) && isPicture(afterUrl)
  );
  if (shown.length === 0) return undefined;
  const rowOf = new Map(rows.map((row) => [row.input, row]));
  const rest = examplesLeftOut === 0
    ? ""
    : ` ${countText(examplesLeftOut, "other is", "others are")} not shown.`;
  const middle = shown.some(({ input }) => rowOf.get(input)?.status === "enlarged")
    ? " Of an enlargement its middle is shown, beside the pixels it was made of."
    : "";
  return markup`<section id="examples">
<h2>Before and after</h2>
<p>Move the border in a picture with the pointer, or with the arrow keys when it has the focus.${middle}${rest}</p>
<div class="examples">${
    shown.map((example, i) =>
      slider(example, { row: rowOf.get(example.input), id: `example-${i}` })
    )
  }</div>
</section>`;
}

/** Without a script both pictures stand side by side; eval_script.ts lays them over one another. */
function slider(
  { input, beforeUrl, afterUrl, width, height }: RunExample,
  { row, id }: { readonly row: PictureRow | undefined; readonly id: string },
): Html {
  const layer = (side: "left" | "right", name: string, url: string) =>
    markup`<span class="layer ${side} current"><img src="${url}" alt="${input}, ${name}" width="${width}" height="${height}" decoding="async"><span class="tag">${name}</span></span>`;
  return markup`<figure class="example" id="${id}">
<div class="frame">${layer("left", "before", beforeUrl)}${
    layer("right", "after", afterUrl)
  }<input type="range" min="0" max="100" value="50" step="1" aria-label="Border between before and after of ${input}"></div>
<figcaption><b>${input}</b> <span class="quiet">${caption(row)}</span></figcaption>
</figure>`;
}

function caption(row: PictureRow | undefined): string {
  if (row === undefined) return "";
  const { width, height, elapsedMs } = row;
  const holeRatio = shownRatio(row);
  return [
    ...width === undefined || height === undefined ? [] : [`${width}x${height}`],
    ...holeRatio === undefined ? [] : [`${formatShare(holeRatio)} hole`],
    ...elapsedMs === undefined ? [] : [formatDuration(elapsedMs)],
  ].join(", ");
}

/** Nothing but a picture within the page is shown: another address would be fetched, or run. */
function isPicture(url: string): boolean {
  return /^data:image\/(png|jpeg|webp);base64,[A-Za-z0-9+/]+=*$/.test(url);
}
