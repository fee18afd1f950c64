import assert from "node:assert/strict";
import { htmlText } from "../../../../src/report/html.ts";
import { MEASURES } from "../../../../src/report/eval/measures.ts";
import { paperTables } from "../../../../src/report/eval/paper_section.ts";

const tables = (...keys: string[]) =>
  htmlText(paperTables(MEASURES.filter(({ key }) => keys.includes(key))));

Deno.test("paperTables() shows the paper's score beside ours, and says what they are of", () => {
  const page = tables("composite.psnr");
  assert.match(page, /class="measure of-composite-psnr"/);
  assert.match(page, /cannot be compared with ours cell by cell/);
  assert.match(page, /Places2 and ImageNet, 512x512, 1000 masks a column/);
  assert.equal(page.includes("IScore ↓"), false);
  // The best of (0.5, 0.6] N is Conv, of B PConv.
  assert.match(page, /<td class="start best">18\.24<\/td><td class="">18\.94/);
  assert.match(page, /<td class="start">18\.21<\/td><td class=" best">19\.04/);
});

Deno.test("paperTables() goes with both scores of a classifier, but not as the same", () => {
  const page = tables("divergence", "inception");
  assert.match(page, /class="measure of-divergence of-inception"/);
  assert.match(page, /IScore ↓/);
  assert.match(page, /it is not Salimans&#39; inception score/);
});

Deno.test("paperTables() says where the paper has no figure", () => {
  assert.match(
    tables("composite.ssim", "hole.psnr", "time"),
    /class="empty measure of-hole-psnr of-time">The paper has no such figure/,
  );
  assert.equal(tables("composite.ssim").includes("no such figure"), false);
});
