/**
 * The style sheet of an evaluation's page, beside that of all report pages.
 * @module
 */
import { measureClass, MEASURES } from "./measures.ts";

/**
 * Colours of methods by their place in the table. Shapes tell them apart as well, see method_mark.ts.
 * tests/unit/report/eval/eval_style_test.ts measures contrast to the panel and distance from one another.
 */
const LIGHT = `
  --method-0: #1d66d6; --method-1: #d2520f; --method-2: #14532d; --method-3: #a824a0;
  --method-4: #5c2f0a; --method-5: #0d8fa3; --method-6: #33157f; --method-7: #807a86;
`;

const DARK = `
  --method-0: #6ea8fe; --method-1: #ff8a3c; --method-2: #e5f5a0; --method-3: #e85fd2;
  --method-4: #c79a6b; --method-5: #35d6c0; --method-6: #9a6bff; --method-7: #9ba3ae;
`;

const TONES = Array.from({ length: 8 }, (_, i) => `.method-${i} { --tone: var(--method-${i}); }`)
  .join("\n");

/** What a switch hides is hidden only where the browser knows how to show it again. */
const MEASURE_SWITCH = MEASURES.map((measure) => measureClass(measure)).map((name) =>
  `.score-tables:has(.pick-${name}:checked) .measure:not(.of-${name}) { display: none; }`
).join("\n");

/** Text within a `style` element; loads nothing. */
export function evalStyle(dilations: number): string {
  const dilationSwitch = Array.from(
    { length: dilations },
    (_, i) =>
      `.score-tables:has(.pick-dilate-${i}:checked) .dilate:not(.of-dilate-${i}) { display: none; }`,
  ).join("\n");
  return `
:root { ${LIGHT} }
@media (prefers-color-scheme: dark) { :root { ${DARK} } }
${TONES}
h3 { margin: 18px 0 6px; font-size: 15.5px; overflow-wrap: anywhere; }
h3 .quiet { font-weight: 400; font-size: 13.5px; margin-left: 6px; }
.command { margin: 14px 0; white-space: pre-wrap; overflow-wrap: anywhere; }
nav { display: flex; flex-wrap: wrap; gap: 4px 18px; margin-top: 18px; padding: 8px 0; border-bottom: 1px solid var(--line); }
nav a { color: var(--accent); text-decoration: none; }
nav a:hover, nav a:focus-visible { text-decoration: underline; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.about { display: grid; grid-template-columns: max-content 1fr; gap: 2px 18px; margin: 12px 0; font-size: 14px; }
.about dt { color: var(--quiet); }
.about dd { margin: 0; overflow-wrap: anywhere; }
#notes { margin-top: 14px; }
.note:not(.warning) summary { color: var(--text); }

fieldset { margin: 0; padding: 0; border: 0; min-width: 0; }
.switches { gap: 10px 22px; margin: 12px 0 4px; }
.switches legend { padding: 0 0 3px; color: var(--quiet); font-size: 13px; }
.switches fieldset, .choice fieldset { display: flex; flex-wrap: wrap; gap: 4px; }
.switches label, .choice label { margin: 0; cursor: pointer; max-width: 100%; }
.switches input, .choice input { position: absolute; opacity: 0; pointer-events: none; }
.switches label span, .choice label span {
  display: block; padding: 2px 10px; border: 1px solid var(--line); border-radius: 99px; background: var(--panel);
  font-size: 13px; overflow-wrap: anywhere;
}
.choice label span { padding: 1px 8px; font-size: 12.5px; }
.choice small { color: inherit; opacity: .8; font-size: inherit; font-variant-numeric: tabular-nums; }
label input:checked + span { background: var(--accent); border-color: var(--accent); color: var(--page); }
label input:focus-visible + span { outline: 2px solid var(--accent); outline-offset: 2px; }
label { position: relative; }

.by-bin { font-size: 13.5px; margin-bottom: 4px; }
.by-bin th, .by-bin td { padding: 4px 4px; text-align: right; line-height: 1.3; }
.by-bin tbody th, .by-bin thead td:first-child {
  position: sticky; left: 0; z-index: 1; background: var(--page); text-align: left; font-weight: 500; padding-right: 12px;
  max-width: 240px; overflow: hidden; text-overflow: ellipsis;
}
.by-bin .start { padding-left: 11px; }
.by-bin .middle, .chart-note.middle { text-align: center; }
.by-bin small { display: block; color: var(--quiet); font-size: 10.5px; font-weight: 400; letter-spacing: -.02em; }
.best { font-weight: 700; }
.by-bin tr.quiet td, .by-bin td.quiet { color: var(--quiet); }
svg.key { display: inline-block; width: 12px; height: 12px; margin-right: 7px; vertical-align: -1px; flex: none; }
.legend svg.key { margin-right: 0; }
.mark-of { fill: var(--tone); stroke: none; }
.curve path.mark-of { stroke: var(--panel); stroke-width: .6; }
.curve path.line { stroke-width: 1.6; }
.curve path.whisker, .forest .whisker { stroke: var(--tone); stroke-width: 1.1; opacity: .75; }
.curve circle.target { fill: transparent; }
.paper { margin-top: 22px; padding: 10px 16px; border: 1px solid var(--line); border-radius: 8px; }
.paper summary { cursor: pointer; font-weight: 600; }
.paper > p { margin: 8px 0 0; max-width: 90ch; color: var(--quiet); font-size: 14px; }
.paper > p.quiet { font-size: 13px; }
${MEASURE_SWITCH}
${dilationSwitch}
.score-tables:has(.pick-pair:checked) :is(.of-all:not(.is-both), .is-both:not(.of-all), .when-one) { display: none; }
.score-tables:has(.pick-n:checked) :is(.is-b, .is-both, .when-pair, .lacks-n) { display: none; }
.score-tables:has(.pick-b:checked) :is(.is-n, .is-both, .when-pair, .lacks-b) { display: none; }
.score-tables:has(.pick-both:checked) :is(.is-n, .is-b, .when-pair) { display: none; }

svg.forest { width: 160px; height: 18px; display: inline-block; vertical-align: -4px; }
.forest .zero { stroke: var(--quiet); stroke-width: 1; stroke-dasharray: 2 2; }
.forest circle { fill: var(--tone); }
.forest.unclear { --tone: var(--quiet); }
td.verdict, th.verdict { text-align: left; }

.examples { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 280px), 1fr)); gap: 20px; }
.example { margin: 0; min-width: 0; max-width: 560px; }
.example figcaption b { display: block; }
.example figcaption { margin-top: 6px; font-size: 13px; line-height: 1.4; overflow-wrap: anywhere; }
.frame { position: relative; display: flex; flex-wrap: wrap; gap: 6px; }
.layer { display: block; }
.layer img { display: block; width: 100%; height: auto; }
.tag { display: block; font-size: 12px; color: var(--quiet); }
.frame input, .choice, .for-all { display: none; }
html:not(.js) .layer { width: calc(50% - 3px); }
.js .for-all { display: flex; }
.js .frame { display: grid; border-radius: 8px; overflow: hidden; --cut: 50%; background: var(--panel); }
.js .layer { grid-area: 1 / 1; display: none; position: relative; }
.js .layer.current { display: block; }
.js .layer.right.current { clip-path: inset(0 0 0 var(--cut)); }
.js .tag {
  position: absolute; bottom: 6px; max-width: 46%; padding: 1px 7px; border-radius: 4px; background: #000a; color: #fff;
  font-size: 11.5px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; font-variant-numeric: tabular-nums;
}
.js .left .tag { left: 6px; }
.js .right .tag { right: 6px; }
.js .frame::after {
  content: ""; position: absolute; top: 0; bottom: 0; left: var(--cut); width: 2px; margin-left: -1px; background: #fff;
  box-shadow: 0 0 3px #000a; pointer-events: none;
}
.js .frame:has(input)::before {
  content: "\\2194"; position: absolute; z-index: 1; top: 50%; left: var(--cut); width: 26px; height: 26px; margin: -13px;
  border-radius: 50%; background: #fffd; color: #222; box-shadow: 0 0 3px #000a; font-size: 15px; line-height: 25px;
  text-align: center; pointer-events: none;
}
.js .frame input {
  display: block; grid-area: 1 / 1; z-index: 1; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: ew-resize;
  appearance: none; touch-action: pan-y;
}
.js .frame input::-webkit-slider-runnable-track { height: 100%; }
.js .frame input::-webkit-slider-thumb { appearance: none; width: 2px; height: 100%; }
.js .frame input::-moz-range-thumb { width: 2px; height: 100%; border: 0; }
.js .frame:has(input:focus-visible) { outline: 3px solid var(--accent); outline-offset: 2px; }
.js .choice { display: flex; flex-wrap: wrap; gap: 6px 14px; margin-top: 8px; }

.strip { font-size: 13px; margin: 18px 0; }
.strip caption { text-align: left; font-weight: 600; padding-bottom: 4px; overflow-wrap: anywhere; }
.strip caption .quiet { font-weight: 400; }
.strip th, .strip td { padding: 3px 6px 3px 0; border: 0; text-align: center; vertical-align: top; }
.strip thead th { font-weight: 600; color: var(--text); }
.strip small { color: var(--quiet); font-weight: 400; }
.strip tbody th { text-align: left; vertical-align: middle; padding-right: 12px; font-weight: 500; }
.strip img { display: block; width: 170px; height: auto; border-radius: 6px; }
#definitions ul { padding-left: 20px; color: var(--quiet); }
#definitions li { max-width: 100ch; margin-bottom: 6px; overflow-wrap: anywhere; }
@media print { .choice, .for-all { display: none !important; } }
`;
}
