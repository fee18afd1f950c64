import assert from "node:assert/strict";
import { resetXmpOrientation } from "../../../../src/data/metadata/upright_xmp.ts";
import { PIECES } from "./picture_files.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const reset = (text: string) => new TextDecoder().decode(resetXmpOrientation(bytes(text)));

Deno.test("resetXmpOrientation() sets attributes and elements to 1", () => {
  assert.equal(reset('<a tiff:Orientation="3"/>'), '<a tiff:Orientation="1"/>');
  assert.equal(reset("<a tiff:Orientation = '2'/>"), "<a tiff:Orientation = '1'/>");
  const element = "<tiff:Orientation>8</tiff:Orientation>";
  assert.equal(reset(element), element.replace("8", "1"));
});

Deno.test("resetXmpOrientation() changes sizes over after a quarter turn, other bytes stay", () => {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(PIECES.xmp);
  const expected = text.replace('tiff:Orientation="6"', 'tiff:Orientation="1"')
    .replace('tiff:ImageWidth="4000"', 'tiff:ImageWidth="300"')
    .replace('tiff:ImageLength="300"', 'tiff:ImageLength="4000"');
  assert.notEqual(expected, text);
  assert.deepEqual(resetXmpOrientation(PIECES.xmp), bytes(expected));
  const half = text.replace('tiff:Orientation="6"', 'tiff:Orientation="4"');
  assert.equal(reset(half), half.replace('tiff:Orientation="4"', 'tiff:Orientation="1"'));
});

Deno.test("resetXmpOrientation() changes values over in either order, of any length", () => {
  const text = (first: string, second: string, orientation: number) =>
    `tiff:ImageLength="${first}" tiff:ImageWidth="${second}" tiff:Orientation="${orientation}"`;
  assert.equal(reset(text("", "7", 6)), text("7", "", 1));
  // What is no sensible packet keeps its length and throws nothing.
  const odd = text("tiff:ImageWidth=", "", 6);
  assert.equal(reset(odd).length, odd.length);
});

Deno.test("resetXmpOrientation() copies what has no orientation, or an odd one", () => {
  for (
    const text of ["", "<x/>", 'tiff:Orientation="9"', 'xtiff:Orientation="6"', "tiff:Orientation"]
  ) {
    assert.equal(reset(text), text);
  }
});
