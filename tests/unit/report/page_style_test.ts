import assert from "node:assert/strict";
import { PAGE_STYLE } from "../../../src/report/page_style.ts";

Deno.test("PAGE_STYLE loads nothing and cannot end its element", () => {
  assert.equal(/url\(|@import|<\//.test(PAGE_STYLE), false);
});

Deno.test("PAGE_STYLE closes every brace", () => {
  let depth = 0;
  for (const sign of PAGE_STYLE.match(/[{}]/g)!) {
    depth += sign === "{" ? 1 : -1;
    assert.ok(depth >= 0);
  }
  assert.equal(depth, 0);
});

Deno.test("PAGE_STYLE defines every colour it uses, light and dark", () => {
  const used = new Set([...PAGE_STYLE.matchAll(/var\((--[\w-]+)\)/g)].map(([, name]) => name!));
  used.delete("--tone"); // set by a class
  for (const name of used) {
    const definitions = PAGE_STYLE.match(new RegExp(`${name}:`, "g")) ?? [];
    assert.equal(definitions.length, 2, name);
  }
});

type Rgb = readonly [red: number, green: number, blue: number];

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

/** Source: Ottosson 2020, "A perceptual color space for image processing". */
function oklab(rgb: Rgb): Rgb {
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

Deno.test("PAGE_STYLE has colours of ranges that every eye can tell apart and order, light and dark", () => {
  const valuesOf = (name: string) =>
    [...PAGE_STYLE.matchAll(new RegExp(`${name}: (#[0-9a-f]{6})`, "g"))].map(([, hex]) => hex!);
  for (const theme of [0, 1]) {
    const tones = Array.from({ length: 8 }, (_, i) => linear(valuesOf(`--bin-${i}`)[theme]!));
    const panel = luminance(linear(valuesOf("--panel")[theme]!));
    for (const [i, tone] of tones.entries()) {
      const [dim, bright] = [luminance(tone), panel].sort((a, b) => a - b);
      assert.ok((bright! + 0.05) / (dim! + 0.05) >= 3, `theme ${theme}, tone ${i}: contrast`);
      const next = tones[i + 1];
      // The ends are rare and stand aside of the six.
      if (i === 0 || i >= 6) continue;
      assert.ok(oklab(next!)[0] > oklab(tone)[0], `theme ${theme}, tone ${i}: lightness`);
      for (const [sight, matrix] of Object.entries(SIGHTS)) {
        const [a, b] = [oklab(apply(matrix, tone)), oklab(apply(matrix, next!))];
        const distance = Math.hypot(...a.map((value, at) => value - b[at]!));
        // A step that is just seen is about 0.02.
        const least = sight === "normal" ? 0.12 : 0.04;
        assert.ok(distance >= least, `theme ${theme}, tone ${i}, ${sight}: ${distance}`);
      }
    }
  }
});
