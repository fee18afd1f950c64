import assert from "node:assert/strict";
import {
  identicalRemarks,
  superresBrief,
  superresMarkdown,
} from "../../../../src/report/superres/superres_markdown.ts";
import { superresPageRecord, superresTable } from "./superres_records.ts";

Deno.test("superresMarkdown() has tables by scale, the differences, and what they mean in words", () => {
  const text = superresMarkdown(superresPageRecord());
  const lines = text.split("\n");
  for (
    const line of [
      "# 3 ways of enlarging",
      "| PSNR on Y, dB ↑ |        x2 |        x3 |",
      "| superres        |     30.11 | **28.00** |",
      "| their           | **31.00** |         – |",
      "| images          |        14 |        14 |",
      "## PSNR on Y, dB, less that of bicubic",
      "| superres |    x2 |     14 |    -0.2890 | [-0.4000, -0.1000] |    2 |   worse |",
      "| their    |    x2 |      1 |    +0.6000 |                  – |    1 | unclear |",
      "- superres is below bicubic at x2 by 0.29 dB",
      "- their has nothing for x3",
      "- their at x2: 1 of 13 results equal the truth on Y and have no PSNR",
      "Y: \\*luma\\*",
    ]
  ) {
    assert.ok(lines.includes(line), `${line}\nis not in\n${text}`);
  }
  assert.match(text, /\| superres +\| 30\.11 \[29\.61, 30\.61\] \| 28\.00 \[27\.50, 28\.50\] \|/);
  // Nothing went wrong, so there is no such heading, and no empty table of RGB.
  assert.doesNotMatch(text, /## Problems|RGB|undefined/);
});

Deno.test("superresMarkdown() lists problems, and is whole without any result", () => {
  const table = { ...superresTable(), rows: [], differences: [], scales: [] };
  const text = superresMarkdown(
    superresPageRecord({ table, problems: ["a|b"], verdicts: [], command: "", facts: [] }),
  );
  assert.equal(
    text,
    "# 3 ways of enlarging\n\n## Problems\n\n- a\\|b\n\n## Remarks\n\n- their has nothing for x3\n\n" +
      "## Definitions\n\nY: \\*luma\\*\n",
  );
});

Deno.test("superresBrief() has the tables of Y and time and the words, without headings", () => {
  const text = superresBrief(superresPageRecord());
  assert.match(text, /^\| PSNR on Y/);
  assert.match(text, /\n\| Median time, ms ↓ \|/);
  assert.match(text, /\n\n- superres is below bicubic at x2 by 0\.29 dB\n$/);
  assert.doesNotMatch(text, /#/);
});

Deno.test("identicalRemarks() names who has results without error", () => {
  assert.equal(identicalRemarks(superresTable()).length, 1);
  assert.deepEqual(identicalRemarks({ rows: [] }), []);
});
