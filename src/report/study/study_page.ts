/**
 * The page on which people compare pictures.
 * @module
 */
import { type Html, htmlText, markup, trustedHtml } from "../html.ts";
import { STUDY_SCRIPT } from "./study_script.ts";
import { PRACTICE_PICTURES } from "./study_practice.ts";
import { STUDY_STYLE } from "./study_style.ts";

/** A trial as participants may know it: no method, no class. */
export interface StudyPageTrial {
  readonly id: string;
  /** `pictures/<left>.png` beside the page. */
  readonly left: string;
  /** `pictures/<right>.png` beside the page. */
  readonly right: string;
  /** Milliseconds; null without a limit of time. */
  readonly durationMs: number | null;
  /** The same for trials of the same photograph, which are kept apart. */
  readonly group: number;
}

/** What the page of a study shows. */
export interface StudyPageContent {
  /** Id of the study. */
  readonly study: string;
  readonly trials: readonly StudyPageTrial[];
}

/** Pictures may come from beside the page, from a disk as from a host; nothing else is fetched, nothing sent. */
const POLICY =
  "default-src 'none'; img-src 'self' file: data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; " +
  "form-action 'none'; base-uri 'none'";

/** What a trial takes beside the showing, in milliseconds; for the time that the page announces. */
const TRIAL_MS = { limited: 3500, unlimited: 7000 };

/**
 * Writes the page of a study. It works from a disk and from any host of files, needs no network, and keeps answers in
 * the browser until the participant saves them as a file. Whoever reads its source learns no method.
 */
export function formatStudyPage({ study, trials }: StudyPageContent): string {
  const { real, repaired } = PRACTICE_PICTURES;
  const content = {
    id: study,
    trials,
    practice: {
      limited: { left: repaired, right: real },
      unlimited: { left: real, right: repaired },
    },
  };
  // "<" could end the element.
  const data = JSON.stringify(content).replaceAll("<", "\\u003c");
  return htmlText(markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>Which picture looks real?</title>
<style>${trustedHtml(STUDY_STYLE)}</style>
</head>
<body>
<main>
${intro(trials)}
<section id="pause" hidden>
<h2 id="pause-title"></h2>
<p id="pause-text"></p>
<button id="go" class="main" type="button"></button>
</section>
<section id="task" hidden>
<p id="question" role="status"></p>
<div id="stage">
<div class="side" id="left"></div><div class="side" id="right"></div>
<div id="cross" hidden>+</div><p id="message" role="status"></p>
</div>
<div id="choices">
<button id="choose-left" type="button"><kbd>←</kbd> Left</button>
<button id="choose-right" type="button">Right <kbd>→</kbd></button>
</div>
</section>
${END}
</main>
<div id="bar" hidden>
<progress id="progress" value="0" aria-label="Answered"></progress>
<span id="count"></span>
<button id="save" type="button">Save so far</button>
</div>
<script type="application/json" id="study">${trustedHtml(data)}</script>
<script>${trustedHtml(STUDY_SCRIPT)}</script>
</body>
</html>
`);
}

function intro(trials: readonly StudyPageTrial[]): Html {
  const takenMs = trials.reduce(
    (sum, { durationMs }) =>
      sum + (durationMs === null ? TRIAL_MS.unlimited : durationMs + TRIAL_MS.limited),
    60_000,
  );
  return markup`<section id="intro">
<h1>Which picture looks real?</h1>
<p>You will see pictures two at a time. In some of them a computer has painted over parts of a photograph. We want to
know how well that can be seen. There is nothing to get right: go by what you see.</p>
<ul>
<li><kbd>←</kbd> or <kbd>F</kbd> chooses the left picture, <kbd>→</kbd> or <kbd>J</kbd> the right one.</li>
<li><kbd>Space</kbd> or <kbd>Enter</kbd> goes on. Mouse and touch work too.</li>
<li>There are ${trials.length} comparisons, which take about ${
    Math.max(1, Math.round(takenMs / 60_000))
  } min. You can stop at any time and go on later in this browser.</li>
</ul>
<p class="quiet">Your answers stay in this browser until you hand over the file that you get at the end. It holds the
name given below, the time you began, your choices and how long they took; nothing else.</p>
<p id="unkept" class="note" hidden>This browser keeps nothing: please leave the page open until you have saved your answers.</p>
<noscript><p class="note">This page needs JavaScript.</p></noscript>
<form id="begin">
<div><label for="participant">Name or number</label>
<input id="participant" autocomplete="off" spellcheck="false" maxlength="40" aria-describedby="hint">
<span id="hint" class="quiet">As you were told, or any that is yours alone. Without one, the time is taken.</span></div>
<p id="again" class="note" hidden></p>
<button class="main">Start</button>
</form>
</section>`;
}

const END = markup`<section id="end" hidden>
<h2>Done. Thank you!</h2>
<p>Please save your answers and send the file to the person who gave you this page.</p>
<p><a id="file"></a></p>
<details><summary>It does not save? Copy the text instead</summary>
<p><textarea id="text" readonly aria-label="Your answers"></textarea></p></details>
<p><button id="another" type="button">The next person begins</button></p>
</section>`;
