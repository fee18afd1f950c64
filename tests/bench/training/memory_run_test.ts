import assert from "node:assert/strict";
import { type MemoryRun, summarise } from "./memory_run.ts";

const run = (memory: (step: number) => number): MemoryRun => ({
  name: "x",
  command: "x",
  samples: Array.from({ length: 201 }, (_, i) => ({
    seconds: i,
    step: 10 * i,
    residentMiB: memory(10 * i),
  })),
});

Deno.test("summarise() finds a leak and passes a flat run", () => {
  const leak = summarise(run((step) => 300 + 0.05 * step));
  assert.ok(Math.abs(leak.slopeMiB - 50) < 1e-9);
  // The middles of steps 500 to 1000 and of 1500 to 2000.
  assert.ok(Math.abs(leak.earlyMiB - 337.5) < 0.3 && Math.abs(leak.lateMiB - 387.5) < 0.3);
  assert.equal(leak.highestMiB, 400);
  // Loading at the start is no leak.
  const flat = summarise(run((step) => step < 200 ? step : 300));
  assert.deepEqual(flat, { earlyMiB: 300, lateMiB: 300, slopeMiB: 0, highestMiB: 300 });
});
