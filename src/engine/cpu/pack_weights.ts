/**
 * Kernels in the order in which the inner loop reads them.
 * @module
 */
import type { LayerSpec } from "../../model/unet_layers.ts";
import { paddedChannels } from "./feature_map.ts";

/** One input of a layer. */
export interface PackedGroup {
  /** Input channels of the kernel that are this group's. */
  readonly channels: number;
  /** The group is doubled by nearest neighbour. */
  readonly isDoubled: boolean;
}

/** Which of the four output pixels over a doubled one; both 0 where nothing is doubled. */
export interface Phase {
  readonly row: 0 | 1;
  readonly column: 0 | 1;
}

/** Options of {@linkcode planPacking}. */
export interface PackingOptions {
  readonly groups: readonly PackedGroup[];
  readonly phase: Phase;
}

/** Some rows of a kernel `[kh·kw·cin, cout]`, and where they are added. */
export interface PackingStep {
  /** First row of the kernel. */
  readonly row: number;
  /** Rows: input channels. */
  readonly channels: number;
  /** First row of each packed block. */
  readonly target: number;
}

/** How a kernel is packed. */
export interface Packing {
  /** Rows of a packed block: taps times channels, these rounded up by `paddedChannels`. */
  readonly rows: number;
  readonly steps: readonly PackingStep[];
}

/**
 * Taps of a 3-tap filter that fall on each of the two small pixels under it, by phase: `conv(double(x))` is a
 * convolution of `x` with their sums.
 */
const TAPS: readonly (readonly (readonly number[])[])[] = [
  [[0], [1, 2]],
  [[0, 1], [2]],
];

/**
 * Plans how a kernel becomes blocks of output channels, each by group, row, column and input channel. Several steps
 * with one target add up; rows without a step stay 0.
 */
export function planPacking(
  { kernel: side, cin }: Pick<LayerSpec, "kernel" | "cin">,
  { groups, phase }: PackingOptions,
): Packing {
  const single = Array.from({ length: side }, (_, tap) => [tap]);
  const steps: PackingStep[] = [];
  let firstChannel = 0;
  let target = 0;
  for (const { channels, isDoubled } of groups) {
    for (const rows of isDoubled ? TAPS[phase.row]! : single) {
      for (const columns of isDoubled ? TAPS[phase.column]! : single) {
        for (const i of rows) {
          for (const j of columns) {
            steps.push({ row: (i * side + j) * cin + firstChannel, channels, target });
          }
        }
        target += paddedChannels(channels);
      }
    }
    firstChannel += channels;
  }
  return { rows: target, steps };
}
