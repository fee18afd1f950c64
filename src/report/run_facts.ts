/**
 * The head of a run report: what the run is, how far it got, how fast it is.
 * @module
 */
import { type Html, markup } from "./html.ts";
import {
  formatCount,
  formatDuration,
  formatFixed,
  formatNumber,
  formatShare,
} from "./number_text.ts";
import type { LogLine, RunRecord } from "./run_record.ts";

/** Lines of the log that speed is taken from. */
const RECENT_LINES = 20;

const STATES: Readonly<Record<RunRecord["state"], string>> = {
  running: "Running",
  done: "Done",
  interrupted: "Interrupted",
  diverged: "Diverged",
};

/** True if a report is of a run in that state. */
export function hasState(html: string, state: RunRecord["state"]): boolean {
  return html.includes(`<p class="state ${state}">`);
}

/** Draws name, state, progress bar and the figures that one looks for first. */
export function runFacts(record: RunRecord): Html {
  const { name, task, network, parameters, state, log, steps, best, validations, note } = record;
  const last = log.at(-1);
  const done = last?.step ?? 0;
  const speed = recentSpeed(log);
  const facts: (readonly [term: string, value: string, remark: string | undefined])[] = [
    ["Steps", formatCount(done), `of ${formatCount(steps)}`],
  ];
  if (last !== undefined) facts.push(["Total loss", formatNumber(last.total), "at the last line"]);
  if (best !== undefined) {
    const when = `best, step ${formatCount(best.step)}`;
    facts.push(["Hole PSNR", `${formatFixed(best.holePsnr, 2)} dB`, when]);
  } else if (validations.length > 0) {
    facts.push(["Hole PSNR", `${formatFixed(validations.at(-1)!.holePsnr, 2)} dB`, "last"]);
  }
  if (speed !== undefined) {
    const { stepMs, waitShare } = speed;
    facts.push([
      "Time per step",
      formatDuration(stepMs),
      speed.lines === 1 ? "last line" : `last ${speed.lines} lines`,
    ]);
    if (waitShare !== undefined) {
      facts.push(["Waiting for data", formatShare(waitShare), "of that time"]);
    }
    const isOver = state === "done" || state === "diverged" || done >= steps;
    const left = isOver ? undefined : `${formatDuration((steps - done) * stepMs)} to go`;
    facts.push(["Time training", formatDuration(trainingMs(log)), left]);
  }
  const times = [
    record.startedAt === undefined ? undefined : `started ${timeText(record.startedAt)}`,
    record.updatedAt === undefined ? undefined : `last change ${timeText(record.updatedAt)}`,
  ].filter((text) => text !== undefined).join(", ");
  return markup`<header>
<p class="state ${state}">${STATES[state]}</p>
<h1>${name}</h1>
<p class="quiet">Task ${task} · ${network} · ${formatCount(parameters)} parameters${
    times === "" ? undefined : markup`<br>${times}`
  }</p>
<progress max="${Math.max(1, steps)}" value="${
    Math.min(done, steps)
  }" aria-label="Steps done"></progress>
${note === undefined ? undefined : markup`<p class="note ${state}">${note}</p>`}
<dl class="facts">${
    facts.map(([term, value, remark]) =>
      markup`<div><dt>${term}</dt><dd>${value}<small>${remark ?? ""}</small></dd></div>`
    )
  }</dl>
</header>`;
}

/** Means over the last lines, weighted by steps and by time. */
function recentSpeed(log: readonly LogLine[]) {
  const recent = log.slice(-RECENT_LINES).filter(({ stepMs }) => Number.isFinite(stepMs));
  if (recent.length === 0) return undefined;
  const totalMs = recent.reduce((sum, { stepMs }) => sum + stepMs, 0);
  const hasWait = recent.every(({ waitShare }) => waitShare !== undefined);
  return {
    lines: recent.length,
    stepMs: totalMs / recent.length,
    waitShare: hasWait && totalMs > 0
      ? recent.reduce((sum, { stepMs, waitShare }) => sum + stepMs * waitShare!, 0) / totalMs
      : undefined,
  };
}

/** Time of all steps in the log; that of validations and previews is not in it. */
function trainingMs(log: readonly LogLine[]): number {
  // A log may begin in the middle of a run, so its first line may stand for as many steps as the second at most.
  const firstGap = log.length > 1 ? log[1]!.step - log[0]!.step : Infinity;
  return log.reduce((sum, { step, stepMs }, i) => {
    const gap = i === 0 ? Math.min(step, firstGap) : step - log[i - 1]!.step;
    return sum + (Number.isFinite(stepMs) ? gap * stepMs : 0);
  }, 0);
}

/** "2026-11-22 10:12 UTC"; what is no time is shown as it is. */
function timeText(iso: string): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  return `${time.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
