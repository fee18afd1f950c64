import assert from "node:assert/strict";
import { htmlText } from "../../../src/report/html.ts";
import { choosePreviews, previewStrip } from "../../../src/report/preview_strip.ts";

/** A PNG header of 40x30 pixels, then nothing. */
const HEADER = Uint8Array.fromHex("89504e470d0a1a0a0000000d49484452000000280000001e");

function previews(count: number, sizeBytes = 24) {
  return Array.from({ length: count }, (_, i) => {
    const png = new Uint8Array(sizeBytes);
    png.set(HEADER.subarray(0, sizeBytes));
    return { step: (i + 1) * 500, png };
  });
}

const stepsOf = (chosen: readonly { step: number }[]) => chosen.map(({ step }) => step);

Deno.test("choosePreviews() takes all of a few", () => {
  assert.deepEqual(stepsOf(choosePreviews(previews(3))), [500, 1000, 1500]);
});

Deno.test("choosePreviews() takes twelve of many, evenly, with the first and the last", () => {
  const steps = stepsOf(choosePreviews(previews(111)));
  assert.deepEqual(steps, Array.from({ length: 12 }, (_, i) => 500 + i * 5000));
});

Deno.test("choosePreviews() keeps to the bytes that a page may hold", () => {
  const all = previews(20, 1000);
  assert.deepEqual(stepsOf(choosePreviews(all, 3500)), [500, 5500, 10_000]);
  assert.deepEqual(stepsOf(choosePreviews(all, 1000)), [10_000]);
  assert.deepEqual(choosePreviews(all, 999), []);
});

Deno.test("previewStrip() embeds sheets with their size", () => {
  const page = htmlText(previewStrip(previews(2)));
  assert.equal(page.match(/src="data:image\/png;base64,iVBORw0KGgo/g)?.length, 2);
  assert.equal(page.match(/width="40" height="30"/g)?.length, 2);
  assert.match(page, /<input type="range" min="0" max="1" value="1"/);
  assert.equal(page.includes("evenly chosen"), false);
});

Deno.test("previewStrip() says that it left some out", () => {
  assert.match(htmlText(previewStrip(previews(30))), /12 of 30 sheets, evenly chosen/);
  assert.match(htmlText(previewStrip(previews(12), 500)), /12 of 500 sheets, evenly chosen/);
});

Deno.test("previewStrip() of one sheet has no slider, of none says so", () => {
  assert.equal(htmlText(previewStrip(previews(1))).includes("<input"), false);
  assert.match(htmlText(previewStrip([])), /No previews yet/);
});
