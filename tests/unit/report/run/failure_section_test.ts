import assert from "node:assert/strict";
import { htmlText } from "../../../../src/report/html.ts";
import { failureSection } from "../../../../src/report/run/failure_section.ts";
import { failedRow, HOSTILE, pictureRow } from "./run_records.ts";

Deno.test("failureSection() is not there where nothing failed", () => {
  assert.equal(failureSection([pictureRow()]), undefined);
});

Deno.test("failureSection() tells name, reason and shard of each, escaped", () => {
  const html = htmlText(
    failureSection([pictureRow(), { ...failedRow(HOSTILE, "cut <short>"), shard: "2/3" }])!,
  );
  assert.match(html, /<h2>1 picture failed<\/h2>/);
  assert.match(html, /cut &lt;short&gt;/);
  assert.match(html, /shard 2\/3/);
  assert.doesNotMatch(html, /<script/);
});

Deno.test("failureSection() folds many, and leaves thousands to the table", () => {
  const rows = Array.from({ length: 350 }, (_, i) => failedRow(`${i}.png`));
  const html = htmlText(failureSection(rows)!);
  assert.equal(html.match(/<li>/g)!.length, 200);
  assert.match(html, /<summary>188 more<\/summary>/);
  assert.match(html, /150 others stand in <a href="#pictures">/);
});
