import assert from "node:assert/strict";
import { htmlText } from "../../../src/report/html.ts";
import { runFacts } from "../../../src/report/run_facts.ts";
import type { RunRecord } from "../../../src/report/run_record.ts";
import { logLines, runRecord } from "./records.ts";

/** Facts by their term, without tags. */
function facts(record: RunRecord): Record<string, string> {
  const found = htmlText(runFacts(record)).matchAll(/<dt>(.*?)<\/dt><dd>(.*?)<\/dd>/g);
  return Object.fromEntries([...found].map(([, term, value]) => [
    term,
    value!.replace("<small>", " | ").replace("</small>", ""),
  ]));
}

Deno.test("runFacts() of a finished run", () => {
  assert.deepEqual(facts(runRecord()), {
    "Steps": "200 | of 200",
    // 6 / 20 + 0.5
    "Total loss": "0.8 | at the last line",
    "Hole PSNR": "21.50 dB | best, step 100",
    "Time per step": "100 ms | last 20 lines",
    "Waiting for data": "25 % | of that time",
    "Time training": "20 s | ",
  });
});

Deno.test("runFacts() estimates what is left", () => {
  const record = runRecord({ state: "running", steps: 1400 });
  // 1200 steps of 100 ms
  assert.equal(facts(record)["Time training"], "20 s | 2 min to go");
});

Deno.test("runFacts() does not count steps before the log began", () => {
  const log = logLines(20).map((line) => ({ ...line, step: line.step + 5000 }));
  assert.equal(facts(runRecord({ log, steps: 5200 }))["Time training"], "20 s | ");
});

Deno.test("runFacts() weighs waiting by time", () => {
  const [first, second] = logLines(2);
  const log = [{ ...first!, stepMs: 100, waitShare: 1 }, { ...second!, stepMs: 300, waitShare: 0 }];
  assert.equal(facts(runRecord({ log }))["Waiting for data"], "25 % | of that time");
});

Deno.test("runFacts() without a log or with an old one leaves out what it does not know", () => {
  const { best: _, ...record } = runRecord({ log: [], validations: [] });
  assert.deepEqual(facts(record), { "Steps": "0 | of 200" });
  const { waitShare: __, ...line } = logLines(1)[0]!;
  const old = facts(runRecord({ log: [line] }));
  assert.equal("Waiting for data" in old, false);
  assert.equal(old["Time per step"], "100 ms | last line");
});

Deno.test("runFacts() shows state, note, times and a total that is no number", () => {
  const log = [{ ...logLines(1)[0]!, total: NaN }];
  const record = runRecord({
    state: "diverged",
    note: "Training diverged at step 9: hole = NaN",
    startedAt: "2026-11-22T09:12:33Z",
    updatedAt: "some day",
    log,
  });
  const page = htmlText(runFacts(record));
  assert.match(page, /<p class="state diverged">Diverged<\/p>/);
  assert.match(page, /<p class="note diverged">Training diverged at step 9: hole = NaN<\/p>/);
  assert.match(page, /started 2026-11-22 09:12 UTC, last change some day/);
  assert.match(facts(record)["Total loss"]!, /^NaN/);
});
