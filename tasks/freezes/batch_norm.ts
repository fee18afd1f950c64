/**
 * Freezing of batch normalisation.
 * @module
 */
import type { Freeze } from "../../src/task/types.ts";

/** Options of {@linkcode freezeBatchNorm}. */
export interface BatchNormFreezeOptions {
  /**
   * Which layers, by path such as "encoder/2/batch_norm".
   * @default Those of the encoder.
   */
  readonly where?: (layerPath: string) => boolean;
  /**
   * Whether running statistics are used and left unchanged.
   * @default true
   */
  readonly statistics?: boolean;
  /**
   * Whether gamma and beta are held.
   * @default true
   */
  readonly affine?: boolean;
  /**
   * First step that is frozen.
   * @default 0
   */
  readonly fromStep?: number;
}

/**
 * Freezes batch norm layers, by default the encoder's: statistics and affine part, two separate switches.
 *
 * Source: Liu et al. 2018, section 4.2, fine-tuning.
 * Differs: naoto0804 holds the statistics alone (`affine: false`).
 */
export function freezeBatchNorm(options: BatchNormFreezeOptions = {}): Freeze {
  const {
    where = isEncoder,
    statistics = true,
    affine = true,
    fromStep = 0,
  } = options;
  return {
    // As the catalog and --freeze call it.
    name: [
      ...(where === isEncoder ? ["encoder"] : []),
      "batch-norm",
      ...(affine ? [] : ["statistics"]),
      ...(statistics ? [] : ["affine"]),
    ].join("-"),
    holdsParameter: ({ path, role }, step) =>
      affine && step >= fromStep && (role === "gamma" || role === "beta") && where(path),
    holdsStatistics: (layerPath, step) => statistics && step >= fromStep && where(layerPath),
  };
}

function isEncoder(layerPath: string): boolean {
  return layerPath.startsWith("encoder/");
}
