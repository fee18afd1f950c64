/**
 * The head of the page of a run: how it went, and the figures one looks for first.
 * @module
 */
import { type Html, markup } from "../html.ts";
import { formatCount, formatDuration, formatNumber } from "../number_text.ts";
import type { PictureRow, RunPageRecord } from "./run_page_record.ts";
import { countStatuses, countText, isDoneNow } from "./status_words.ts";

/** Draws title, state and figures. */
export function runHead(record: RunPageRecord): Html {
  const { title, rows, version, startedAt, elapsedMs } = record;
  const failed = rows.filter(({ status }) => status === "failed").length;
  const [state, words] = rows.length === 0
    ? ["running", "No pictures"]
    : failed === 0
    ? ["done", "All done"]
    : ["diverged", `${formatCount(failed)} failed`];
  return markup`<header>
<p class="state ${state}">${words}</p>
<h1>${title}</h1>
<p class="quiet">${countText(rows.length, "picture")}, started ${
    timeText(startedAt)
  }, pconv ${version}</p>
<dl class="facts">${
    figures(rows, elapsedMs).map(([term, value, remark]) =>
      markup`<div><dt>${term}</dt><dd>${value}<small>${remark}</small></dd></div>`
    )
  }</dl>
</header>`;
}

type Figure = readonly [term: string, value: string, remark: string];

function figures(rows: readonly PictureRow[], elapsedMs: number): Figure[] {
  const counts = countStatuses(rows);
  const now = rows.filter(isDoneNow);
  const kinds = [...counts].filter(([status]) => isDoneNow({ status }));
  const done: Figure = [
    "Done",
    formatCount(now.length),
    kinds.map(([status, count]) => `${formatCount(count)} ${status}`).join(", "),
  ];
  const failed = counts.get("failed") ?? 0;
  const before = counts.get("done before") ?? 0;
  const times = now.flatMap((row) => row.elapsedMs ?? []).toSorted((a, b) => a - b);
  const warned = rows.filter(({ warnings }) => warnings.length > 0).length;
  const verified = rows.filter((row) => row.verified !== undefined).length;
  const perSecond = now.length / (elapsedMs / 1000);
  const figures: (Figure | undefined)[] = [
    done,
    ["Failed", formatCount(failed), failed === 0 ? "" : "listed below"],
    before === 0 ? undefined : ["Done before", formatCount(before), "not done again"],
    ["Time", formatDuration(elapsedMs), "on the clock"],
    now.length === 0 || !(elapsedMs > 0) ? undefined : [
      "Pictures per second",
      formatNumber(perSecond, 3),
      `${formatNumber(perSecond * 3600, 3)} an hour`,
    ],
    times.length === 0 ? undefined : [
      "Time of a picture",
      formatDuration(times[times.length >> 1]!),
      "median, waiting included",
    ],
    warned === 0
      ? undefined
      : ["Warnings", formatCount(warned), warned === 1 ? "picture has some" : "pictures have some"],
    verified === 0 ? undefined : ["Verified", formatCount(verified), "written files read again"],
  ];
  return figures.filter((figure) => figure !== undefined);
}

/** "2026-11-22 10:12 UTC"; what is no time is shown as it is. */
function timeText(iso: string): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  return `${time.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
