/**
 * The style sheet of report pages, light and dark.
 * @module
 */

/**
 * Colours by role; `bin-0` to `bin-7` run from small holes to large ones: below the paper's six ranges, the six, above.
 *
 * The six grow lighter in equal steps of OKLCH while the hue turns from blue over red to yellow, as far as contrast to
 * the panel allows (3:1), so that every kind of colour vision can tell neighbours apart. The ends are grey and brown.
 * tests/unit/report/page_style_test.ts measures it.
 */
const LIGHT = `
  --page: #ffffff; --panel: #f6f7f9; --line: #dfe3e8; --text: #1b2027; --quiet: #5b6573;
  --accent: #1d66d6; --raw: #9dbdf0; --good: #1a7f4b; --warn: #9a5b00; --bad: #c0262d;
  --warn-panel: #fff6e5; --bad-panel: #fdecec;
  --lane-0: #1d66d6; --lane-1: #b3580a; --lane-2: #1a7f4b; --lane-3: #8b3fb0;
  --bin-0: #7b828d; --bin-1: #03435b; --bin-2: #2713d5; --bin-3: #810cb7;
  --bin-4: #b9117a; --bin-5: #e11302; --bin-6: #ba7917; --bin-7: #6b4a2b;
`;

const DARK = `
  --page: #14171b; --panel: #1c2026; --line: #323841; --text: #e6e9ee; --quiet: #9aa4b2;
  --accent: #6ea8fe; --raw: #36557f; --good: #4cc38a; --warn: #f0b429; --bad: #ff7b7b;
  --warn-panel: #2c2412; --bad-panel: #331a1c;
  --lane-0: #6ea8fe; --lane-1: #f0a35e; --lane-2: #4cc38a; --lane-3: #c792ea;
  --bin-0: #868f9c; --bin-1: #0871c1; --bin-2: #8958fb; --bin-3: #ea38d3;
  --bin-4: #fe7382; --bin-5: #fca257; --bin-6: #e8cf23; --bin-7: #c9b79c;
`;

/** A class for the colour of a curve, a dot and a swatch. */
const TONES = [
  ["main", "--accent"],
  ["raw", "--raw"],
  ["overall", "--text"],
  ...Array.from({ length: 8 }, (_, i) => [`bin-${i}`, `--bin-${i}`]),
].map(([name, colour]) => `.${name} { --tone: var(${colour}); }`).join("\n");

const LANES = Array.from({ length: 4 }, (_, i) => `.lane-${i} { --tone: var(--lane-${i}); }`)
  .join("\n");

/** Text within a `style` element; loads nothing. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; ${LIGHT} }
@media (prefers-color-scheme: dark) { :root { ${DARK} } }
${TONES}
${LANES}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
main { max-width: 1240px; margin: 0 auto; padding: 24px 20px; }
footer { max-width: 1240px; margin: 0 auto; padding: 0 20px 32px; color: var(--quiet); font-size: 13px; }
h1 { margin: 0 0 4px; font-size: 28px; line-height: 1.2; overflow-wrap: anywhere; }
h2 { margin: 0 0 6px; font-size: 19px; }
p { margin: 0 0 10px; }
section { margin-top: 40px; }
section > p { color: var(--quiet); max-width: 80ch; }
code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 13px; }
.quiet { color: var(--quiet); overflow-wrap: anywhere; }
.empty, section > p.empty { max-width: none; color: var(--quiet); background: var(--panel); border-radius: 8px; padding: 14px 16px; }
.scroll { overflow-x: auto; }

.state { float: right; margin: 6px 0 0 12px; padding: 2px 12px; border: 1px solid; border-radius: 99px; font-size: 13px; font-weight: 600; }
.state.running { color: var(--accent); }
.state.done { color: var(--good); }
.state.interrupted { color: var(--warn); }
.state.diverged { color: var(--bad); }
progress {
  display: block; width: 100%; height: 6px; margin: 14px 0; appearance: none; border: 0; border-radius: 3px;
  background: var(--line); overflow: hidden;
}
progress::-webkit-progress-bar { background: var(--line); }
progress::-webkit-progress-value { background: var(--accent); }
progress::-moz-progress-bar { background: var(--accent); }
.note { border-radius: 8px; padding: 10px 16px; margin: 14px 0; background: var(--panel); overflow-wrap: anywhere; }
.note.diverged { background: var(--bad-panel); color: var(--bad); font-weight: 600; }
.note.warning, .note.interrupted { background: var(--warn-panel); }
.note summary { cursor: pointer; font-weight: 600; color: var(--warn); }
.note ul { margin: 8px 0 0; padding-left: 20px; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(132px, 1fr)); gap: 12px; margin: 16px 0 0; }
.facts div { background: var(--panel); border-radius: 8px; padding: 10px 12px; }
.facts dt { color: var(--quiet); font-size: 13px; }
.facts dd { margin: 0; font-size: 19px; font-weight: 600; line-height: 1.4; font-variant-numeric: tabular-nums; }
.facts small { display: block; color: var(--quiet); font-size: 13px; font-weight: 400; }

.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 300px), 1fr)); gap: 16px; margin-top: 12px; align-items: start; }
.chart { margin: 0; padding: 12px 12px 8px; background: var(--panel); border-radius: 8px; min-width: 0; container-type: inline-size; }
.chart figcaption { display: flex; justify-content: space-between; gap: 12px; padding: 0 4px 4px; }
.chart-name { font-weight: 600; overflow-wrap: anywhere; }
.chart-value { color: var(--quiet); white-space: nowrap; font-variant-numeric: tabular-nums; }
.chart-note { margin: 2px 4px 4px; color: var(--quiet); font-size: 13px; overflow-wrap: anywhere; }
.plot { position: relative; }
svg { display: block; width: 100%; height: auto; touch-action: pan-y; font: 12px system-ui, sans-serif; }
/* A chart is scaled as a whole, so its letters are made larger where it is small. */
@container (max-width: 340px) { svg { font-size: 13.5px; } }
@container (min-width: 440px) { svg { font-size: 10.5px; } }
@container (min-width: 540px) { svg { font-size: 9px; } }
svg path { fill: none; }
.grid { stroke: var(--line); stroke-width: 1; }
.axis { stroke: var(--quiet); stroke-width: 1; opacity: .7; }
.tick { fill: var(--quiet); text-anchor: end; font-variant-numeric: tabular-nums; }
.tick.middle { text-anchor: middle; }
.curve path { stroke: var(--tone); stroke-width: 1.5; stroke-linejoin: round; stroke-linecap: round; }
.curve circle { fill: var(--tone); }
.curve.main path { stroke-width: 2; }
.curve.raw path { stroke-width: 1; }
.curve.overall path { stroke-width: 2.4; }
.band rect { fill: var(--tone); opacity: .16; }
.band text { fill: var(--tone); font-size: .9em; }
.mark path { stroke: var(--good); stroke-width: 1.2; stroke-dasharray: 4 3; }
.mark text { fill: var(--good); font-size: .9em; }
.end { text-anchor: end; }
.pointer { stroke: var(--quiet); stroke-width: 1; }
.tip {
  position: absolute; top: 4px; z-index: 2; display: grid; gap: 1px; padding: 6px 10px; pointer-events: none;
  background: var(--page); border: 1px solid var(--line); border-radius: 6px; font-size: 12.5px; white-space: nowrap;
}
.tip[hidden] { display: none; }
.tip > span { display: flex; align-items: center; gap: 6px; }
.tip b { margin-left: auto; padding-left: 10px; font-variant-numeric: tabular-nums; }
.swatch { display: inline-block; width: 14px; height: 4px; border-radius: 2px; background: var(--tone); }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 0 0 4px; padding: 0; list-style: none; font-size: 13.5px; }
.legend li { display: flex; align-items: center; gap: 7px; }
.scores { grid-column: 1 / -1; padding: 12px 16px; background: var(--panel); border-radius: 8px; }
@media (min-width: 1116px) { .scores { grid-column: span 2; } }

.switches { display: flex; flex-wrap: wrap; gap: 6px 24px; font-size: 14px; }
.switches label { margin-right: 12px; cursor: pointer; }
.losses svg.log, .losses .when-log { display: none; }
.losses:has(.log-scale:checked) .has-log svg.log { display: block; }
.losses:has(.log-scale:checked) .has-log svg.linear { display: none; }
.losses:has(.log-scale:checked) .when-log { display: block; }
.losses:has(.show-raw:not(:checked)) .curve.raw { display: none; }

.slider { display: none; align-items: center; gap: 10px; margin: 10px 0; }
.js .slider { display: flex; }
.slider input { flex: 1; min-width: 0; max-width: 560px; accent-color: var(--accent); }
.slider output { font-weight: 600; white-space: nowrap; font-variant-numeric: tabular-nums; }
.slider button {
  border: 1px solid var(--line); border-radius: 6px; background: var(--panel); color: var(--text);
  font-size: 12px; padding: 5px 10px; cursor: pointer;
}
.slider button:disabled { opacity: .4; cursor: default; }
.sheet { margin: 0 0 16px; }
.sheet figcaption { font-weight: 600; margin-bottom: 4px; }
.sheet img { display: block; max-width: 100%; min-width: min(640px, 180vw); height: auto; border-radius: 6px; }
.js .sheets .sheet:not(.current) { display: none; }
.js .slider + .sheets figcaption { display: none; }

/* A halo, as labels may cross lines. */
.band text, .mark text { paint-order: stroke; stroke: var(--panel); stroke-width: 3px; stroke-linejoin: round; }
table { border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums; }
.scores p { color: var(--quiet); font-size: 14px; max-width: 72ch; }
th, td { padding: 5px 14px 5px 0; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
th { font-weight: 600; }
th:first-child, .settings td { text-align: left; }
.settings td { white-space: normal; overflow-wrap: anywhere; }
thead th { color: var(--quiet); font-weight: 500; }
tr.sum th, tr.sum td { font-weight: 700; }
tr.quiet th, tr.quiet td { font-weight: 400; }
pre { margin: 0 0 14px; padding: 10px 14px; background: var(--panel); border-radius: 8px; overflow-x: auto; }
#next p { margin-bottom: 4px; }

@media (max-width: 480px) {
  main { padding: 16px 14px; }
  h1 { font-size: 23px; }
  .facts { grid-template-columns: repeat(2, 1fr); }
  .chart { padding: 10px 8px 6px; }
}
@media print { .slider, .switches { display: none !important; } .chart { break-inside: avoid; } }
`;
