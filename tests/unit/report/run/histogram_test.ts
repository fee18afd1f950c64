import assert from "node:assert/strict";
import { htmlText } from "../../../../src/report/html.ts";
import { drawHistogram } from "../../../../src/report/run/histogram.ts";

const classes = [
  { label: "0", count: 0, range: "none" },
  { label: "1", count: 5, range: "few" },
  { label: "2", count: 20, range: "<many>" },
];

Deno.test("drawHistogram() draws bars as high as their counts", () => {
  const html = htmlText(drawHistogram({ title: "Pictures", classes, note: "a note" })!);
  const heights = [...html.matchAll(/class="bar"[^>]*height="([\d.]+)"/g)].map(([, h]) =>
    Number(h)
  );
  assert.equal(heights[0], 0);
  // Rounded to a tenth.
  assert.ok(Math.abs(heights[2]! / heights[1]! - 4) < 0.02, String(heights));
  assert.match(html, /aria-label="Pictures: few 5, &lt;many&gt; 20"/);
  assert.match(html, /<title>few: 5<\/title>/);
  assert.match(html, /a note/);
});

Deno.test("drawHistogram() draws nothing where nothing was counted", () => {
  assert.equal(drawHistogram({ title: "t", classes: classes.slice(0, 1), note: "" }), undefined);
  assert.equal(drawHistogram({ title: "t", classes: [], note: "" }), undefined);
});
