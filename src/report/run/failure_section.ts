/**
 * The part of a run's page that says which pictures failed, and why.
 * @module
 */
import { type Html, markup } from "../html.ts";
import { formatCount } from "../number_text.ts";
import type { PictureRow } from "./run_page_record.ts";
import { countText } from "./status_words.ts";

/** Failures that are listed here; the table of all pictures has the others too. */
const MOST_LISTED = 200;

/** Failures that are seen without a click. */
const MOST_OPEN = 12;

/** Lists failed pictures with their errors; undefined without any. */
export function failureSection(rows: readonly PictureRow[]): Html | undefined {
  const failed = rows.filter(({ status }) => status === "failed");
  if (failed.length === 0) return undefined;
  const entry = ({ input, error, shard }: PictureRow) =>
    markup`<li><b>${input}</b>${
      shard === undefined ? undefined : markup` <span class="quiet">shard ${shard}</span>`
    }<br>${error ?? "no reason is known"}</li>`;
  const open = failed.slice(0, MOST_OPEN).map(entry);
  const folded = failed.slice(MOST_OPEN, MOST_LISTED).map(entry);
  const rest = failed.length - MOST_LISTED;
  return markup`<section id="failures">
<h2>${countText(failed.length, "picture")} failed</h2>
<p>The others were done all the same. Run the command again when the cause is mended: what is done is not done twice.</p>
<ul class="failures">${open}</ul>
${
    folded.length === 0
      ? undefined
      : markup`<details class="note"><summary>${
        formatCount(folded.length)
      } more</summary><ul class="failures">${folded}</ul></details>`
  }${
    rest <= 0
      ? undefined
      : markup`<p>${formatCount(rest)} others stand in <a href="#pictures">the table</a> alone.</p>`
  }
</section>`;
}
