import assert from "node:assert/strict";
import { htmlText } from "../../../../src/report/html.ts";
import {
  METHOD_TONES,
  methodKey,
  methodLegend,
  methodMark,
  methodTone,
} from "../../../../src/report/eval/method_mark.ts";

Deno.test("forty methods have a tone and a shape that no other has", () => {
  const marks = Array.from({ length: 40 }, (_, i) => methodTone(i) + htmlText(methodMark(i, 0, 0)));
  assert.equal(new Set(marks).size, 40);
  assert.equal(new Set(marks.slice(0, METHOD_TONES)).size, METHOD_TONES);
});

Deno.test("methodMark() draws around its point", () => {
  // The square of the second method has sides of 5.4 around (10, 20).
  assert.match(htmlText(methodMark(1, 10, 20)), /d="M7\.3 17\.3h5\.4v5\.4h-5\.4z"/);
});

Deno.test("methodLegend() names methods as text, their keys are hidden from listeners", () => {
  const legend = htmlText(methodLegend(["pconv", "<b>"]));
  assert.match(legend, /<li><svg class="key method-0"[^>]* aria-hidden="true">/);
  assert.match(legend, /&lt;b&gt;<\/li>/);
  assert.match(htmlText(methodKey(9)), /class="key method-1"/);
});
