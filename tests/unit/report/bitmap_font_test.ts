import assert from "node:assert/strict";
import {
  drawText,
  fitText,
  TEXT_HEIGHT,
  textWidth,
  wrapText,
} from "../../../src/report/bitmap_font.ts";

/** Draws black on white and gives rows of "#" and ".". */
function render(text: string, width: number, height: number, x = 0, y = 0, scale = 1): string[] {
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  drawText({ width, height, rgba }, text, { x, y, rgb255: [0, 0, 0], scale });
  return Array.from(
    { length: height },
    (_, row) =>
      Array.from(
        { length: width },
        (_, column) => rgba[(row * width + column) * 4] === 0 ? "#" : ".",
      )
        .join(""),
  );
}

Deno.test("drawText() draws capitals on seven rows and descenders below", () => {
  assert.deepEqual(render("Fp", 11, TEXT_HEIGHT), [
    "#####......",
    "#..........",
    "#.....####.",
    "####..#...#",
    "#.....#...#",
    "#.....#...#",
    "#.....####.",
    "......#....",
    "......#....",
  ]);
});

Deno.test("drawText() enlarges every pixel", () => {
  assert.deepEqual(render("-", 10, 10, 0, 0, 2).slice(5, 9), [
    "..........",
    "..######..",
    "..######..",
    "..........",
  ]);
});

Deno.test("drawText() clips at every edge", () => {
  // Rows 3 and 4 of an H are ##### and #...#; its left column is cut off.
  assert.deepEqual(render("H", 3, 2, -1, -3), ["###", "..."]);
  assert.deepEqual(render("HHH", 2, 1, -6, 0), ["#."]);
});

Deno.test("drawText() has a glyph of its own for every character of ASCII", () => {
  const glyphs = new Set<string>();
  for (let code = 32; code < 127; code++) {
    glyphs.add(render(String.fromCharCode(code), 5, TEXT_HEIGHT).join("/"));
  }
  assert.equal(glyphs.size, 95);
});

Deno.test("drawText() drops accents and shows what it cannot draw as a question mark", () => {
  assert.deepEqual(render("é", 5, TEXT_HEIGHT), render("e", 5, TEXT_HEIGHT));
  assert.deepEqual(render("東", 5, TEXT_HEIGHT), render("?", 5, TEXT_HEIGHT));
  assert.deepEqual(render("\n", 5, TEXT_HEIGHT), render("?", 5, TEXT_HEIGHT));
});

Deno.test("textWidth() counts six pixels a letter without the last gap", () => {
  assert.deepEqual([textWidth(""), textWidth("a"), textWidth("ab", 2)], [0, 5, 22]);
});

Deno.test("fitText() takes out the middle only where it must", () => {
  const name = "imagenet-n01440764.jpg"; // 22 letters: 131 pixels
  assert.equal(fitText(name, 131), name);
  assert.equal(fitText(name, 130), "imagenet-...40764.jpg");
  assert.equal(fitText(name, 130, 2), "imag....jpg");
  for (let width = 0; width < 140; width++) {
    assert.ok(textWidth(fitText(name, width)) <= width);
  }
});

Deno.test("wrapText() breaks between words and keeps them whole where they fit", () => {
  // Six characters of 6 pixels, the last without its gap.
  assert.deepEqual(wrapText("ab cde  f ghijkl", 35), ["ab cde", "f", "ghijkl"]);
  assert.deepEqual(wrapText("abcdefgh", 35), ["ab...h"]);
  assert.deepEqual(wrapText("ab cd", 35, 2), ["ab", "cd"]);
  assert.deepEqual(wrapText(" ", 35), []);
});
