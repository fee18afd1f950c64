import assert from "node:assert/strict";
import { htmlText } from "../../../src/report/html.ts";
import { validationSection } from "../../../src/report/validation_section.ts";
import { runRecord, validationLine } from "./records.ts";

const draw = (changes: Parameters<typeof runRecord>[0] = {}) =>
  htmlText(validationSection(runRecord(changes), [0, 200]));

/** Cells of the table, row by row. */
function rows(page: string): string[][] {
  const body = /<tbody>([\s\S]*)<\/tbody>/.exec(page)![1]!;
  return [...body.matchAll(/<tr[^>]*>(.*?)<\/tr>/g)].map(([, row]) =>
    [...row!.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g)].map(([, cell]) => cell!)
  );
}

Deno.test("validationSection() tables the last validation by range, and the best below it", () => {
  assert.deepEqual(rows(draw()), [
    ["(0.01, 0.1]", "5", "20.00", "33.25", "0.8750", "1.250"],
    ["(0.1, 0.2]", "5", "20.00", "23.75", "0.8750", "1.250"],
    ["All", "10", "20.00", "28.50", "0.8750", "1.250"],
    ["All, best step 100", "10", "21.50", "28.50", "0.8750", "1.250"],
  ]);
});

Deno.test("validationSection() counts pairs, of which one image may make several", () => {
  assert.match(draw(), /<p>10 pairs of a held-out image and a mask, /);
});

Deno.test("validationSection() does not repeat a last validation that is the best", () => {
  assert.equal(rows(draw({ best: { step: 200, holePsnr: 20 } })).length, 3);
});

Deno.test("validationSection() draws a curve for all images and one for each range", () => {
  const page = draw();
  assert.equal(page.match(/<figure/g)?.length, 4);
  assert.equal(page.match(/class="curve overall"/g)?.length, 4);
  assert.equal(page.match(/class="curve bin-1"/g)?.length, 4);
  assert.equal(page.match(/class="curve bin-2"/g)?.length, 4);
  assert.equal(page.match(/class="mark"/g)?.length, 4);
});

Deno.test("validationSection() orders ranges by hole ratio, and draws one that is missing at times", () => {
  const first = validationLine(100);
  const second = validationLine(200);
  const page = draw({
    validations: [
      { ...first, bins: [{ ...first.bins[0]!, bin: "(0.5, 0.6]" }] },
      { ...second, bins: [...second.bins].reverse() },
    ],
  });
  const legend = [...page.matchAll(/<\/span>(\([^<]*)<\/li>/g)].map(([, name]) => name);
  assert.deepEqual(legend, ["(0.01, 0.1]", "(0.1, 0.2]", "(0.5, 0.6]"]);
});

Deno.test("validationSection() without a best step or a validation", () => {
  const { best: _, ...record } = runRecord();
  const page = htmlText(validationSection(record, [0, 200]));
  assert.equal(page.includes('class="mark"'), false);
  assert.match(draw({ validations: [] }), /No validation yet/);
});

Deno.test("validationSection() gives each range its own colour, whatever others there are", () => {
  const line = validationLine(100);
  const names = ["[0, 0.01]", "(0.01, 0.1]", "(0.1, 0.2]", "(0.3, 0.4]", "(0.5, 0.6]", "(0.6, 1]"];
  const page = draw({
    validations: [{ ...line, bins: names.map((bin) => ({ ...line.bins[0]!, bin })) }],
  });
  const swatches = [...page.matchAll(/swatch (bin-\d)"><\/span>([^<]*)</g)].map(([, tone]) => tone);
  assert.deepEqual(swatches, ["bin-0", "bin-1", "bin-2", "bin-4", "bin-6", "bin-7"]);
});
