import assert from "node:assert/strict";
import { htmlText } from "../../../../src/report/html.ts";
import { scoreSection } from "../../../../src/report/eval/score_section.ts";
import { estimate, evalRow, evalTable } from "./records.ts";

const section = (table = evalTable()) => htmlText(scoreSection(table));

/** The part of the page that has one measure. */
const part = (page: string, name: string) =>
  page.slice(page.indexOf(`<div class="measure of-${name}">`)).split("</table>")[0]!;

Deno.test("scoreSection() has a table and a switch for each measure that there is", () => {
  const page = section();
  assert.deepEqual([...page.matchAll(/class="(pick-[\w-]+)"/g)].map(([, name]) => name), [
    "pick-composite-psnr",
    "pick-hole-psnr",
    "pick-time",
    "pick-pair",
    "pick-n",
    "pick-b",
    "pick-both",
  ]);
  assert.match(page, /class="pick-composite-psnr" checked>/);
  assert.equal(
    page.match(/<div class="measure of-(composite-psnr|hole-psnr|time)"><h3>/g)?.length,
    // The fourth is the paper's.
    4,
  );
});

Deno.test("scoreSection() has a column for N, for B and for both, and marks the best", () => {
  const page = part(section(), "composite-psnr");
  const cells = page.split("<tr>")[1]!;
  assert.deepEqual(
    [...cells.matchAll(/<td class="([^"]*)" title="[^"]*">([\d.]+)<small>([\d.–]+)/g)]
      .map(([, kind, mean, interval]) => `${kind} ${mean} ${interval}`),
    [
      "is-n start best 30.00 29.00–31.00",
      "is-b best 30.00 29.00–31.00",
      "is-both best 30.00 29.00–31.00",
      "is-n of-all start best 30.00 29.00–31.00",
      "is-b of-all best 30.00 29.00–31.00",
      "is-both of-all best 30.00 29.00–31.00",
      // No pair of (0.6, 1] is N.
      "is-b start 20.00 19.00–21.00",
      "is-both 20.00 19.00–21.00",
    ],
  );
  assert.match(page, /<th scope="colgroup" class="start middle" colspan="2">\(0\.01, 0\.1\]/);
  assert.match(page, /<th scope="colgroup" class="start middle" colspan="1">\(0\.6, 1\]/);
  assert.match(page, /<th scope="col" class="start lacks-n">\(0\.6, 1\]/);
  assert.match(page, /title="8 values, standard deviation 2\.00"/);
});

Deno.test("scoreSection() leaves out methods without the score, and counts pairs", () => {
  const page = part(section(), "time");
  assert.equal(page.includes("telea"), false);
  assert.match(
    page,
    /pairs<\/th><td class="is-n start">4<\/td><td class="is-b">4<\/td><td class="is-both">8/,
  );
});

Deno.test("scoreSection() of one class of masks has no switch for it", () => {
  const rows = [evalRow({ border: "B" }), evalRow({ border: "both" })];
  const page = section({ methods: ["pconv"], dilations: [0], rows });
  assert.equal(page.includes("pick-pair"), false);
  assert.match(page, /All masks are of class B/);
  assert.match(part(page, "composite-psnr"), /<td class="is-only start" [^>]*>30\.00/);
});

Deno.test("scoreSection() has tables and a switch for each dilation", () => {
  const page = section(evalTable([0, 5]));
  assert.match(page, /class="pick-dilate-0" checked>/);
  assert.match(page, /class="pick-dilate-1"><span>5 px/);
  assert.equal(page.match(/class="dilate of-dilate-\d"/g)?.length, 2);
});

Deno.test("scoreSection() names what has no PSNR, and says when there is nothing", () => {
  assert.match(section(), /<li>telea, \(0\.01, 0\.1\] N: 1 of 4 composites equal the truth/);
  assert.match(section({ methods: [], dilations: [], rows: [] }), /No pair was scored/);
});

Deno.test("scoreSection() takes what is not finite as text", () => {
  const rows = [evalRow({ scores: { lpips: estimate(Infinity, { low: null, high: null }) } })];
  assert.match(section({ methods: ["pconv"], dilations: [0], rows }), />Infinity<\/td>/);
});
