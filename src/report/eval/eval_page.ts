/**
 * The page that shows an evaluation.
 * @module
 */
import { type Html, markup } from "../html.ts";
import { pageShell } from "../page_shell.ts";
import { comparisonSection } from "./comparison_section.ts";
import { curveSection } from "./curve_section.ts";
import { dilationSection } from "./dilation_section.ts";
import type { EvalPageRecord } from "./eval_page_record.ts";
import { EVAL_SCRIPT } from "./eval_script.ts";
import { evalStyle } from "./eval_style.ts";
import { exampleSection, extremeSection } from "./example_section.ts";
import { presetSection } from "./preset_section.ts";
import { problemSection } from "./problem_section.ts";
import { scoreSection } from "./score_section.ts";

/**
 * Writes an evaluation as one HTML page that needs no other file and no network. Tables, their switches and charts
 * need no script; the sliders over pictures do, and without one the pictures stand side by side.
 *
 * The page is as large as its pictures, times 4/3: it is for the caller to limit them.
 */
export function formatEvalPage(record: EvalPageRecord): string {
  const { title, table, definitions, comparisons, presets } = record;
  const parts: readonly (readonly [id: string, name: string, part: Html | undefined])[] = [
    ["scores", "Scores", scoreSection(table)],
    ["curves", "Curves", curveSection(table)],
    ["comparisons", "Comparisons", comparisonSection(comparisons, table.methods)],
    ["dilation", "Growing holes", dilationSection(record)],
    ["examples", "Examples", exampleSection(record)],
    ["extremes", "Best and worst", extremeSection(record)],
    ["presets", "As others", presetSection(presets)],
    ["definitions", "Definitions", definitionSection(definitions)],
  ];
  const shown = parts.filter(([, , part]) => part !== undefined);
  return pageShell({
    title: `${title} - pconv eval`,
    style: evalStyle(table.dilations.length),
    content: markup`${header(record)}
${problemSection(record)}
<nav aria-label="Parts of the page">${
      shown.map(([id, name]) => markup`<a href="#${id}">${name}</a>`)
    }</nav>
${shown.map(([, , part]) => part)}`,
    footer: "Written by pconv. This page needs no network.",
    script: EVAL_SCRIPT,
  });
}

function header({ title, command, facts }: EvalPageRecord): Html {
  return markup`<header><h1>${title}</h1>
${
    facts.length === 0
      ? undefined
      : markup`<dl class="about">${
        facts.map(([name, value]) => markup`<dt>${name}</dt><dd>${value}</dd>`)
      }</dl>`
  }
${command === "" ? undefined : markup`<pre class="command"><code>${command}</code></pre>`}
</header>`;
}

function definitionSection(definitions: readonly string[]): Html | undefined {
  if (definitions.length === 0) return undefined;
  return markup`<section id="definitions"><h2>How each score is computed</h2><ul>${
    definitions.map((definition) => markup`<li>${definition}</li>`)
  }</ul></section>`;
}
