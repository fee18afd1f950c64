/**
 * What runs in one process each and speaks with the bench: single operations, forward passes, the curve, training.
 * @module
 */
import type { PresetName } from "../../../../src/model/unet_config.ts";
import {
  CURVE_CONTENDERS,
  forwardContenders,
  opContenders,
  trainContenders,
} from "../contender.ts";
import { holeShare, irregularHole, squareHole } from "../holes.ts";
import {
  makeForward,
  makeNetwork,
  makeOp,
  makeTraining,
  shareText,
  type TrainCase,
} from "../make_workloads.ts";
import { type Field, type Measured, openField } from "../measure.ts";
import type { CurvePoint, Part, PartContext, PartResult } from "./part.ts";

/** Partial convolutions alone, at sizes and channels of the paper's network. */
export const op: Part = {
  name: "op",
  title: "One partial convolution, 3x3",
  async run(context) {
    return await withField(context, opContenders(context.before), async (field) => {
      const tables: Measured[] = [];
      for (const [size, channels] of [[64, 256], [128, 128]] as const) {
        const workload = await makeOp(context.folder, size, channels);
        const share = shareText(irregularHole(size, 20));
        const title = `${size}², ${channels} to ${channels} channels, ${share} hole`;
        tables.push(await field.measure(title, workload));
      }
      return { tables };
    });
  },
};

/** Whole networks at several shares of hole. */
export const forward: Part = {
  name: "forward",
  title: "The whole network forward",
  async run(context) {
    return await withField(context, forwardContenders(context.before), async (field) => {
      const tables: Measured[] = [];
      for (const preset of ["lite", "paper"] as const) {
        const network = await makeNetwork(context.folder, preset);
        for (const size of [256, 512]) {
          for (const percent of context.isQuick ? [20] : [5, 20, 50]) {
            const hole = irregularHole(size, percent);
            const given = { network, size, percent, hole, hasGraph: true };
            const workload = await makeForward(context.folder, given);
            const title = `${preset}, ${size}², ${shareText(hole)} hole`;
            tables.push(await field.measure(title, workload, { wanted: hole }));
          }
        }
      }
      return { tables };
    });
  },
};

/** How the time of the CPU engine follows the hole. */
export const curve: Part = {
  name: "curve",
  title: "The curve: time over the hole, 512², engine on the CPU",
  async run(context) {
    return await withField(context, CURVE_CONTENDERS, async (field) => {
      const points: CurvePoint[] = [];
      for (const preset of ["lite", "paper"] as const) {
        const network = await makeNetwork(context.folder, preset);
        for (const shape of ["strokes", "square"] as const) {
          for (const percent of context.isQuick ? [5, 50] : [1, 2, 5, 10, 20, 30, 40, 50, 60, 75]) {
            const hole = shape === "square"
              ? squareHole(512, percent)
              : irregularHole(512, percent);
            const given = { network, size: 512, percent, hole, hasGraph: false };
            const workload = await makeForward(context.folder, given);
            const title = `${preset}, ${shape}, ${shareText(hole)}`;
            const { entries: [entry] } = await field.measure(title, workload, { wanted: hole });
            if (entry?.medianMs === undefined) continue;
            const { medianMs } = entry;
            points.push({ preset, shape, percent, share: holeShare(hole), medianMs });
          }
        }
      }
      return { tables: [], curve: points };
    });
  },
};

interface Training extends Omit<TrainCase, "network"> {
  readonly preset: PresetName;
}

const TRAININGS: readonly Training[] = [
  { preset: "lite", size: 256, batch: 4, objective: "l1" },
  { preset: "lite", size: 128, batch: 2, objective: "full" },
  { preset: "paper", size: 256, batch: 2, objective: "full" },
];

/**
 * The paper's network at 256² normalises two single pixels at its coarsest levels: the first loss is the same to
 * rounding, but its gradients there are nothing but rounding, which Adam blows up to whole steps.
 */
const OF_BATCH_NORM = {
  compared: 1,
  differs: (name: string) =>
    name.endsWith("--replicas 2") ? "batch norm over shares: its numbers are its own" : undefined,
};

/** One optimiser step: forward, losses, backward, Adam. */
export const training: Part = {
  name: "train",
  title: "One training step",
  async run(context) {
    return await withField(context, trainContenders(context.before), async (field) => {
      const tables: Measured[] = [];
      for (const { preset, ...given } of TRAININGS) {
        if (context.isQuick && preset === "paper") continue;
        const network = await makeNetwork(context.folder, preset);
        const workload = await makeTraining(context.folder, { network, ...given });
        const losses = given.objective === "l1" ? "L1 terms" : "full objective with VGG-16";
        const title = `${preset}, batch ${given.batch} of ${given.size}², ${losses}`;
        const isNormalised = network.config.normalisation === "batch";
        tables.push(await field.measure(title, workload, isNormalised ? OF_BATCH_NORM : {}));
      }
      return { tables };
    });
  },
};

/** Opens contenders for as long as the work takes. */
async function withField<T extends object>(
  { folder, isQuick, log }: PartContext,
  contenders: Parameters<typeof openField>[0],
  work: (field: Field) => Promise<T>,
): Promise<T & Pick<PartResult, "isRight" | "remarks">> {
  const field = await openField(contenders, {
    ...{ folder, log },
    budgetMs: isQuick ? 1000 : 3000,
    repeats: isQuick ? [1, 3] : [2, 9],
  });
  try {
    const result = await work(field);
    return { ...result, remarks: field.absent, isRight: field.isRight() };
  } finally {
    await field.close();
  }
}
