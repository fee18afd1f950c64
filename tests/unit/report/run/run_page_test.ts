import assert from "node:assert/strict";
import { runPage } from "../../../../src/report/run/run_page.ts";
import { failedRow, HOSTILE, pictureRow, runExample, runPageRecord } from "./run_records.ts";

const idsOf = (page: string) => [...page.matchAll(/<section id="(\w+)"/g)].map(([, id]) => id);

Deno.test("runPage() makes one page of all parts, with links to them, that fetches nothing", () => {
  const { rows } = runPageRecord();
  const page = runPage(runPageRecord({ rows: [...rows, ...rows, ...rows, ...rows, ...rows] }));
  const ids = ["failures", "examples", "spread", "pictures", "again"];
  assert.deepEqual(idsOf(page), ids);
  const links = page.slice(page.indexOf("<nav"), page.indexOf("</nav>"));
  assert.deepEqual([...links.matchAll(/href="#(\w+)"/g)].map(([, id]) => id), ids);
  const all = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  assert.equal(new Set(all).size, all.length);
  assert.match(page, /default-src &#39;none&#39;/);
  assert.doesNotMatch(page, /(src|href)="(?!data:|#)/);
  assert.match(page, /<code>pconv inpaint in -m masks -o out<\/code>/);
  assert.match(page, /<dt>device<\/dt><dd>cpu<\/dd>/);
});

Deno.test("runPage() leaves out what there is none of", () => {
  const page = runPage(
    runPageRecord({ rows: [], examples: [], facts: [], command: "", examplesLeftOut: 0 }),
  );
  assert.deepEqual(idsOf(page), []);
  assert.match(page, /No pictures/);
});

Deno.test("runPage() keeps everything from files and settings text", () => {
  const page = runPage(runPageRecord({
    title: HOSTILE,
    command: HOSTILE,
    version: HOSTILE,
    startedAt: HOSTILE,
    facts: [[HOSTILE, HOSTILE]],
    rows: [
      pictureRow({ input: HOSTILE, output: HOSTILE, mask: HOSTILE, warnings: [HOSTILE] }),
      { ...failedRow(HOSTILE, HOSTILE), shard: HOSTILE },
    ],
    examples: [runExample(HOSTILE)],
  }));
  // The page's own script is the only one.
  assert.equal(page.match(/<script/g)!.length, 1);
  assert.doesNotMatch(page, /x"'/);
});

Deno.test("runPage() spends some 300 bytes on a row", () => {
  const rows = Array.from({ length: 1000 }, (_, i) => pictureRow({ input: `in/${i}.png` }));
  const size = (count: number) => runPage(runPageRecord({ rows: rows.slice(0, count) })).length;
  assert.ok((size(1000) - size(500)) / 500 < 400);
});
