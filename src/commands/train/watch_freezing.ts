/**
 * Says what freezing batch norm statistics does to the loss, when it happens.
 * @module
 */
import type { CommandIo } from "../../cli/io.ts";
import type { SampleStream } from "../../data/sample_stream.ts";
import type { TrainingTask } from "../../task/types.ts";
import { checkFreeze, findFreezeStep } from "../../training/freeze_check.ts";
import type { FeatureExtractor } from "../../training/objective.ts";
import type { TrainingState } from "../../training/state.ts";

/** What {@linkcode watchFreezing} needs of a run. */
export interface FreezingRun {
  readonly task: TrainingTask;
  readonly state: TrainingState;
  readonly settings: { readonly size: number };
  readonly features?: { readonly extract: FeatureExtractor } | undefined;
  readonly data: { readonly samples: Pick<SampleStream, "batch"> };
  readonly io: Pick<CommandIo, "log" | "warn">;
}

/** A watch over one run. */
export interface FreezingWatch {
  /** Steps done when statistics begin to be held, or undefined if that does not come. */
  readonly step: number | undefined;
  /** Says what it does to the loss, if the run is at that step; to be called once there. */
  check(): Promise<void>;
}

/** From this ratio on the loss jumps; batches alone make it differ by less. */
const JUMP = 1.5;

/** Finds the step at which a run begins to hold statistics; that of a resumed run may be over. */
export function watchFreezing(run: FreezingRun): FreezingWatch {
  const { task, state, settings, features, data, io } = run;
  const { config, parameters } = state;
  const step = findFreezeStep(task, [...parameters.statistics.keys()], state.step);
  return {
    step,
    async check() {
      if (state.step !== step) return;
      const { before, after } = await checkFreeze({
        ...{ task, config, parameters, step },
        batch: await data.samples.batch(step),
        size: settings.size,
        ...(features === undefined ? {} : { extractFeatures: features.extract }),
      });
      const change = `from ${before.toFixed(4)} to ${after.toFixed(4)}`;
      io.log(`batch norm statistics are frozen from step ${step} on: loss ${change}`);
      if (after <= JUMP * before) return;
      io.warn(
        `the loss jumps ${change} as batch norm statistics are frozen: those of the weights do not ` +
          "fit these images, because their training was too short or its batches too small; train " +
          "longer with batch norm on before this",
      );
    },
  };
}
