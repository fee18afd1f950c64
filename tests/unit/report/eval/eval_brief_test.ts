import assert from "node:assert/strict";
import { evalBrief } from "../../../../src/report/eval/eval_brief.ts";
import { evalTable } from "./records.ts";

Deno.test("evalBrief() writes a table per score, N and B together, the best in bold", () => {
  const blocks = evalBrief(evalTable()).split("\n\n");
  assert.equal(
    blocks[0],
    [
      "| PSNR, dB ↑ | (0.01, 0.1] |       all |  (0.6, 1] |",
      "| ---------- | ----------: | --------: | --------: |",
      "| pconv      |   **30.00** | **30.00** |     20.00 |",
      "| telea      |       28.00 |     28.00 | **21.00** |",
      "| pairs      |           8 |         8 |         2 |",
    ].join("\n"),
  );
  assert.ok(blocks.every((block) => !block.includes("raw output")));
});
