import assert from "node:assert/strict";
import { formatEvalPage } from "../../../../src/report/eval/eval_page.ts";
import { evalExample, evalPageRecord, evalRow, evalTable } from "./records.ts";

/** Names of tags that are open at the end or closed wrongly; void tags and those of SVG that end themselves aside. */
function unbalancedTags(page: string): string[] {
  const empty = new Set(["meta", "img", "input", "br"]);
  const open: string[] = [];
  const body = page.replace(/<(style|script)>[\s\S]*?<\/\1>/g, "");
  for (const [, close, name, end] of body.matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*?(\/?)>/g)) {
    if (empty.has(name!) || end === "/") continue;
    if (close === "") open.push(name!);
    else if (open.pop() !== name) return [name!];
  }
  return open;
}

const idsOf = (page: string) => [...page.matchAll(/<section[^>]* id="(\w+)"/g)].map(([, id]) => id);

Deno.test("formatEvalPage() makes one page of all parts, with links to them", () => {
  const page = formatEvalPage(evalPageRecord({ table: evalTable([0, 5]) }));
  assert.match(page, /^<!doctype html>\n<html lang="en">/);
  assert.match(page, /<title>Garden - pconv eval<\/title>/);
  const ids = [
    "scores",
    "curves",
    "comparisons",
    "dilation",
    "examples",
    "extremes",
    "presets",
    "definitions",
  ];
  assert.deepEqual(idsOf(page), ids);
  assert.deepEqual([...page.matchAll(/<a href="#(\w+)">/g)].map(([, id]) => id), ids);
  assert.match(page, /<dt>pairs<\/dt><dd>10<\/dd>/);
  assert.match(page, /<code>pconv eval garden<\/code>/);
  assert.deepEqual(unbalancedTags(page), []);
  const allIds = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  assert.equal(new Set(allIds).size, allIds.length);
});

Deno.test("formatEvalPage() of nothing leaves parts out", () => {
  const page = formatEvalPage(evalPageRecord({
    command: "",
    facts: [],
    table: { methods: [], dilations: [], rows: [] },
    definitions: [],
    problems: [],
    remarks: [],
    comparisons: [],
    presets: [],
    examples: [],
    best: [],
    worst: [],
  }));
  assert.deepEqual(idsOf(page), ["scores"]);
  assert.deepEqual(unbalancedTags(page), []);
});

Deno.test("formatEvalPage() needs no other file and no network", () => {
  const page = formatEvalPage(evalPageRecord());
  assert.match(page, /content="default-src &#39;none&#39;; img-src data:;/);
  const addresses = page.match(/(?:src|href|action)="(?!data:|#)[^"]*"/g);
  assert.equal(addresses, null);
});

Deno.test("formatEvalPage() shows names from anywhere as text", () => {
  const evil = `</title></script><img src=x onerror="alert('&')">`;
  const results = [{ method: evil, picture: new Uint8Array(1), holePsnr: 1 }];
  const example = evalExample({ image: evil, mask: evil, bin: evil, results });
  const row = { bin: evil, border: "N", pairs: 1, mean: 1, low: 0, high: 1, wins: 1 } as const;
  const page = formatEvalPage(evalPageRecord({
    title: evil,
    command: evil,
    facts: [[evil, evil]],
    table: {
      methods: [evil],
      dilations: [0, 5],
      rows: [evalRow({ method: evil, identical: 1, border: "N" }), evalRow({ dilate: 5 })],
    },
    definitions: [evil],
    problems: [evil],
    remarks: [evil],
    comparisons: [{ a: evil, b: evil, score: evil, unit: evil, rows: [{ ...row, verdict: "a" }] }],
    presets: [{ name: evil, head: [evil], rows: [[evil]], definition: [evil] }],
    primary: evil,
    examples: [example],
    best: [example],
    worst: [example],
    dilationExamples: [example],
  }));
  assert.equal(page.includes("<img src=x"), false);
  assert.equal(page.match(/<script>/g)?.length, 1);
  assert.deepEqual(unbalancedTags(page), []);
});

Deno.test("formatEvalPage() without pictures stays small", () => {
  const base = evalPageRecord({ examples: [], best: [], worst: [] });
  assert.ok(formatEvalPage(base).length < 60_000);
});
