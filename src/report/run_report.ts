/**
 * The page that shows a training run.
 * @module
 */
import { type Html, markup } from "./html.ts";
import { nextCommands } from "./next_commands.ts";
import { formatCount } from "./number_text.ts";
import { PAGE_SCRIPT } from "./page_script.ts";
import { pageShell } from "./page_shell.ts";
import { previewStrip } from "./preview_strip.ts";
import { runFacts } from "./run_facts.ts";
import type { RunRecord } from "./run_record.ts";
import { lossSection, progressSection } from "./training_section.ts";
import { validationSection } from "./validation_section.ts";

/** Files that are listed by name. */
const MOST_LEFT_OUT = 200;

/**
 * Writes the report of a run as one HTML page that needs no other file and no network. Curves, tables and pictures
 * need no script; values under the pointer and the slider over previews do. At most twelve previews, 15 MB in all, are
 * embedded.
 */
export function formatRunReport(record: RunRecord): string {
  const { log, validations } = record;
  const steps = stepRange(record);
  const training = log.length === 0
    ? markup`<section id="losses"><h2>Losses</h2><p class="empty">No line in the log yet</p></section>`
    : [lossSection(log, steps), progressSection(log, steps)];
  const feedback = [
    validationSection(record, steps),
    previewStrip(record.previews, record.previewCount),
  ];
  // What one looks for first stands first.
  const hasFeedback = validations.length > 0 || record.previews.length > 0;
  return pageShell({
    title: `${record.name} - pconv run`,
    content: markup`${runFacts(record)}
${leftOutNote(record)}
${hasFeedback ? [feedback, training] : [training, feedback]}
${commandSection(record)}
${settingsSection(record)}`,
    footer: "Written by pconv. This page needs no network.",
    script: PAGE_SCRIPT,
  });
}

/** The steps that all charts show. */
function stepRange({ log, validations, steps }: RunRecord): readonly [low: number, high: number] {
  const known = [...log, ...validations].map(({ step }) => step).filter(Number.isFinite);
  if (known.length === 0) return [0, Math.max(1, steps)];
  const [low, high] = known.reduce(
    ([low, high], step) => [Math.min(low, step), Math.max(high, step)],
    [Infinity, -Infinity],
  );
  if (low === high) return [0, Math.max(1, high)];
  // The curves of a run that began at 0 start at 0, not at its first line.
  return [low < high / 10 ? 0 : low, high];
}

function leftOutNote({ leftOut }: RunRecord): Html | undefined {
  if (leftOut.length === 0) return undefined;
  const isOne = leftOut.length === 1;
  const items = leftOut.slice(0, MOST_LEFT_OUT).map(({ path, message }) =>
    markup`<li><code>${path}</code> ${message}</li>`
  );
  const rest = leftOut.length - items.length;
  return markup`<details class="note warning"><summary>${formatCount(leftOut.length)} ${
    isOne ? "file was" : "files were"
  } left out</summary><ul>${items}${
    rest > 0 ? markup`<li>and ${formatCount(rest)} more</li>` : undefined
  }</ul></details>`;
}

function commandSection(record: RunRecord): Html {
  const commands = nextCommands(record).map(({ purpose, command }) =>
    markup`<p>${purpose}</p><pre><code>${command}</code></pre>`
  );
  return markup`<section id="next"><h2>Go on</h2>${commands}</section>`;
}

function settingsSection({ settings }: RunRecord): Html {
  const rows = Object.entries(settings).filter(([, value]) => value !== undefined).map((
    [key, value],
  ) => markup`<tr><th scope="row">${key}</th><td>${settingText(value)}</td></tr>`);
  return markup`<section id="settings"><h2>Settings</h2>${
    rows.length === 0
      ? markup`<p class="empty">No settings</p>`
      : markup`<div class="scroll"><table class="settings"><tbody>${rows}</tbody></table></div>`
  }</section>`;
}

function settingText(value: unknown): string {
  if (typeof value === "string") return value;
  const isPlainList = Array.isArray(value) && value.every((entry) => typeof entry !== "object");
  return isPlainList ? value.join(", ") : JSON.stringify(value);
}
