/**
 * The parts of an evaluation's page that say what was left out and what to mind.
 * @module
 */
import { type Html, markup } from "../html.ts";
import { formatCount } from "../number_text.ts";
import type { EvalTextRecord } from "./eval_page_record.ts";

/** Entries that are listed. */
const MOST_LISTED = 200;

/** Entries that are seen without a click. */
const MOST_OPEN = 4;

/** Lists problems and remarks; undefined if there are none. */
export function problemSection(
  { problems, remarks }: Pick<EvalTextRecord, "problems" | "remarks">,
): Html | undefined {
  if (problems.length + remarks.length === 0) return undefined;
  return markup`<div id="notes">${
    list(`${count(problems, "problem")}: not all was scored`, problems, "warning")
  }${list(count(remarks, "remark"), remarks, "")}</div>`;
}

function list(title: string, items: readonly string[], kind: string): Html | undefined {
  if (items.length === 0) return undefined;
  const rest = items.length - MOST_LISTED;
  return markup`<details class="note ${kind}"${
    items.length <= MOST_OPEN ? markup` open` : undefined
  }><summary>${title}</summary><ul>${
    items.slice(0, MOST_LISTED).map((item) => markup`<li>${item}</li>`)
  }${rest > 0 ? markup`<li>and ${formatCount(rest)} more</li>` : undefined}</ul></details>`;
}

function count(items: readonly string[], name: string): string {
  return `${formatCount(items.length)} ${name}${items.length === 1 ? "" : "s"}`;
}
