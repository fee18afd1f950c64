/**
 * Small training runs from formulas.
 * @module
 */
import { listParameters, listStatistics } from "../../src/model/list_parameters.ts";
import { makeParameter, makeStatistics, type UNetParameters } from "../../src/model/parameters.ts";
import type { UNetConfig } from "../../src/model/unet_config.ts";
import type { ParameterInfo } from "../../src/task/types.ts";
import type { TrainingBatch } from "../../src/training/gradients.ts";
import type { TrainingState } from "../../src/training/state.ts";
import { formulaMask, formulaTensor, type MaskKind } from "./formula_tensor.ts";

/**
 * The numbers of a network by formula, as in tests/oracle/generate/tiny_unet.py: one phase per trained tensor in
 * layer order; kernels of He's deviation, scales near 1, shifts near 0; statistics near 0 and 1.
 */
export function formulaParameters(config: UNetConfig): UNetParameters {
  const infos = listParameters(config);
  const numbers = (shape: readonly number[], phase: number, scale: number, shift: number) =>
    Float32Array.from(formulaTensor(shape, { phase, scale, shift }).data);
  return {
    trained: new Map(infos.map((info, index) => {
      const [scale, shift] = scaleOf(info);
      return [info.path, makeParameter(info, numbers(info.shape, index + 1, scale, shift))];
    })),
    statistics: new Map(
      listStatistics(config).map(({ path, channels }) => {
        const phase = infos.findIndex((info) => info.path === `${path}/beta`) + 1;
        const mean = numbers([channels], phase + 0.5, 0.2, 0);
        const variance = numbers([channels], phase + 0.7, 0.5, 1);
        return [path, makeStatistics(mean, variance)];
      }),
    ),
  };
}

function scaleOf({ role, shape }: ParameterInfo): [scale: number, shift: number] {
  if (role === "gamma") return [0.2, 1];
  if (role !== "kernel") return [0.1, 0];
  return [2 / Math.sqrt(shape[0]! * shape[1]! * shape[2]!), 0];
}

/** A state before its first step. */
export function formulaState(config: UNetConfig): TrainingState {
  return { config, parameters: formulaParameters(config), optimizer: new Map(), step: 0 };
}

/** Options of {@linkcode formulaBatch}. */
export interface FormulaBatchOptions {
  /** Side in pixels. */
  readonly size: number;
  /** One kind per item. */
  readonly masks: readonly MaskKind[];
}

/** The batch of a step: pictures of whole numbers that differ by step, masks that do not. */
export function formulaBatch(step: number, { size, masks }: FormulaBatchOptions): TrainingBatch {
  const n = masks.length;
  const rgb255 = Uint8Array.from({ length: n * size * size * 3 }, (_, i) => {
    // As in the generator, y goes on counting from item to item.
    const [y, x, c] = [Math.floor(i / 3 / size), Math.floor(i / 3) % size, i % 3];
    return (x * 9 + y * 5 + c * 70 + ((x * y) % 13) * 6 + step * 31) % 256;
  });
  const { data } = formulaMask(masks, size, size);
  return { rgb255, holeMask: Uint8Array.from(data, (isValid) => 1 - isValid) };
}
