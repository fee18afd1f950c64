import assert from "node:assert/strict";
import {
  drawPreviewSheet,
  type PreviewRow,
  type PreviewSheet,
} from "../../../src/report/preview_sheet.ts";

/** Every column one grey: input 10, mask 20, raw 30, composite 40, truth 50. */
function row(width: number, height: number, name = "a.jpg"): PreviewRow {
  const grey = (level: number) => new Uint8Array(width * height * 3).fill(level);
  return {
    name,
    width,
    height,
    input: grey(10),
    mask: grey(20),
    raw: grey(30),
    composite: grey(40),
    truth: grey(50),
  };
}

/** How often a grey occurs. */
function count({ rgba }: PreviewSheet, level: number): number {
  let pixels = 0;
  for (let i = 0; i < rgba.length; i += 4) {
    if (rgba[i] === level && rgba[i + 1] === level && rgba[i + 2] === level) pixels++;
  }
  return pixels;
}

/** First x at which a grey occurs. */
function leftOf({ width, rgba }: PreviewSheet, level: number): number {
  let left = Infinity;
  for (let i = 0; i < rgba.length; i += 4) {
    if (rgba[i] === level && rgba[i + 1] === level) left = Math.min(left, i / 4 % width);
  }
  return left;
}

Deno.test("drawPreviewSheet() shows all five pictures whole, from left to right", () => {
  const sheet = drawPreviewSheet([row(128, 100), row(128, 100)]);
  for (const level of [10, 20, 30, 40, 50]) assert.equal(count(sheet, level), 2 * 128 * 100);
  const lefts = [10, 20, 30, 40, 50].map((level) => leftOf(sheet, level));
  assert.deepEqual(lefts.toSorted((a, b) => a - b), lefts);
  assert.equal(sheet.rgba.length, sheet.width * sheet.height * 4);
});

Deno.test("drawPreviewSheet() is opaque", () => {
  const { rgba } = drawPreviewSheet([row(96, 96)]);
  assert.ok(rgba.every((value, i) => i % 4 !== 3 || value === 255));
});

Deno.test("drawPreviewSheet() enlarges small pictures by whole numbers", () => {
  // 96 / 40 is 2.4, so by 3.
  assert.equal(count(drawPreviewSheet([row(40, 32)]), 10), 120 * 96);
});

Deno.test("drawPreviewSheet() reduces large pictures by whole numbers", () => {
  assert.equal(count(drawPreviewSheet([row(512, 300)]), 10), 256 * 150);
  assert.equal(count(drawPreviewSheet([row(512, 300)], { largestSide: 512 }), 10), 512 * 300);
});

Deno.test("drawPreviewSheet() takes pictures of several sizes", () => {
  const sheet = drawPreviewSheet([row(128, 96), row(96, 128)]);
  assert.equal(count(sheet, 50), 2 * 128 * 96);
});

Deno.test("drawPreviewSheet() writes names and columns", () => {
  const [named, unnamed] = [row(96, 96, "name"), row(96, 96, "")].map((one) =>
    drawPreviewSheet([one])
  );
  assert.notDeepEqual(named!.rgba, unnamed!.rgba);
  // Without a name only background, pictures and column names are left.
  const colours = new Set<number>();
  for (let i = 0; i < unnamed!.rgba.length; i += 4) colours.add(unnamed!.rgba[i]!);
  assert.deepEqual([...colours].toSorted((a, b) => a - b), [10, 20, 30, 40, 50, 236]);
});

Deno.test("drawPreviewSheet() refuses no rows", () => {
  assert.throws(() => drawPreviewSheet([]), {
    name: "RangeError",
    message: "Cannot draw a preview sheet: there are no rows",
  });
});

Deno.test("drawPreviewSheet() refuses a picture of another size", () => {
  const bad = { ...row(4, 4), raw: new Uint8Array(16) };
  assert.throws(() => drawPreviewSheet([bad]), {
    name: "RangeError",
    message: 'Cannot draw raw of "a.jpg": it has 16 values, must have 4x4x3',
  });
});
