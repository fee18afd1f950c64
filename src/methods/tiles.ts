/**
 * Overlapping tiles with weights that add up to one.
 * @module
 */

/** One tile along one axis, in pixels. */
export interface TileSpan {
  readonly start: number;
  readonly size: number;
}

/**
 * Covers a length with spans of at most `tile` pixels that overlap by a quarter or more; starts are multiples
 * of `multiple`.
 *
 * @param length A multiple of `multiple`.
 * @param tile A multiple of `multiple`, at least two of them.
 */
export function tileSpans(length: number, tile: number, multiple: number): TileSpan[] {
  if (length <= tile) return [{ start: 0, size: length }];
  const step = Math.max(multiple, Math.floor(tile * 3 / 4 / multiple) * multiple);
  const spans: TileSpan[] = [];
  for (let start = 0;; start += step) {
    const last = start + tile >= length;
    spans.push({ start: last ? length - tile : start, size: tile });
    if (last) return spans;
  }
}

/**
 * Weights of one span's pixels in the blend; those of all spans add up to 1 at every pixel.
 *
 * @param spans All spans of the length, `span` among them.
 * @returns `[size]`, each above 0.
 */
export function blendWeights(
  span: TileSpan,
  spans: readonly TileSpan[],
  length: number,
): Float32Array {
  const total = new Float32Array(length);
  for (const each of spans) {
    tileWeights(each, length).forEach((weight, i) => total[each.start + i]! += weight);
  }
  return tileWeights(span, length).map((weight, i) => weight / total[span.start + i]!);
}

/** 1 inside, falling linearly over a quarter towards an edge that another span overlaps, never 0. */
function tileWeights({ start, size }: TileSpan, length: number): Float32Array {
  const ramp = Math.max(1, Math.floor(size / 4));
  return Float32Array.from({ length: size }, (_, i) => {
    const fromStart = start === 0 ? 1 : (i + 1) / (ramp + 1);
    const fromEnd = start + size === length ? 1 : (size - i) / (ramp + 1);
    return Math.min(1, fromStart, fromEnd);
  });
}
