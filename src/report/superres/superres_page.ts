/**
 * The page that shows an evaluation of super-resolution.
 * @module
 */
import { EVAL_SCRIPT } from "../eval/eval_script.ts";
import { evalStyle } from "../eval/eval_style.ts";
import { problemSection } from "../eval/problem_section.ts";
import { type Html, markup } from "../html.ts";
import { pageShell } from "../page_shell.ts";
import { exampleSection, extremeSection } from "./example_section.ts";
import { chartSection, differenceSection, scoreSection } from "./score_section.ts";
import { identicalRemarks } from "./superres_markdown.ts";
import type { SuperresPageRecord } from "./superres_page_record.ts";

/** Beside that of every evaluation: no smoothing of enlarged pixels, tables side by side. */
const STYLE = `
.example img { image-rendering: pixelated; }
.tables { display: flex; flex-wrap: wrap; gap: 4px 34px; }
.tables > div { min-width: 0; }
.tables .by-bin td, .tables .by-bin th { padding-left: 10px; }
.tables .by-bin tbody th, .tables .by-bin td:first-child { padding-left: 0; }
`;

/**
 * Writes an evaluation as one HTML page that needs no other file and no network. The sliders over pictures need a
 * script; without one the pictures stand side by side.
 */
export function formatSuperresPage(record: SuperresPageRecord): string {
  const { title, table, definitions, problems, remarks, command, facts } = record;
  const parts: readonly (readonly [id: string, name: string, part: Html | undefined])[] = [
    ["scores", "Scores", scoreSection(table)],
    ["differences", `Against ${table.reference}`, differenceSection(record)],
    ["curves", "Curves", chartSection(table)],
    ["examples", "Examples", exampleSection(record)],
    ["extremes", "Best and worst", extremeSection(record)],
    ["definitions", "Definitions", definitionSection(definitions)],
  ];
  const shown = parts.filter(([, , part]) => part !== undefined);
  return pageShell({
    title: `${title} - pconv eval`,
    style: evalStyle(0) + STYLE,
    content: markup`<header><h1>${title}</h1>
<dl class="about">${facts.map(([name, value]) => markup`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
${command === "" ? undefined : markup`<pre class="command"><code>${command}</code></pre>`}
</header>
${problemSection({ problems, remarks: [...remarks, ...identicalRemarks(table)] })}
<nav aria-label="Parts of the page">${
      shown.map(([id, name]) => markup`<a href="#${id}">${name}</a>`)
    }</nav>
${shown.map(([, , part]) => part)}`,
    footer: "Written by pconv. This page needs no network.",
    script: EVAL_SCRIPT,
  });
}

function definitionSection(definitions: readonly string[]): Html {
  return markup`<section id="definitions"><h2>How each score is computed</h2><ul>${
    definitions.map((definition) => markup`<li>${definition}</li>`)
  }</ul></section>`;
}
