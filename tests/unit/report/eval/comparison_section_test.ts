import assert from "node:assert/strict";
import { htmlText } from "../../../../src/report/html.ts";
import { comparisonSection } from "../../../../src/report/eval/comparison_section.ts";
import { evalPageRecord } from "./records.ts";

const { comparisons } = evalPageRecord();

Deno.test("comparisonSection() says by how much and how surely one method is better", () => {
  const page = htmlText(comparisonSection(comparisons, ["pconv", "telea"])!);
  assert.match(page, /<h3>pconv against telea: PSNR of the holes, dB<\/h3>/);
  assert.match(
    page,
    /<th scope="row">\(0\.01, 0\.1\]<\/th><td>N\+B<\/td><td>8<\/td><td>\+2\.000<\/td><td>\+1\.500 to \+2\.250</,
  );
  assert.match(page, /<td class="verdict"><svg class="key method-0"[\s\S]*?<b>pconv<\/b>/);
  assert.match(page, /<td>-1\.000<\/td><td>–<\/td>/);
  assert.match(page, /<td class="verdict quiet">unclear/);
});

Deno.test("comparisonSection() draws all intervals on one scale with 0 in it", () => {
  const page = htmlText(comparisonSection(comparisons, ["pconv", "telea"])!);
  // From -1 to 2.25 over 148 units from 6 on: 0 at 51.5, 1.5 at 119.8, 2 at 142.6.
  assert.equal(page.match(/class="zero" d="M51\.5 0V18"/g)?.length, 2);
  assert.match(page, /class="whisker" d="M119\.8 9H154M/);
  assert.match(page, /<circle cx="142\.6" cy="9"/);
  assert.match(page, /<circle cx="6" cy="9"/);
});

Deno.test("comparisonSection() takes methods that the table does not have, and differences of 0", () => {
  const [first] = comparisons;
  const rows = [{ ...first!.rows[0]!, mean: 0, low: 0, high: 0 }];
  const page = htmlText(comparisonSection([{ ...first!, rows }], [])!);
  assert.match(page, /<td class="verdict"><b>pconv<\/b>/);
  assert.equal(page.includes("NaN"), false);
  assert.equal(comparisonSection([], []), undefined);
});
