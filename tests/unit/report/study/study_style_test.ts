import assert from "node:assert/strict";
import { STUDY_STYLE } from "../../../../src/report/study/study_style.ts";

Deno.test("STUDY_STYLE loads nothing and cannot end its element", () => {
  assert.equal(/url\(|@import|<\//.test(STUDY_STYLE), false);
});

Deno.test("STUDY_STYLE closes every brace", () => {
  let depth = 0;
  for (const sign of STUDY_STYLE.match(/[{}]/g)!) {
    depth += sign === "{" ? 1 : -1;
    assert.ok(depth >= 0);
  }
  assert.equal(depth, 0);
});

const valuesOf = (name: string) =>
  [...STUDY_STYLE.matchAll(new RegExp(`${name}: (#[0-9a-f]{6})`, "g"))].map(([, hex]) => hex!);

/** As in WCAG 2. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

Deno.test("STUDY_STYLE defines every colour it uses, light and dark, the grey behind pictures once", () => {
  const used = new Set([...STUDY_STYLE.matchAll(/var\((--[\w-]+)\)/g)].map(([, name]) => name!));
  for (const name of used) {
    assert.equal(valuesOf(name).length, name.endsWith("stage") ? 1 : 2, name);
  }
});

Deno.test("STUDY_STYLE has text of a contrast of 4.5 to what is behind it", () => {
  const pairs = [
    ["--text", "--page"],
    ["--text", "--panel"],
    ["--quiet", "--page"],
    ["--on-accent", "--accent"],
    ["--on-stage", "--stage"],
  ] as const;
  for (const [front, back] of pairs) {
    valuesOf(front).forEach((hex, theme) => {
      const [dim, bright] = [hex, valuesOf(back)[theme]!].map(luminance).sort((a, b) => a - b);
      const contrast = (bright! + 0.05) / (dim! + 0.05);
      assert.ok(contrast >= 4.5, `${front} on ${back}, theme ${theme}: ${contrast}`);
    });
  }
});
