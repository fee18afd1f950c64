/**
 * Where the hole of a picture comes from.
 * @module
 */
import type { HoleBox } from "../../data/hole_box.ts";

/** One source of a hole. */
export type MaskSource =
  /** A file; which colour is the hole is a matter of the run. */
  | { readonly kind: "file"; readonly path: string }
  /** The picture's own transparency. */
  | { readonly kind: "alpha" }
  /** Pixels of the picture that have one colour. */
  | {
    readonly kind: "colour";
    readonly rgb255: readonly [number, number, number];
    /** Largest difference in a channel, 0 to 255; undefined for what the picture's format needs. */
    readonly tolerance: number | undefined;
  }
  /** Rectangles of the upright picture. */
  | { readonly kind: "boxes"; readonly boxes: readonly HoleBox[] };

/** All sources of one picture's hole, which is their union; none for a picture that stays as it is. */
export type HoleSources = readonly MaskSource[];

/** True if transparency is a part of the hole: what is filled then becomes opaque. */
export function isAlphaHole(sources: HoleSources): boolean {
  return sources.some(({ kind }) => kind === "alpha");
}

/** The file among the sources; there is one at most. */
export function maskFileOf(sources: HoleSources): string | undefined {
  return sources.find((source) => source.kind === "file")?.path;
}
