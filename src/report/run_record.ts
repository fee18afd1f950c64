/**
 * What a training run leaves behind, as plain values.
 * @module
 */

/** A line of `log.jsonl`. */
export interface LogLine {
  /** Optimiser steps done. */
  readonly step: number;
  /** Weighted sum of the losses, mean over the steps since the last line. */
  readonly total: number;
  /** Unweighted losses by name, means over those of these steps at which they counted. */
  readonly parts: Readonly<Record<string, number>>;
  readonly learningRate: number;
  /** Names of the freezes that hold something at the last step. */
  readonly held: readonly string[];
  /** Milliseconds a step took, mean since the last line, checkpoint or validation. */
  readonly stepMs: number;
  /** Share of that time spent waiting for data, 0 to 1; older logs lack it. */
  readonly waitShare?: number;
}

/** Scores of composites against the truth: means over images, as `validate` in `src/training` gives them. */
export interface MeanScores {
  /** Number of images. */
  readonly count: number;
  /** Mean absolute error in percent of the range. */
  readonly l1Percent: number;
  /** In dB. */
  readonly psnr: number;
  /** At most 1. */
  readonly ssim: number;
  /** PSNR of the hole pixels alone, in dB. */
  readonly holePsnr: number;
}

/** A line of `validation.jsonl`. */
export interface ValidationLine extends MeanScores {
  /** Optimiser steps done. */
  readonly step: number;
  /** Scores by hole ratio, in ascending order; ranges without images are left out. */
  readonly bins: readonly (MeanScores & {
    /** Such as "(0.01, 0.1]". */
    readonly bin: string;
  })[];
  /** Milliseconds that the validation took. */
  readonly elapsedMs: number;
}

/** All that a run report shows. */
export interface RunRecord {
  /** Name of the run, such as that of its folder. */
  readonly name: string;
  /**
   * Path of the run folder as a command takes it.
   * @default `name`
   */
  readonly folder?: string;
  /** Settings that the run was started with, as they stand in its `config.json`. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The network in a few words. */
  readonly network: string;
  /** Number of trained values. */
  readonly parameters: number;
  /** Name of the training task. */
  readonly task: string;
  /** Planned optimiser steps. */
  readonly steps: number;
  /** In ascending order of steps. */
  readonly log: readonly LogLine[];
  /** In ascending order of steps. */
  readonly validations: readonly ValidationLine[];
  /** Preview sheets as PNG files, in ascending order of steps. */
  readonly previews: readonly PreviewImage[];
  /** How many sheets the run has, if those are not all. */
  readonly previewCount?: number;
  /** Images and masks that could not be used. */
  readonly leftOut: readonly { readonly path: string; readonly message: string }[];
  /** The validation with the best hole PSNR. */
  readonly best?: { readonly step: number; readonly holePsnr: number };
  /** Start of the run, ISO 8601. */
  readonly startedAt?: string;
  /** Time of the last change, ISO 8601. */
  readonly updatedAt?: string;
  readonly state: "running" | "done" | "interrupted" | "diverged";
  /** A sentence about the state, such as the message of a divergence. */
  readonly note?: string;
}

/** A preview sheet of a run. */
export interface PreviewImage {
  /** Optimiser steps done. */
  readonly step: number;
  /** Bytes of a PNG file. */
  readonly png: Uint8Array;
}
