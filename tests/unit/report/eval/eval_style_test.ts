import assert from "node:assert/strict";
import { evalStyle } from "../../../../src/report/eval/eval_style.ts";
import { METHOD_TONES } from "../../../../src/report/eval/method_mark.ts";
import { PAGE_STYLE } from "../../../../src/report/page_style.ts";

Deno.test("evalStyle() loads nothing, cannot end its element and closes every brace", () => {
  const style = evalStyle(2);
  assert.equal(/url\(|@import|<\//.test(style), false);
  let depth = 0;
  for (const sign of style.match(/[{}]/g)!) {
    depth += sign === "{" ? 1 : -1;
    assert.ok(depth >= 0);
  }
  assert.equal(depth, 0);
});

Deno.test("evalStyle() uses no colour that is not defined, light and dark", () => {
  const style = evalStyle(1);
  const used = new Set([...style.matchAll(/var\((--[\w-]+)\)/g)].map(([, name]) => name!));
  // Set by a class, and by the script.
  for (const name of ["--tone", "--cut"]) assert.ok(used.delete(name));
  for (const name of used) {
    assert.equal((PAGE_STYLE + style).match(new RegExp(`${name}:`, "g"))?.length, 2, name);
  }
});

Deno.test("evalStyle() has a rule for each dilation", () => {
  assert.equal(evalStyle(3).match(/pick-dilate-\d:checked/g)?.length, 3);
  assert.equal(evalStyle(0).includes("pick-dilate"), false);
});

type Rgb = readonly [red: number, green: number, blue: number];

function linear(hex: string): Rgb {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function apply(matrix: readonly Rgb[], [r, g, b]: Rgb): Rgb {
  return matrix.map(([x, y, z]) => Math.max(0, x * r + y * g + z * b)) as unknown as Rgb;
}

/** Source: Machado, Oliveira and Fernandes 2009, severity 1, for linear light. */
const SIGHTS: Readonly<Record<string, readonly Rgb[]>> = {
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protan: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [
    -0.003882,
    -0.048116,
    1.051998,
  ]],
  deutan: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [
    -0.01182,
    0.04294,
    0.968881,
  ]],
  tritan: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [
    0.004733,
    0.691367,
    0.3039,
  ]],
};

/** Source: Ottosson 2020, "A perceptual color space for image processing". */
function oklab(rgb: Rgb): readonly number[] {
  const [l, m, s] = apply([
    [0.4122214708, 0.5363325363, 0.0514459929],
    [0.2119034982, 0.6806995451, 0.1073969566],
    [0.0883024619, 0.2817188376, 0.6299787005],
  ], rgb).map(Math.cbrt) as unknown as Rgb;
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** As in WCAG 2. */
function luminance([r, g, b]: Rgb): number {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

Deno.test("evalStyle() has colours of methods that every eye can tell apart, light and dark", () => {
  const style = PAGE_STYLE + evalStyle(1);
  const valuesOf = (name: string) =>
    [...style.matchAll(new RegExp(`${name}: (#[0-9a-f]{6})`, "g"))].map(([, hex]) => hex!);
  for (const theme of [0, 1]) {
    const tones = Array.from(
      { length: METHOD_TONES },
      (_, i) => linear(valuesOf(`--method-${i}`)[theme]!),
    );
    const panel = luminance(linear(valuesOf("--panel")[theme]!));
    tones.forEach((tone, i) => {
      const [dim, bright] = [luminance(tone), panel].sort((a, b) => a - b);
      assert.ok((bright! + 0.05) / (dim! + 0.05) >= 3, `theme ${theme}, tone ${i}: contrast`);
      for (const [sight, matrix] of Object.entries(SIGHTS)) {
        tones.slice(0, i).forEach((other, j) => {
          const [a, b] = [oklab(apply(matrix, tone)), oklab(apply(matrix, other))];
          const distance = Math.hypot(...a.map((value, at) => value - b[at]!));
          // A step that is just seen is about 0.02; the first four are those of most tables.
          const least = i < 4
            ? (sight === "normal" ? 0.2 : 0.06)
            : sight === "normal"
            ? 0.09
            : 0.04;
          assert.ok(distance >= least, `theme ${theme}, ${j} and ${i}, ${sight}: ${distance}`);
        });
      }
    });
  }
});
