/**
 * The colour and the shape by which one knows a method in charts and tables.
 * @module
 */
import { type Html, markup } from "../html.ts";

/** Colours in eval_style.ts. */
export const METHOD_TONES = 8;

/** Shapes around a point, as pieces of an SVG path; a shape may be told apart without its colour. */
const SHAPES: readonly ((x: number, y: number) => string)[] = [
  (x, y) => `M${x - 3} ${y}a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z`,
  (x, y) => `M${x - 2.7} ${y - 2.7}h5.4v5.4h-5.4z`,
  (x, y) => `M${x} ${y - 3.6}l3.5 6.2h-7z`,
  (x, y) => `M${x} ${y - 3.8}l3.8 3.8l-3.8 3.8l-3.8 -3.8z`,
  (x, y) => `M${x} ${y + 3.6}l3.5 -6.2h-7z`,
];

/** Class of the colour of a method by its place in the table. */
export function methodTone(index: number): string {
  return `method-${index % METHOD_TONES}`;
}

/** The mark of a method around a point. */
export function methodMark(index: number, x: number, y: number): Html {
  return markup`<path class="mark-of" d="${SHAPES[index % SHAPES.length]!(x, y)}"/>`;
}

/** The mark beside a name, hidden from those who listen: the name says it all. */
export function methodKey(index: number): Html {
  return markup`<svg class="key ${methodTone(index)}" viewBox="0 0 12 12" aria-hidden="true">${
    methodMark(index, 6, 6)
  }</svg>`;
}

/** The methods with their marks. */
export function methodLegend(methods: readonly string[]): Html {
  const items = methods.map((method, i) => markup`<li>${methodKey(i)}${method}</li>`);
  return markup`<ul class="legend">${items}</ul>`;
}
