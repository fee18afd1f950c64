/**
 * The style sheet of the page of a study, light and dark.
 * @module
 */

/** Text within a `style` element; loads nothing. Pictures stand on a grey that is the same in both themes. */
export const STUDY_STYLE = `
:root {
  color-scheme: light dark; --stage: #707070; --on-stage: #ffffff;
  --page: #ffffff; --panel: #f2f4f7; --line: #c9d0d9; --text: #1b2027; --quiet: #55606e; --accent: #1d66d6; --on-accent: #ffffff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14171b; --panel: #1f242b; --line: #3a424d; --text: #e6e9ee; --quiet: #a3adba; --accent: #6ea8fe; --on-accent: #10151c;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html, body { height: 100%; }
body {
  margin: 0; display: flex; flex-direction: column; background: var(--page); color: var(--text);
  font: 17px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
main { flex: 1; min-height: 0; display: flex; flex-direction: column; }
#intro, #pause, #end { width: 100%; max-width: 680px; margin: auto; padding: 24px 20px; }
h1 { margin: 0 0 12px; font-size: 30px; line-height: 1.2; }
h2 { margin: 0 0 10px; font-size: 24px; line-height: 1.25; }
p { margin: 0 0 14px; }
ul { margin: 0 0 14px; padding-left: 22px; }
.quiet { color: var(--quiet); font-size: 15px; }
.note { padding: 10px 14px; border-left: 4px solid var(--accent); background: var(--panel); }
kbd {
  display: inline-block; min-width: 1.7em; padding: 0 .4em; border: 1px solid var(--line); border-radius: 5px;
  background: var(--panel); color: var(--text); font: inherit; font-size: .85em; text-align: center;
}
label { display: block; margin-bottom: 4px; font-weight: 600; }
form { display: grid; gap: 14px; justify-items: start; margin-top: 20px; }
input, textarea {
  width: 100%; padding: 9px 12px; border: 1px solid var(--line); border-radius: 7px; background: var(--page); color: var(--text);
  font: inherit;
}
form > div { width: 100%; max-width: 380px; }
textarea { height: 150px; font: 13px/1.4 ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
button, #file {
  display: inline-block; padding: 9px 20px; border: 1px solid var(--line); border-radius: 7px; background: var(--panel);
  color: var(--text); font: inherit; text-decoration: none; cursor: pointer; overflow-wrap: anywhere;
}
button.main, #file { border-color: var(--accent); background: var(--accent); color: var(--on-accent); font-weight: 600; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
details { margin: 16px 0; }
summary { cursor: pointer; }

#task { flex: 1; min-height: 0; display: flex; flex-direction: column; padding: 12px; gap: 10px; }
#question { margin: 0; font-size: 20px; font-weight: 600; text-align: center; }
#stage {
  position: relative; flex: 1; min-height: 120px; display: grid; grid-template-columns: 1fr 1fr; gap: 12px; padding: 12px;
  background: var(--stage); border-radius: 8px;
}
.side { position: relative; min-width: 0; min-height: 0; }
/* Drawn before they are due and shown by opacity alone, so that the first frame is not late. */
.side img {
  position: absolute; inset: 0; margin: auto; max-width: 100%; max-height: 100%; opacity: 0; will-change: opacity;
}
#stage.on .side img { opacity: 1; }
#stage.asks .side { cursor: pointer; }
#stage.asks:not(.on) .side { border: 2px dashed var(--on-stage); border-radius: 8px; }
#cross, #message {
  position: absolute; inset: 0; margin: 0; padding: 20px; display: grid; place-content: center; color: var(--on-stage); text-align: center;
  pointer-events: none; overflow-wrap: anywhere;
}
#cross { font-size: 48px; line-height: 1; }
#choices { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; visibility: hidden; }
#stage.asks + #choices { visibility: visible; }
#choices button { padding: 10px; }

#bar { display: flex; align-items: center; gap: 14px; padding: 8px 14px; color: var(--quiet); font-size: 15px; }
#bar button { padding: 5px 12px; white-space: nowrap; }
#count { white-space: nowrap; font-variant-numeric: tabular-nums; }
progress { flex: 1; min-width: 40px; height: 8px; appearance: none; border: 0; border-radius: 4px; background: var(--line); overflow: hidden; }
progress::-webkit-progress-bar { background: var(--line); }
progress::-webkit-progress-value { background: var(--accent); }
progress::-moz-progress-bar { background: var(--accent); }

@media (max-width: 480px) {
  body { font-size: 16px; }
  h1 { font-size: 25px; }
  #task { padding: 6px; }
  #stage, #choices { gap: 6px; }
  #stage { padding: 6px; }
}
`;
