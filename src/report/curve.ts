/**
 * Curves of many points, smoothed and thinned for a chart.
 * @module
 */

/** A point of a curve. */
export type CurvePoint = readonly [x: number, y: number];

/** Keeps the points that a chart can draw. */
export function finitePoints(points: readonly CurvePoint[]): CurvePoint[] {
  return points.filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
}

/**
 * Smooths by a centred mean, which does not lag as a running mean does. At the ends the window lacks what would lie
 * beyond, so that the last value is a mean as well.
 *
 * @param radius Points on either side of the middle, a whole number.
 */
export function smoothCurve(points: readonly CurvePoint[], radius: number): CurvePoint[] {
  const sums = [0];
  for (const [, y] of points) sums.push(sums.at(-1)! + y);
  return points.map(([x], i) => {
    const from = Math.max(0, i - radius);
    const to = Math.min(points.length, i + radius + 1);
    return [x, (sums[to]! - sums[from]!) / (to - from)];
  });
}

/**
 * Thins a curve so that a chart of some columns looks the same: of each column the lowest and the highest point stay,
 * and the ends of the curve do.
 *
 * @param points In ascending order of x.
 */
export function thinCurve(points: readonly CurvePoint[], columns: number): CurvePoint[] {
  if (points.length <= 2 * columns) return [...points];
  const [start] = points[0]!;
  const width = (points.at(-1)![0] - start) / columns || 1;
  const kept: CurvePoint[] = [];
  let from = 0;
  while (from < points.length) {
    const column = Math.floor((points[from]![0] - start) / width);
    let [to, low, high] = [from, from, from];
    for (; to < points.length; to++) {
      if (Math.floor((points[to]![0] - start) / width) !== column) break;
      if (points[to]![1] < points[low]![1]) low = to;
      if (points[to]![1] > points[high]![1]) high = to;
    }
    const isEnd = from === 0 || to === points.length;
    const stay = isEnd ? [from, low, high, to - 1] : [low, high];
    for (const i of [...new Set(stay)].sort((a, b) => a - b)) kept.push(points[i]!);
    from = to;
  }
  return kept;
}
