import assert from "node:assert/strict";
import { htmlText } from "../../../../src/report/html.ts";
import { beforeAfterSection } from "../../../../src/report/run/before_after_section.ts";
import { HOSTILE, pictureRow, runExample } from "./run_records.ts";

const draw = (changes: Partial<Parameters<typeof beforeAfterSection>[0]>) =>
  beforeAfterSection({ examples: [], examplesLeftOut: 0, rows: [], ...changes });

Deno.test("beforeAfterSection() draws both pictures with names for those who cannot see them", () => {
  const html = htmlText(
    draw({
      examples: [runExample("in/a.png")],
      rows: [pictureRow()],
      examplesLeftOut: 7,
    })!,
  );
  assert.match(html, /alt="in\/a\.png, before" width="40" height="30"/);
  assert.match(html, /alt="in\/a\.png, after"/);
  assert.match(
    html,
    /<input type="range"[^>]* aria-label="Border between before and after of in\/a\.png">/,
  );
  assert.match(html, /640x480, 25 % hole, 1\.5 s/);
  assert.match(html, /7 others are not shown/);
});

Deno.test("beforeAfterSection() shows no address but a picture within the page", () => {
  const bad = [
    "https://example.org/a.png",
    "data:text/html;base64,AAAA",
    'data:image/png;base64,AAAA" onerror="alert(1)',
    "data:image/svg+xml;base64,AAAA",
  ];
  for (const beforeUrl of bad) {
    assert.equal(draw({ examples: [{ ...runExample("a"), beforeUrl }] }), undefined, beforeUrl);
  }
  assert.equal(draw({}), undefined);
});

Deno.test("beforeAfterSection() escapes names", () => {
  const html = htmlText(draw({ examples: [runExample(HOSTILE)] })!);
  assert.doesNotMatch(html, /<script|x"'/);
});

Deno.test("beforeAfterSection() says what is shown of an enlargement, and nothing of its hole", () => {
  const rows = [pictureRow({ status: "enlarged", holeRatio: 0 })];
  const html = htmlText(draw({ examples: [runExample("in/a.png")], rows })!);
  assert.match(html, /Of an enlargement its middle is shown/);
  assert.doesNotMatch(html, / hole/);
  const filled = htmlText(draw({ examples: [runExample("in/a.png")], rows: [pictureRow()] })!);
  assert.doesNotMatch(filled, /enlargement/);
});
