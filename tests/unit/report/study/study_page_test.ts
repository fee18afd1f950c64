import assert from "node:assert/strict";
import { formatStudyPage } from "../../../../src/report/study/study_page.ts";

const TRIALS = [
  { id: "t1", left: "0a", right: "1b", durationMs: 250, group: 0 },
  { id: "t2", left: "2c", right: "3d", durationMs: null, group: 1 },
];

/** What the script reads. */
function dataOf(page: string): unknown {
  return JSON.parse(/<script type="application\/json" id="study">(.*?)<\/script>/s.exec(page)![1]!);
}

Deno.test("formatStudyPage() makes one page that holds its trials", () => {
  const page = formatStudyPage({ study: "s", trials: TRIALS });
  assert.match(page, /^<!doctype html>\n<html lang="en">/);
  const { id, trials } = dataOf(page) as { id: string; trials: unknown };
  assert.deepEqual({ id, trials }, { id: "s", trials: TRIALS });
  assert.equal(page, formatStudyPage({ study: "s", trials: TRIALS }));
});

Deno.test("formatStudyPage() lets in pictures from beside it, and nothing else", () => {
  const page = formatStudyPage({ study: "s", trials: TRIALS });
  assert.match(page, /content="default-src &#39;none&#39;; img-src &#39;self&#39; file: data:;/);
  assert.equal(page.match(/(?:src|href|action)="[^"]*"/g), null);
});

Deno.test("formatStudyPage() says how many comparisons there are and how long they take", () => {
  const many = Array.from({ length: 60 }, (_, i) => ({ ...TRIALS[i % 2]!, id: `${i}` }));
  // A minute, 30 times 0.25 + 3.5 s and 30 times 7 s: 382.5 s.
  assert.match(
    formatStudyPage({ study: "s", trials: many }),
    /60 comparisons, which take about 6 min/,
  );
});

Deno.test("formatStudyPage() has every element that its script asks for, once", () => {
  const page = formatStudyPage({ study: "s", trials: TRIALS });
  const asked = [...page.matchAll(/(?:byId|getElementById)\("([\w-]+)"\)/g)].map(([, id]) => id!);
  assert.ok(asked.length > 10);
  for (const id of new Set(asked)) assert.equal(page.split(` id="${id}"`).length, 2, id);
});

Deno.test("formatStudyPage() cannot be ended by what it holds", () => {
  const evil = "</script><img src=x>";
  const page = formatStudyPage({ study: evil, trials: [{ ...TRIALS[0]!, id: evil, left: evil }] });
  assert.equal(page.includes("<img"), false);
  assert.equal((dataOf(page) as { id: string }).id, evil);
});

Deno.test("formatStudyPage() does not say who made it, for that may be a method", () => {
  assert.equal(/pconv/i.test(formatStudyPage({ study: "s", trials: TRIALS })), false);
});
