/**
 * From scores of pairs to rows of the table.
 * @module
 */
import { HOLE_BINS } from "../../../src/metrics/hole_bin.ts";
import { type MethodName, METHODS, type PairScores, type Score } from "./scores.ts";

/** Hole PSNR of our network minus that of a rival, in dB, over pairs. */
export interface Difference {
  readonly mean: number;
  /** Of the mean: sample deviation over √n; NaN for a single pair. */
  readonly standardError: number;
  /** Share of pairs with a difference above 0. */
  readonly wins: number;
}

/** One row: the pairs of a bin, or all pairs. */
export interface Row {
  /** For example "(0.1, 0.2]". */
  readonly label: string;
  readonly pairs: number;
  /** Means over pairs, but the median of `elapsedMs`. */
  readonly methods: Readonly<Record<MethodName, Score>>;
  /** What training adds. */
  readonly versusBase: Difference;
  readonly versusTelea: Difference;
  readonly versusNs: Difference;
  /** Against the better of Telea and Navier-Stokes on each pair. */
  readonly versusBest: Difference;
}

/** Makes a row for every bin that has pairs, and a last one for all pairs. */
export function summarise(pairs: readonly PairScores[]): Row[] {
  const bins = ["below", ...HOLE_BINS.keys(), "above"] as const;
  const rows = bins.flatMap((bin) => {
    const inside = pairs.filter((pair) => pair.bin === bin);
    return inside.length === 0 ? [] : [makeRow(binLabel(bin), inside)];
  });
  return pairs.length === 0 ? [] : [...rows, makeRow("all", pairs)];
}

/** True if the mean hole PSNR of our network is above those of both OpenCV methods. */
export function beatsOpencv({ methods: { pconv, telea, ns } }: Row): boolean {
  return pconv.holePsnr > telea.holePsnr && pconv.holePsnr > ns.holePsnr;
}

function makeRow(label: string, pairs: readonly PairScores[]): Row {
  const column = (name: MethodName, key: keyof Score) =>
    pairs.map((pair) => pair.scores[name][key]);
  const methods = Object.fromEntries(METHODS.map((name) => [name, {
    holePsnr: mean(column(name, "holePsnr")),
    psnr: mean(column(name, "psnr")),
    holeL1: mean(column(name, "holeL1")),
    ssim: mean(column(name, "ssim")),
    elapsedMs: median(column(name, "elapsedMs")),
  }])) as Record<MethodName, Score>;
  const ours = column("pconv", "holePsnr");
  const telea = column("telea", "holePsnr");
  const ns = column("ns", "holePsnr");
  const best = telea.map((value, i) => Math.max(value, ns[i]!));
  return {
    label,
    pairs: pairs.length,
    methods,
    versusBase: compare(ours, column("base", "holePsnr")),
    versusTelea: compare(ours, telea),
    versusNs: compare(ours, ns),
    versusBest: compare(ours, best),
  };
}

function compare(ours: readonly number[], theirs: readonly number[]): Difference {
  const differences = ours.map((value, i) => value - theirs[i]!);
  const center = mean(differences);
  const squares = differences.reduce((sum, value) => sum + (value - center) ** 2, 0);
  const n = differences.length;
  return {
    mean: center,
    standardError: Math.sqrt(squares / (n - 1) / n),
    wins: differences.filter((value) => value > 0).length / n,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = (sorted.length - 1) / 2;
  return (sorted[Math.floor(half)]! + sorted[Math.ceil(half)]!) / 2;
}

function binLabel(bin: number | "below" | "above"): string {
  if (bin === "below") return `at most ${HOLE_BINS[0]![0]}`;
  if (bin === "above") return `above ${HOLE_BINS.at(-1)![1]}`;
  const [low, high] = HOLE_BINS[bin]!;
  return `(${low}, ${high}]`;
}
