import assert from "node:assert/strict";
import { formatRunReport } from "../../../src/report/run_report.ts";
import { logLines, runRecord, validationLine } from "./records.ts";

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

Deno.test("formatRunReport() makes one page of all parts, feedback first", () => {
  const page = formatRunReport(runRecord());
  assert.match(page, /^<!doctype html>\n<html lang="en">/);
  assert.match(page, /<title>first - pconv run<\/title>/);
  assert.deepEqual(idsOf(page), [
    "validation",
    "previews",
    "losses",
    "progress",
    "next",
    "settings",
  ]);
  assert.deepEqual(unbalancedTags(page), []);
});

Deno.test("formatRunReport() shows losses first as long as there is no feedback", () => {
  const page = formatRunReport(runRecord({ validations: [] }));
  assert.deepEqual(idsOf(page).slice(0, 3), ["losses", "progress", "validation"]);
});

Deno.test("formatRunReport() of a run without anything yet says so in every part", () => {
  const { best: _, ...record } = runRecord({ log: [], validations: [], settings: {} });
  const page = formatRunReport({ ...record, state: "running" });
  for (
    const text of [
      "No line in the log yet",
      "No validation yet",
      "No previews yet",
      "No settings",
    ]
  ) {
    assert.ok(page.includes(text), text);
  }
  assert.deepEqual(unbalancedTags(page), []);
});

Deno.test("formatRunReport() of a single line draws dots, not curves", () => {
  const page = formatRunReport(runRecord({ log: logLines(1), validations: [validationLine(10)] }));
  assert.match(page, /<circle/);
  assert.equal(/NaN|Infinity|undefined/.test(page.replace(/<script>[\s\S]*/, "")), false);
});

Deno.test("formatRunReport() needs no other file and no network", () => {
  const page = formatRunReport(runRecord());
  assert.match(page, /content="default-src &#39;none&#39;; img-src data:;/);
  const addresses = page.match(/(?:src|href|action)="(?!data:)[^"]*"/g);
  assert.equal(addresses, null);
});

Deno.test("formatRunReport() shows names from anywhere as text", () => {
  const evil = `</title></script><img src=x onerror="alert('&')">`;
  const line = { ...logLines(1)[0]!, parts: { [evil]: 1 }, held: [evil] };
  const validation = validationLine(10);
  const page = formatRunReport(runRecord({
    name: evil,
    folder: evil,
    settings: { [evil]: evil, list: [evil], images: evil, object: { [evil]: 1 } },
    network: evil,
    task: evil,
    log: [line],
    validations: [{ ...validation, bins: [{ ...validation.bins[0]!, bin: evil }] }],
    leftOut: [{ path: evil, message: evil }],
    startedAt: evil,
    note: evil,
  }));
  assert.equal(page.includes("<img src=x"), false);
  assert.equal(page.match(/<script>/g)?.length, 1);
  assert.deepEqual(unbalancedTags(page), []);
});

Deno.test("formatRunReport() lists what was left out, up to a length", () => {
  const leftOut = Array.from({ length: 250 }, (_, i) => ({ path: `${i}.jpg`, message: "broken" }));
  const page = formatRunReport(runRecord({ leftOut }));
  assert.match(page, /250 files were left out/);
  assert.match(page, /<li>and 50 more<\/li>/);
  assert.match(
    formatRunReport(runRecord({ leftOut: leftOut.slice(0, 1) })),
    /1 file was left out/,
  );
});

Deno.test("formatRunReport() writes settings as one would say them", () => {
  const page = formatRunReport(runRecord());
  assert.match(page, /<th scope="row">maskRatio<\/th><td>0\.01, 0\.6<\/td>/);
  assert.match(page, /<th scope="row">recipe<\/th><td>reconstruction<\/td>/);
});

Deno.test("formatRunReport() of a long log stays small", () => {
  const log = logLines(50_000).map((line) => ({ ...line, total: line.step % 997 }));
  const page = formatRunReport(runRecord({ log, steps: 500_000 }));
  assert.ok(page.length < 400_000, `${page.length} characters`);
});
