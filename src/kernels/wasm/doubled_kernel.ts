/**
 * A 3x3 kernel over a doubled image as a 4x4 kernel over the small one.
 * @module
 */
import type { Take, Workspace } from "./workspace.ts";

/**
 * `conv(double(x), k)` with padding 1 is the transpose of a convolution of stride 2 and padding 1 whose tap `i` is the
 * sum of these taps of `k`: an even pixel sees `x` one to the left through tap 0 and its own through taps 1 and 2, an
 * odd one its own through taps 0 and 1 and one to the right through tap 2.
 */
const SUMS: readonly (readonly number[])[] = [[2], [1, 2], [0, 1], [0]];

/** Taps of the 4x4 kernel in one direction. */
export const DOUBLED_TAPS = SUMS.length;

/** All pairs: tap of the 4x4 kernel, tap of the 3x3 kernel that is part of it. */
const PAIRS: readonly (readonly [doubled: number, tap: number])[] = SUMS.flatMap((rows, a) =>
  SUMS.flatMap((columns, b) =>
    rows.flatMap((i) => columns.map((j) => [a * DOUBLED_TAPS + b, i * 3 + j] as const))
  )
);

/** Some of the input channels of a 3x3 kernel `[3, 3, kernelChannels, cout]`. */
export interface KernelSlice {
  readonly address: number;
  readonly kernelChannels: number;
  readonly firstChannel: number;
  readonly channels: number;
  readonly cout: number;
}

function tapAddress({ address, kernelChannels, firstChannel, cout }: KernelSlice, tap: number) {
  return address + 4 * (tap * kernelChannels + firstChannel) * cout;
}

/** Makes the 4x4 kernel `[4, 4, channels, cout]` in scratch memory. @returns Its address. */
export function doubleKernel(workspace: Workspace, take: Take, slice: KernelSlice): number {
  const numbers = slice.channels * slice.cout;
  const target = take(4 * DOUBLED_TAPS ** 2 * numbers);
  workspace.bytes().fill(0, target, target + 4 * DOUBLED_TAPS ** 2 * numbers);
  for (const [doubled, tap] of PAIRS) {
    workspace.kernels.add(tapAddress(slice, tap), target + 4 * doubled * numbers, numbers);
  }
  return target;
}

/** The way back: adds the gradient of one tap of the 4x4 kernel to those of the 3x3 kernel. */
export function addDoubledGradient(
  workspace: Workspace,
  slice: KernelSlice,
  { tap: doubled, source, lineBytes }: {
    readonly tap: number;
    /** `channels` lines of `cout` numbers. */
    readonly source: number;
    readonly lineBytes: number;
  },
): void {
  const { channels, cout } = slice;
  const isDense = lineBytes === 4 * cout;
  for (const [of, tap] of PAIRS) {
    if (of !== doubled) continue;
    const target = tapAddress(slice, tap);
    if (isDense) workspace.kernels.add(source, target, channels * cout);
    for (let line = 0; line < (isDense ? 0 : channels); line++) {
      workspace.kernels.add(source + line * lineBytes, target + 4 * line * cout, cout);
    }
  }
}
