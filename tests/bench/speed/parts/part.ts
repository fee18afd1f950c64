/**
 * What every part of the bench has in common.
 * @module
 */
import type { Before } from "../before.ts";
import type { Measured } from "../measure.ts";

/** What a part is given. */
export interface PartContext {
  /** Empty or holding files of earlier parts; it is removed at the end. */
  readonly folder: string;
  /** Fewer cases, fewer repetitions. */
  readonly isQuick: boolean;
  /** The program as it was; undefined if that is not measured. */
  readonly before: Before | undefined;
  /** Folder of photographs; undefined makes some. */
  readonly images: string | undefined;
  readonly log: (line: string) => void;
}

/** One point of the curve. */
export interface CurvePoint {
  readonly preset: string;
  readonly shape: "strokes" | "square";
  readonly percent: number;
  /** True share of hole pixels, 0..1. */
  readonly share: number;
  readonly medianMs: number;
}

/** What a part gives. */
export interface PartResult {
  readonly tables: readonly Measured[];
  readonly curve?: readonly CurvePoint[];
  /** Lines below the tables. */
  readonly remarks?: readonly string[];
  /** False if a contender computed something else than the reference. @default true */
  readonly isRight?: boolean;
}

/** One part of the bench: an entry of `--only`. */
export interface Part {
  readonly name: string;
  readonly title: string;
  run(context: PartContext): Promise<PartResult>;
}
