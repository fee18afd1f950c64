import assert from "node:assert/strict";
import { drawCurves } from "./memory_curve.ts";

Deno.test("drawCurves() begins the axis of memory at 0 and names every run", () => {
  const samples = [0, 1000, 2000].map((step) => ({ seconds: step, step, residentMiB: 400 }));
  const svg = drawCurves([
    { name: "one", command: "x", samples },
    { name: "two", command: "x", samples: samples.map((s) => ({ ...s, residentMiB: 0 })) },
  ]);
  // The frame spans x 60 to 700 and y 40 (400 MiB) to 314 (0).
  assert.match(svg, /points="60\.0,40\.0 380\.0,40\.0 700\.0,40\.0"/);
  assert.match(svg, /points="60\.0,314\.0 380\.0,314\.0 700\.0,314\.0"/);
  assert.match(svg, />one<\/text>[\s\S]*>two<\/text>/);
});
