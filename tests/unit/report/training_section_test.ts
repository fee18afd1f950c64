import assert from "node:assert/strict";
import { htmlText } from "../../../src/report/html.ts";
import { lossSection, progressSection } from "../../../src/report/training_section.ts";
import { logLines } from "./records.ts";

const losses = (log: Parameters<typeof lossSection>[0]) => htmlText(lossSection(log, [0, 200]));
const progress = (log: Parameters<typeof lossSection>[0]) =>
  htmlText(progressSection(log, [0, 200]));

function titles(page: string): string[] {
  return [...page.matchAll(/class="chart-name">([^<]*)</g)].map(([, title]) => title!);
}

Deno.test("lossSection() draws the total and every term that ever occurs", () => {
  const log = logLines(20);
  const late = { ...log[19]!, parts: { ...log[19]!.parts, style: 3 } };
  assert.deepEqual(titles(losses([...log.slice(0, 19), late])), [
    "Total",
    "hole",
    "valid",
    "style",
  ]);
});

Deno.test("lossSection() smooths a long log and draws a short one as it is", () => {
  const long = losses(logLines(200));
  assert.match(long, /class="curve raw"/);
  // 200 / 25 / 4 rounds to 2 on either side, twice.
  assert.match(long, /weighted mean over 9 lines/);
  const short = losses(logLines(11));
  assert.equal(short.includes('class="curve raw"'), false);
  assert.equal(short.includes("Raw values"), false);
});

Deno.test("lossSection() opens with logarithmic axes where the total falls far", () => {
  const opensLog = (page: string) => /class="log-scale" checked/.test(page);
  assert.equal(opensLog(losses(logLines(20))), false); // 6.5 to 0.8
  const far = logLines(20).map((line) => ({ ...line, total: line.parts.hole! ** 3 }));
  assert.equal(opensLog(losses(far)), true);
  assert.equal(opensLog(losses(logLines(20, { total: -1 }))), false);
});

Deno.test("lossSection() draws around values that are not finite", () => {
  const log = logLines(20);
  const page = losses([...log, { ...log[19]!, step: 210, total: NaN, parts: { hole: NaN } }]);
  assert.equal(page.includes("NaN"), false);
});

Deno.test("progressSection() shows what was held as ranges of steps", () => {
  const log = logLines(6).map((line, i) => ({
    ...line,
    held: i < 2 || i === 4 ? ["encoder"] : i === 3 ? ["decoder <b>"] : [],
  }));
  const page = progress(log);
  // A line stands for the steps since the line before.
  assert.match(
    page,
    /Held: encoder \(steps 0 to 20, 40 to 50\); decoder &lt;b&gt; \(steps 30 to 40\)/,
  );
  assert.equal(page.match(/<rect/g)?.length, 3);
  assert.match(progress(logLines(3)), /Nothing was held/);
});

Deno.test("progressSection() leaves out the wait of a log that lacks it", () => {
  const log = logLines(3);
  assert.deepEqual(titles(progress(log)), [
    "Learning rate",
    "Time per step",
    "Share of time waiting for data",
  ]);
  const old = log.map(({ waitShare: _, ...line }) => line);
  assert.deepEqual(titles(progress(old)), ["Learning rate", "Time per step"]);
});
