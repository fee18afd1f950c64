import assert from "node:assert/strict";
import { htmlText } from "../../../../src/report/html.ts";
import { runHead } from "../../../../src/report/run/run_head.ts";
import { failedRow, pictureRow, runPageRecord } from "./run_records.ts";

const head = (changes: Parameters<typeof runPageRecord>[0] = {}) =>
  htmlText(runHead(runPageRecord(changes)));

/** What stands under a name. */
function figure(html: string, name: string): string | undefined {
  return new RegExp(`<dt>${name}</dt><dd>(.*?)</dd>`).exec(html)?.[1];
}

Deno.test("runHead() counts what was done now, before and not at all", () => {
  const html = head();
  assert.equal(figure(html, "Done"), "1<small>1 filled</small>");
  assert.equal(figure(html, "Failed"), "1<small>listed below</small>");
  assert.equal(figure(html, "Done before"), "1<small>not done again</small>");
  assert.match(html, /<p class="state diverged">1 failed<\/p>/);
  assert.match(html, /3 pictures, started 2026-11-25 22:03 UTC, pconv 1\.2\.3/);
});

Deno.test("runHead() gives speed from the clock, and the median of the pictures' own times", () => {
  // One picture done in 4 s of the clock: 0.25 a second, 900 an hour. The one done before does not count.
  assert.equal(figure(head(), "Pictures per second"), "0.25<small>900 an hour</small>");
  const rows = [100, 5000, 300].map((elapsedMs) => pictureRow({ elapsedMs }));
  assert.match(figure(head({ rows }), "Time of a picture")!, /^300 ms</);
  assert.equal(figure(head({ rows: [failedRow("a")] }), "Pictures per second"), undefined);
  assert.equal(figure(head({ elapsedMs: 0 }), "Pictures per second"), undefined);
});

Deno.test("runHead() tells warnings and verified files, where there are any", () => {
  assert.equal(figure(head(), "Warnings"), undefined);
  assert.equal(figure(head(), "Verified"), undefined);
  const rows = [pictureRow({ warnings: ["soft", "small"], verified: "same" })];
  assert.equal(figure(head({ rows }), "Warnings"), "1<small>picture has some</small>");
  assert.match(figure(head({ rows }), "Verified")!, /^1</);
  assert.match(head({ rows }), /<p class="state done">All done<\/p>/);
  assert.match(head({ rows: [] }), /No pictures/);
});

Deno.test("runHead() shows a start that is no time as it is, and escapes it", () => {
  assert.match(head({ startedAt: "<now>", title: "<b>" }), /started &lt;now&gt;/);
  assert.match(head({ title: "<b>" }), /<h1>&lt;b&gt;<\/h1>/);
});
