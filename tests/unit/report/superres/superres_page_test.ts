import assert from "node:assert/strict";
import { formatSuperresPage } from "../../../../src/report/superres/superres_page.ts";
import { superresPageRecord } from "./superres_records.ts";

const idsOf = (page: string) => [...page.matchAll(/<section id="(\w+)"/g)].map(([, id]) => id);

Deno.test("formatSuperresPage() makes one page of all parts, with links to them, that fetches nothing", () => {
  const page = formatSuperresPage(superresPageRecord());
  const ids = ["scores", "differences", "curves", "examples", "extremes", "definitions"];
  assert.deepEqual(idsOf(page), ids);
  assert.deepEqual([...page.matchAll(/<a href="#(\w+)">/g)].map(([, id]) => id), ids);
  const all = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  assert.equal(new Set(all).size, all.length);
  assert.match(page, /default-src &#39;none&#39;/);
  assert.doesNotMatch(page, /(src|href)="(?!data:|#)/);
  assert.match(page, /their at x2: 1 of 13 results equal the truth/);
});

Deno.test("formatSuperresPage() keeps names from files text, and leaves out what there is none of", () => {
  const table = {
    ...superresPageRecord().table,
    ...{ rows: [], differences: [], methods: [], scales: [] },
  };
  const page = formatSuperresPage(superresPageRecord({
    ...{ table, examples: [], gains: [], losses: [], command: "" },
    title: "<b>&",
  }));
  assert.deepEqual(idsOf(page), ["scores", "definitions"]);
  assert.match(page, /<h1>&lt;b&gt;&amp;<\/h1>/);
});
