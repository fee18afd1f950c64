import assert from "node:assert/strict";
import { htmlText } from "../../../../src/report/html.ts";
import { presetSection } from "../../../../src/report/eval/preset_section.ts";

Deno.test("presetSection() shows a table with its definition above", () => {
  const page = htmlText(
    presetSection([{
      name: "LaMa",
      head: ["method", "SSIM 0-10%"],
      rows: [["<b>", "0.9"]],
      definition: ["Zero padding.", "Ten ranges."],
    }])!,
  );
  assert.match(
    page,
    /<h3>LaMa<\/h3>\s*<p class="quiet">Zero padding\.<\/p><p class="quiet">Ten ranges/,
  );
  assert.match(page, /<th scope="col">SSIM 0-10%<\/th>/);
  assert.match(page, /<tr><th scope="row">&lt;b&gt;<\/th><td>0\.9<\/td><\/tr>/);
  assert.equal(presetSection([]), undefined);
});
