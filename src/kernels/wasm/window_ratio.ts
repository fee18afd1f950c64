/**
 * How much of each window is known.
 * @module
 */
import { placeOnCanvas } from "./canvas.ts";
import type { Take, Workspace } from "./workspace.ts";

/** A mask and the channels that share it. */
export interface MaskGroup {
  /** Address of `[n, h, w]`. */
  readonly mask: number;
  readonly channels: number;
  readonly upsample: 1 | 2;
}

/** What {@linkcode windowRatio} reads and writes; sizes in pixels, those of the groups after doubling. */
export interface WindowRatioPass {
  readonly groups: readonly MaskGroup[];
  readonly n: number;
  readonly height: number;
  readonly width: number;
  readonly kernelSize: readonly [height: number, width: number];
  readonly stride: number;
  /** `[n, h', w']`, replaced: `kh · kw · cin / s`, 0 where `s` is 0, with `s = Σ_g channels · box(mask)`. */
  readonly ratio: number;
  /** `[n, h', w']`, replaced: 1 where `s` is not 0, else 0. */
  readonly validMask: number;
}

/** Computes ratio and grown mask of a partial convolution. All sums are whole numbers, so their order does not matter. */
export function windowRatio(workspace: Workspace, take: Take, pass: WindowRatioPass): void {
  const { groups, n, height, width, kernelSize: [kernelHeight, kernelWidth], stride } = pass;
  const [rows, columns] = [Math.ceil(height / stride), Math.ceil(width / stride)];
  const count = n * rows * columns;
  const sums = pass.validMask;
  workspace.bytes().fill(0, sums, sums + 4 * count);
  const { add, windowSum } = workspace.kernels;
  for (const { mask, channels, upsample } of groups) {
    const image = upsample === 1
      ? { address: mask, n, height, width, channels: 1 }
      : doubleMask(workspace, take, { address: mask, n, height, width });
    const canvas = placeOnCanvas(workspace, take, image, {
      top: (kernelHeight - 1) / 2,
      left: (kernelWidth - 1) / 2,
      height: (rows - 1) * stride + kernelHeight,
      width: (columns - 1) * stride + kernelWidth,
    });
    const pitch = 4 * canvas.width;
    const line = take(pitch);
    const factor = take(4);
    workspace.numbers()[factor >>> 2] = channels;
    const bytes = workspace.bytes();
    for (let row = 0; row < n * rows; row++) {
      const top = Math.floor(row / rows) * canvas.height + (row % rows) * stride;
      const first = canvas.address + top * pitch;
      bytes.copyWithin(line, first, first + pitch);
      for (let i = 1; i < kernelHeight; i++) add(first + i * pitch, line, canvas.width);
      windowSum(line, 4 * stride, kernelWidth, sums + 4 * row * columns, columns, factor);
    }
  }
  const whole = kernelHeight * kernelWidth *
    groups.reduce((sum, { channels }) => sum + channels, 0);
  const numbers = workspace.numbers();
  const ratios = numbers.subarray(pass.ratio >>> 2, (pass.ratio >>> 2) + count);
  const known = numbers.subarray(sums >>> 2, (sums >>> 2) + count);
  for (let i = 0; i < count; i++) {
    // The smallest sum that is not empty is 1.
    const sum = known[i]!;
    known[i] = Math.min(sum, 1);
    ratios[i] = Math.fround(whole / Math.max(sum, 1)) * known[i]!;
  }
}

/** Nearest doubling. @param options Sizes of the result. */
function doubleMask(
  { kernels, bytes }: Workspace,
  take: Take,
  { address, n, height, width }: {
    readonly address: number;
    readonly n: number;
    readonly height: number;
    readonly width: number;
  },
) {
  const target = take(4 * n * height * width);
  const view = bytes();
  for (let row = 0; row < n * height / 2; row++) {
    const first = target + 8 * row * width;
    kernels.repeat(address + 2 * row * width, 4, first, width / 2);
    view.copyWithin(first + 4 * width, first, first + 4 * width);
  }
  return { address: target, n, height, width, channels: 1 };
}
