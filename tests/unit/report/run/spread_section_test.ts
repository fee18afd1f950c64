import assert from "node:assert/strict";
import { htmlText } from "../../../../src/report/html.ts";
import type { PictureRow } from "../../../../src/report/run/run_page_record.ts";
import { spreadSection } from "../../../../src/report/run/spread_section.ts";
import { failedRow, pictureRow } from "./run_records.ts";

/** As many as charts are drawn of. */
const five = (row: PictureRow) => Array.from({ length: 5 }, () => row);

/** Counts of the bars of a chart by their range, without the empty ones. */
function barsOf(rows: readonly PictureRow[], title: string): Record<string, number> {
  const html = htmlText(spreadSection(rows)!);
  const figure = html.split("<figure").find((part) => part.includes(title))!;
  const bars = [...figure.matchAll(/<title>(.*?): ([\d,]+)<\/title>/g)]
    .map(([, range, count]) => [range!, Number(count!.replace(",", ""))] as const);
  return Object.fromEntries(bars.filter(([, count]) => count > 0));
}

Deno.test("spreadSection() counts every picture that was done once in each chart", () => {
  const times = [180, 200, 450, 999, 1000, 2400, 30_000, 5_000_000];
  const rows = [
    ...times.map((elapsedMs, i) => pictureRow({ elapsedMs, holeRatio: i / 10 })),
    failedRow("x"),
    pictureRow({ status: "done before", elapsedMs: 1 }),
  ];
  const sum = (bars: Record<string, number>) => Object.values(bars).reduce((a, b) => a + b, 0);
  assert.equal(sum(barsOf(rows, "by time")), times.length);
  assert.equal(sum(barsOf(rows, "by hole")), times.length);
  // 0.1 belongs to (0.01, 0.1] as in the paper; 0.7 is above its ranges.
  const shares = barsOf(rows, "by hole");
  assert.equal(shares["no hole"], 1);
  assert.equal(shares["over 1 to 10 %"], 1);
  assert.equal(shares["over 60 to 100 %"], 1);
});

Deno.test("spreadSection() has at most ten classes of time, and one where all take as long", () => {
  for (const high of [201, 900, 5000, 60_000, 1e7, 1e9]) {
    const rows = [200, 201, 202, 203, high].map((elapsedMs) => pictureRow({ elapsedMs }));
    const html = htmlText(spreadSection(rows)!);
    const figure = html.split("<figure").find((part) => part.includes("by time"))!;
    assert.ok(figure.match(/class="bar"/g)!.length <= 10, String(high));
    assert.equal(Object.values(barsOf(rows, "by time")).reduce((a, b) => a + b, 0), 5);
  }
  assert.deepEqual(barsOf(five(pictureRow({ elapsedMs: 0 })), "by time"), { "1 ms to 1.5 ms": 5 });
});

Deno.test("spreadSection() is not there where nothing was done or measured", () => {
  assert.equal(spreadSection([failedRow("x")]), undefined);
  assert.equal(spreadSection([]), undefined);
  const { elapsedMs: _, holeRatio: __, ...bare } = pictureRow();
  assert.equal(spreadSection(five(bare)), undefined);
  assert.equal(spreadSection(five(pictureRow()).slice(1)), undefined);
  assert.doesNotMatch(htmlText(spreadSection(five({ ...bare, elapsedMs: 5 }))!), /NaN|by hole/);
  const enlarged = pictureRow({ status: "enlarged", holeRatio: 0 });
  assert.doesNotMatch(htmlText(spreadSection(five(enlarged))!), /by hole/);
});
