/**
 * What a preset is: the metrics of another project, computed as that project computes them; types only.
 * @module
 */

/** One pair, as a preset sees it. */
export interface PresetInput {
  /** The composite: the result in the hole, the truth elsewhere; rgb255, `[h·w·3]` interleaved. */
  readonly result: Uint8Array;
  /** rgb255 of the same size. */
  readonly truth: Uint8Array;
  /** `[h·w]`, 1 = hole. */
  readonly holeMask: Uint8Array;
  /** Pixels per row. */
  readonly width: number;
  /** Number of rows. */
  readonly height: number;
}

/** Numbers by name; null where a number has no finite value. */
export type PresetValues = Readonly<Record<string, number | null>>;

/** A column of the table of a preset. */
export interface PresetScore {
  /** Key in the values. */
  readonly name: string;
  /** Heading of the column. */
  readonly label: string;
  /** "dB", "%", or "" for a plain number. */
  readonly unit: string;
  /** Decimals of the column. */
  readonly digits: number;
  readonly isHigherBetter: boolean;
  /** "mean" of the values of the pairs, or "pooled": computed once from sums over the pairs. */
  readonly how: "mean" | "pooled";
}

/** The metrics of another project. */
export interface EvalPreset {
  /** Name on the command line, lower case. */
  readonly name: string;
  /** Sentences printed under the table: what is computed, after which file of which version. */
  readonly definition: readonly string[];
  /** Columns, in the order of the table. */
  readonly scores: readonly PresetScore[];
  /**
   * Measures one pair: the value of every "mean" score, and the sums that "pooled" scores come from.
   *
   * @throws {RangeError} If the sizes of images or mask do not agree.
   */
  readonly measure: (input: PresetInput) => PresetValues;
  /** Computes every "pooled" score from what `measure` gave for several pairs; absent if there is none. */
  readonly pool?: (parts: readonly PresetValues[]) => PresetValues;
  /** Label of the project's own class of a hole mask `[h·w]`; absent if it has none. */
  readonly binOf?: (holeMask: Uint8Array) => string;
}
