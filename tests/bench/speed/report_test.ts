import assert from "node:assert/strict";
import { join } from "node:path";
import { writeReport } from "./report.ts";

Deno.test("writeReport() takes ratios to the first contender that ran", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const entries = [
      { name: "ours", about: "absent", ms: [], problem: "broken" },
      { name: "first", about: "x 1.0", ms: [40, 20, 30], medianMs: 30, leastMs: 20 },
      { name: "second", about: "y 2.0", ms: [45], medianMs: 45, leastMs: 45, error: 2e-6 },
    ];
    const part = { name: "p", title: "A part", run: () => Promise.reject(new Error("not run")) };
    const facts = {
      ...{ command: "c", date: "2026-01-01T00:00Z", machine: "m", load: [0, 0, 0], commit: "abc" },
      ...{ versions: { deno: "2", tfjs: "4" }, memoryGiB: 1, instructions: [], kernel: "k" },
      seconds: 1,
    };
    const report = { part, result: { tables: [{ title: "T", entries }] }, seconds: 1 };
    const { text } = await writeReport([report], facts, { folder, stem: "s" });
    // 45 / 30 = 1.5
    const rows = text.split("\n").filter((line) => /^\| (ours|first|second)/.test(line));
    assert.deepEqual(rows, [
      "| ours |  |  | 0 |  |  | absent; broken |",
      "| first | 30.0 | 20.0 | 3 | 1.00 |  | x 1.0 |",
      "| second | 45.0 | 45.0 | 1 | 1.50 | 2.0e-6 | y 2.0 |",
    ]);
    const json = JSON.parse(await Deno.readTextFile(join(folder, "s.json")));
    assert.deepEqual(json.parts[0].tables[0].entries[1].ms, [40, 20, 30]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
