/**
 * The page of a run of `inpaint` or `superres`.
 * @module
 */
import { EVAL_SCRIPT } from "../eval/eval_script.ts";
import { evalStyle } from "../eval/eval_style.ts";
import { type Html, markup } from "../html.ts";
import { pageShell } from "../page_shell.ts";
import { beforeAfterSection } from "./before_after_section.ts";
import { failureSection } from "./failure_section.ts";
import { pictureTable } from "./picture_table.ts";
import { runHead } from "./run_head.ts";
import type { RunPageRecord } from "./run_page_record.ts";
import { RUN_SCRIPT } from "./run_script.ts";
import { RUN_STYLE } from "./run_style.ts";
import { spreadSection } from "./spread_section.ts";

/**
 * Writes a run as one HTML page that needs no other file and no network. Without a script all pictures stand side by
 * side and the table is whole; with one there are sliders, a filter and an order by any column.
 *
 * The page is as large as its pictures and some 300 bytes a row: it is for the caller to limit the pictures.
 */
export function runPage(record: RunPageRecord): string {
  const { title, rows } = record;
  const parts: readonly (readonly [id: string, name: string, part: Html | undefined])[] = [
    ["failures", "Failures", failureSection(rows)],
    ["examples", "Before and after", beforeAfterSection(record)],
    ["spread", "Times and holes", spreadSection(rows)],
    ["pictures", "All pictures", pictureTable(rows)],
    ["again", "How it was made", settingSection(record)],
  ];
  const shown = parts.filter(([, , part]) => part !== undefined);
  return pageShell({
    title: `${title} - pconv`,
    style: evalStyle(0) + RUN_STYLE,
    content: markup`${runHead(record)}
<nav aria-label="Parts of the page">${
      shown.map(([id, name]) => markup`<a href="#${id}">${name}</a>`)
    }</nav>
${shown.map(([, , part]) => part)}`,
    footer: `Written by pconv ${record.version}. This page needs no network.`,
    script: EVAL_SCRIPT + RUN_SCRIPT,
  });
}

function settingSection(
  { facts, command }: Pick<RunPageRecord, "facts" | "command">,
): Html | undefined {
  if (facts.length === 0 && command === "") return undefined;
  return markup`<section id="again"><h2>How it was made</h2>
${
    command === ""
      ? undefined
      : markup`<p>The command that does it again:</p><pre class="command"><code>${command}</code></pre>`
  }
${
    facts.length === 0
      ? undefined
      : markup`<dl class="about">${
        facts.map(([name, value]) => markup`<dt>${name}</dt><dd>${value}</dd>`)
      }</dl>`
  }</section>`;
}
