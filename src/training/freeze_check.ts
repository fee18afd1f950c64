/**
 * Whether a network bears having its batch norm statistics frozen.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { runUNet } from "../model/pconv_unet.ts";
import type { TrainingTask } from "../task/types.ts";
import type { GradientRequest } from "./gradients.ts";
import { networkInput } from "./network_input.ts";
import { computeObjective } from "./objective.ts";

/** The objective on one batch, with every layer normalising by the batch and with the held ones by stored numbers. */
export interface FreezeCheck {
  /** Total loss with the batch's own statistics everywhere. */
  readonly before: number;
  /** Total loss as the step will see it. */
  readonly after: number;
}

/** True if a freeze holds the statistics of some batch norm layer at a step. */
export function holdsStatistics(
  { freezes }: TrainingTask,
  layers: Iterable<string>,
  step: number,
): boolean {
  return [...layers].some((layer) => freezes.some((freeze) => freeze.holdsStatistics(layer, step)));
}

/**
 * Finds the first step at which batch norm statistics are held that were not held the step before.
 *
 * @param layers Paths of the batch norm layers.
 * @param fromStep 0-based; the step itself counts if it is 0, the start of a run.
 * @returns Undefined if there is none before the task's end.
 */
export function findFreezeStep(
  task: TrainingTask,
  layers: readonly string[],
  fromStep: number,
): number | undefined {
  if (task.freezes.length === 0 || layers.length === 0) return undefined;
  let held = fromStep > 0 && holdsStatistics(task, layers, fromStep - 1);
  for (let step = fromStep; step < task.steps; step++) {
    const holds = holdsStatistics(task, layers, step);
    if (holds && !held) return step;
    held = holds;
  }
  return undefined;
}

/**
 * Evaluates the objective twice: before and after the switch to held statistics. Nothing is changed and no
 * gradient is computed.
 *
 * A loss that jumps means that the stored statistics are not those of the data: too short a history, or batches
 * too small. Training then starts from a spoilt network, with dark fills, as users of other implementations saw.
 */
export async function checkFreeze(request: GradientRequest): Promise<FreezeCheck> {
  const { task, config, parameters, step, batch, size, extractFeatures } = request;
  const n = batch.holeMask.length / (size * size);
  const totalWith = async (usesBatchStatistics: (path: string) => boolean) => {
    const total = tf.tidy(() => {
      const bytes = tf.tensor4d(batch.rgb255, [n, size, size, 3], "float32");
      const target = tf.div(bytes, 255) as tf.Tensor4D;
      const holeMask = tf.tensor4d(batch.holeMask, [n, size, size, 1], "float32");
      const validMask = tf.sub(1, holeMask) as tf.Tensor4D;
      const { masked, fills, truthMask } = networkInput(config, {
        target,
        validMask,
        lattice: batch.lattice,
      });
      const { output, batchStatistics } = runUNet(config, parameters, masked, {
        usesBatchStatistics,
        ...(fills === undefined ? {} : { fills }),
      });
      for (const { mean, variance } of batchStatistics.values()) tf.dispose([mean, variance]);
      return computeObjective(task, {
        target,
        output,
        validMask: truthMask,
        step,
        ...(extractFeatures === undefined ? {} : { extractFeatures }),
      }).total;
    });
    const [value] = await total.data();
    total.dispose();
    return value!;
  };
  const before = await totalWith(() => true);
  const after = await totalWith((path) =>
    !task.freezes.some((freeze) => freeze.holdsStatistics(path, step))
  );
  return { before, after };
}
