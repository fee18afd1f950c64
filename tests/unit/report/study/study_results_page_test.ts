import assert from "node:assert/strict";
import { formatStudyResultsPage } from "../../../../src/report/study/study_results_page.ts";
import { someResults, studyRow } from "./study_results_record.ts";

const idsOf = (page: string) => [...page.matchAll(/<section id="(\w+)"/g)].map(([, id]) => id);

Deno.test("formatStudyResultsPage() draws both experiments for all holes and either class", () => {
  const page = formatStudyResultsPage(someResults());
  assert.deepEqual(idsOf(page), ["unlimited", "limited", "tables", "counted"]);
  // No answer of class B without a limit of time, none of class N within one.
  assert.equal(page.match(/<svg class="rates"/g)!.length, 4);
  assert.equal(page.match(/<p class="empty">No answers<\/p>/g)!.length, 2);
  assert.match(page, /<td><b>75\.0 %<\/b><small>30\.0 to 95\.0<\/small><small>4 answers, 1\.5 s/);
});

Deno.test("formatStudyResultsPage() gives a method one colour in both experiments", () => {
  const page = formatStudyResultsPage(someResults());
  const tones = [...page.matchAll(/<span class="swatch ([\w- ]+)"><\/span>(\w+)</g)];
  assert.deepEqual(tones.map(([, tone, name]) => `${name} ${tone}`), [
    "telea lane-1",
    "ours lane-0",
    "telea lane-1",
  ]);
});

Deno.test("formatStudyResultsPage() needs no other file, no script and no network", () => {
  const page = formatStudyResultsPage(someResults());
  assert.match(page, /content="default-src &#39;none&#39;; img-src data:; style-src/);
  assert.equal(/<script|(?:src|href|action)=/.test(page), false);
});

Deno.test("formatStudyResultsPage() of no answers says so", () => {
  const page = formatStudyResultsPage(someResults({ unlimited: [], limited: [] }));
  assert.match(page, /No answers yet/);
  assert.deepEqual(idsOf(page), ["counted"]);
  assert.equal(/NaN|undefined/.test(page), false);
});

Deno.test("formatStudyResultsPage() shows names from anywhere as text", () => {
  const evil = `</title><img src=x onerror="1">`;
  const page = formatStudyResultsPage(someResults({
    study: evil,
    focus: null,
    unlimited: [studyRow({ over: evil, preferred: evil })],
  }));
  assert.equal(page.includes("<img"), false);
});
