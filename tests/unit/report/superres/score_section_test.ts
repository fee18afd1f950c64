import assert from "node:assert/strict";
import { htmlText } from "../../../../src/report/html.ts";
import {
  chartSection,
  differenceSection,
  scoreSection,
} from "../../../../src/report/superres/score_section.ts";
import { superresPageRecord, superresTable } from "./superres_records.ts";

Deno.test("scoreSection() draws means with intervals, the best bold, and no empty table", () => {
  const html = htmlText(scoreSection(superresTable()));
  assert.match(
    html,
    /<td class="best" title="14 images">31\.00<small>30\.50–31\.50<\/small><\/td>/,
  );
  assert.match(html, /<td class="quiet">–<\/td>/);
  assert.equal(html.match(/<table/g)!.length, 3);
  const none = htmlText(scoreSection({ ...superresTable(), rows: [] }));
  assert.match(none, /No picture was scored/);
});

Deno.test("chartSection() draws Y and time over the scale", () => {
  const html = htmlText(chartSection(superresTable())!);
  assert.equal(html.match(/<svg class="bins"/g)!.length, 3);
  assert.match(html, /<title>superres: x3: 28\.00<\/title>/);
  assert.equal(chartSection({ ...superresTable(), rows: [] }), undefined);
});

Deno.test("differenceSection() says in words and numbers who is above and below", () => {
  const html = htmlText(differenceSection(superresPageRecord())!);
  assert.match(html, /<li>superres is below bicubic at x2 by 0\.29 dB<\/li>/);
  assert.match(html, /<td>-0\.4000 to -0\.1000<\/td>/);
  assert.match(html, /<td class="verdict ">worse<\/td>/);
  // The range goes from -0.4 to 0.6: 0 lies at 6 + 0.4 · 148 = 65.2 of the 160 units.
  assert.match(html, /<path class="zero" d="M65\.2 0V18"\/>/);
  const table = { ...superresTable(), differences: [] };
  assert.equal(differenceSection(superresPageRecord({ table })), undefined);
});
