import assert from "node:assert/strict";
import { htmlText } from "../../../../src/report/html.ts";
import { exampleSection, extremeSection } from "../../../../src/report/superres/example_section.ts";
import { superresExample, superresPageRecord } from "./superres_records.ts";

Deno.test("exampleSection() has sliders, small scales first, bicubic on the left and the primary on the right", () => {
  const html = htmlText(exampleSection(superresPageRecord())!);
  assert.match(html, /<span class="quiet">x2, .*<span class="quiet">x3, /s);
  assert.equal(html.match(/<figure class="example"/g)!.length, 2);
  const current = [
    ...html.matchAll(/class="layer (left|right) current"[^]*?<span class="tag">([^<]*)/g),
  ];
  assert.deepEqual(current.map(([, side, tag]) => [side, tag]).slice(0, 2), [
    ["left", "bicubic, no error"],
    ["right", "superres, 30.13 dB"],
  ]);
  // Small picture, truth and bicubic; both results.
  assert.deepEqual(
    [...html.matchAll(/base64,(\w+=*)"/g)].map(([, text]) => Uint8Array.fromBase64(text!)[0])
      .slice(0, 5),
    [2, 1, 4, 3, 4],
  );
  assert.match(
    html,
    /<b>a &amp; b\.png<\/b> <span class="quiet">x2, 8x6 px from \(16, 24\)<\/span>/,
  );
});

Deno.test("exampleSection() shows the truth on the left where bicubic was not scored", () => {
  const results = superresExample().results.slice(0, 1);
  const html = htmlText(
    exampleSection(superresPageRecord({ examples: [superresExample({ results })] }))!,
  );
  assert.match(html, /class="layer left current"><img [^>]*alt="a &amp; b\.png: truth"/);
});

Deno.test("extremeSection() has losses before gains, and parts that are empty are left out", () => {
  const html = htmlText(extremeSection(superresPageRecord())!);
  assert.match(html, /Worst losses.*c\.png.*Best gains/s);
  assert.doesNotMatch(htmlText(extremeSection(superresPageRecord({ losses: [] }))!), /losses/);
  const nothing = superresPageRecord({ losses: [], gains: [], examples: [] });
  assert.deepEqual([extremeSection(nothing), exampleSection(nothing)], [undefined, undefined]);
});
