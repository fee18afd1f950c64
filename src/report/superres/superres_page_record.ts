/**
 * What the page and the text tables of an evaluation of super-resolution are made of, as plain data; types only.
 * @module
 */
import type { SuperresTable } from "../../evaluation/superres/superres_table.ts";

/** An evaluation without its pictures: enough for {@linkcode superresMarkdown}. */
export interface SuperresTextRecord {
  readonly title: string;
  /** The command that makes these tables again. */
  readonly command: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly table: SuperresTable;
  /** What the table says of each method against the reference, a sentence each. */
  readonly verdicts: readonly string[];
  /** How each score is computed, one a paragraph. */
  readonly definitions: readonly string[];
  /** What was left out, and why. */
  readonly problems: readonly string[];
  /** What a reader should know. */
  readonly remarks: readonly string[];
}

/** An evaluation with its pictures. */
export interface SuperresPageRecord extends SuperresTextRecord {
  /** The method of which gains and losses are, and whose pictures stand first. */
  readonly primary: string;
  /** By scale. */
  readonly examples: readonly SuperresExample[];
  /** By falling gain of `primary` over the reference. */
  readonly gains: readonly SuperresExample[];
  /** By rising gain; only pictures on which it is below. */
  readonly losses: readonly SuperresExample[];
}

/** A part of a picture at one scale with the results of some methods, as encoded pictures of one size. */
export interface SuperresExample {
  /** Path below the folder of images. */
  readonly image: string;
  readonly scale: number;
  /** Pixels of the pictures below. */
  readonly width: number;
  readonly height: number;
  /** Where they lie in the whole picture, in pixels. */
  readonly left: number;
  readonly top: number;
  readonly mimeType: "image/png" | "image/jpeg" | "image/webp";
  readonly truth: Uint8Array;
  /** The small picture, every pixel a square. */
  readonly small: Uint8Array;
  readonly results: readonly {
    readonly method: string;
    readonly picture: Uint8Array;
    /** On Y, of the whole picture; null if it equals the truth. */
    readonly psnrY: number | null;
  }[];
}
