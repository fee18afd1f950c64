/**
 * The style sheet of a run's page, beside that of all pages and that of pictures with sliders.
 * @module
 */

/** Text within a `style` element; loads nothing. */
export const RUN_STYLE = `
.failures { margin: 0; padding: 0; list-style: none; }
.failures li {
  margin: 0 0 8px; padding: 8px 14px; border-left: 3px solid var(--bad); border-radius: 0 8px 8px 0;
  background: var(--bad-panel); overflow-wrap: anywhere;
}
details .failures { margin-top: 10px; padding: 0; }
#failures h2 { color: var(--bad); }
.bar { fill: var(--accent); }
.frame { background: var(--panel); }
.frame img { object-fit: contain; }

.filters { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 20px; margin: 10px 0; }
.filters[hidden], .more[hidden] { display: none; }
.filters .switches { margin: 0; }
.filters output { color: var(--quiet); font-size: 14px; font-variant-numeric: tabular-nums; }
.find { display: flex; align-items: center; gap: 8px; font-size: 14px; flex: 0 1 320px; }
.find input {
  flex: 1; min-width: 0; padding: 6px 10px; border: 1px solid var(--line); border-radius: 8px; background: var(--panel);
  color: var(--text); font: inherit;
}
.find input:focus-visible, .more button:focus-visible, .pictures button:focus-visible, .scroll:focus-visible {
  outline: 2px solid var(--accent); outline-offset: 1px;
}
.more button {
  padding: 7px 14px; border: 1px solid var(--line); border-radius: 8px; background: var(--panel); color: var(--text);
  font: inherit; font-size: 14px; cursor: pointer;
}
.pictures { width: 100%; font-size: 13.5px; line-height: 1.4; }
.pictures th, .pictures td { padding: 6px 16px 6px 0; text-align: left; vertical-align: top; }
.pictures .number { text-align: right; }
.pictures tbody th { font-weight: 500; white-space: normal; overflow-wrap: anywhere; min-width: 200px; }
.pictures small { display: block; color: var(--quiet); font-size: 12px; font-weight: 400; }
.pictures .notes { white-space: normal; overflow-wrap: anywhere; min-width: 220px; max-width: 460px; color: var(--quiet); padding-right: 0; }
.notes p { margin: 0; }
.notes .error { color: var(--bad); }
.notes .warn { color: var(--warn); }
.pictures thead button {
  padding: 0; border: 0; background: none; color: inherit; font: inherit; cursor: pointer; white-space: nowrap;
}
.pictures thead button::after { content: "\\2195"; display: inline-block; width: 1em; text-align: center; opacity: .45; }
.pictures [aria-sort=ascending] button::after { content: "\\2191"; opacity: 1; }
.pictures [aria-sort=descending] button::after { content: "\\2193"; opacity: 1; }
.pictures [aria-sort] button { color: var(--text); }
.status { white-space: nowrap; }
.status::before {
  content: ""; display: inline-block; width: 8px; height: 8px; margin-right: 7px; border-radius: 50%; background: var(--quiet);
}
.status.failed { color: var(--bad); font-weight: 600; }
.status.failed::before { background: var(--bad); border-radius: 1px; }
.status.filled::before, .status.enlarged::before { background: var(--good); }
#again .about { margin-top: 6px; }
/* Each row becomes a card. */
@media (max-width: 700px) {
  .find { flex-basis: 100%; }
  .pictures, .pictures thead, .pictures tbody, .pictures tr { display: block; }
  .pictures thead th { display: inline-block; padding: 2px 12px 6px 0; border: 0; }
  .pictures tbody tr { padding: 8px 0; border-bottom: 1px solid var(--line); }
  .pictures tbody th, .pictures .notes { display: block; min-width: 0; max-width: none; padding: 0; border: 0; }
  .pictures td { display: inline-block; padding: 2px 14px 2px 0; border: 0; }
  .pictures td:empty { display: none; }
}
@media print {
  .filters, .more, nav, .frame input { display: none !important; }
  .scroll { overflow: visible; }
  .pictures { font-size: 11px; }
  .pictures small { font-size: 10px; }
  .pictures tbody th, .pictures .notes { min-width: 0; }
  .pictures th, .pictures td { padding-right: 9px; }
  .example, .failures li, .pictures tr { break-inside: avoid; }
  .pictures thead button::after { content: none; }
  .js .frame { display: flex; overflow: visible; }
  .js .frame::before, .js .frame::after { content: none !important; }
  .js .layer, .js .layer.current { position: static; display: block; clip-path: none !important; width: calc(50% - 3px); }
  .js .tag { position: static; max-width: none; padding: 0; background: none; color: inherit; }
}
`;
