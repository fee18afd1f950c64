/**
 * Input gradient of a convolution for tfjs's WebAssembly backend, whose own kernel is a naive loop; also known as
 * transposed convolution.
 * @module
 */
import { placeOnCanvas } from "./canvas.ts";
import type { KernelView } from "./conv2d_forward.ts";
import type { ConvGeometry } from "./conv_geometry.ts";
import { convolveWalk, countBlocks, packWeights } from "./dense_convolution.ts";
import { readPhases } from "./pixel_phases.ts";
import type { Take, Workspace } from "./workspace.ts";

/** Addresses of what {@linkcode conv2dInputGradient} reads and writes. */
export interface InputGradientPass {
  /** `[n, h', w', cout]`. */
  readonly dy: number;
  /** Factor of each pixel of `dy`, `[n, h', w']`; @default {undefined} All 1 */
  readonly dyFactors?: number | undefined;
  readonly kernel: KernelView;
  /** `[n, h, w, cin]`. */
  readonly dx: number;
  /** Factor of each pixel of `dx`, `[n, h, w]`; @default {undefined} All 1 */
  readonly factors?: number | undefined;
  /** `[cin]`, added to `dx`; @default {undefined} 0 */
  readonly bias?: number | undefined;
  /** Factor of the bias for each pixel; @default {undefined} All 1 */
  readonly biasFactors?: number | undefined;
  /** True adds to `dx` instead of replacing it; @default false */
  readonly isAdded?: boolean | undefined;
}

/**
 * Computes `dx[n,y,x,ci] = factor · Σ dy[n,(y+p-i)/s,(x+p-j)/s,co] · kernel[i,j,ci,co] + biasFactor · bias[ci]` over all taps
 * that divide.
 *
 * Pixels whose `(y+p) mod s` and `(x+p) mod s` agree see the same taps: each such phase is a convolution of stride 1
 * over `dy`, with every `s`-th tap of the turned kernel.
 *
 * @throws {RangeError} If there are factors, a bias or something to add to, and a stride larger than the kernel.
 */
export function conv2dInputGradient(
  workspace: Workspace,
  take: Take,
  geometry: ConvGeometry,
  { dy, dyFactors, kernel, dx, factors, bias, biasFactors, isAdded }: InputGradientPass,
): void {
  const { n, height, width, cin, cout, kernelHeight, kernelWidth, outHeight, outWidth, stride } =
    geometry;
  const vertical = readPhases({
    size: height,
    kernelSize: kernelHeight,
    pad: geometry.padTop,
    stride,
  });
  const horizontal = readPhases({
    size: width,
    kernelSize: kernelWidth,
    pad: geometry.padLeft,
    stride,
  });
  const images = { address: dy, n, height: outHeight, width: outWidth, channels: cout };
  const canvas = placeOnCanvas(workspace, take, images, {
    top: -vertical.first,
    left: -horizontal.first,
    height: vertical.last - vertical.first + 1,
    width: horizontal.last - horizontal.first + 1,
    factors: dyFactors,
  });
  if (stride > Math.min(kernelHeight, kernelWidth)) {
    // Some pixels see no tap at all.
    if (bias !== undefined || isAdded === true) {
      throw new RangeError(`Cannot add to pixels that a stride of ${stride} skips`);
    }
    workspace.bytes().fill(0, dx, dx + 4 * n * height * width * cin);
  }
  const line = 32 * cout;
  const pitch = 4 * canvas.width * cout;
  for (const down of vertical.phases) {
    for (const right of horizontal.phases) {
      const taps = down.taps.flatMap((i) => right.taps.map((j) => i * kernelWidth + j));
      if (taps.length === 0) continue;
      const blockBytes = taps.length * line;
      const weights = take(countBlocks(cin) * blockBytes);
      taps.forEach((tap, place) =>
        packWeights(workspace, {
          address: kernel.address + tap * kernel.tapStep,
          lines: cout,
          lineStep: kernel.outputStep,
          channels: cin,
          channelStep: kernel.inputStep,
        }, { address: weights + place * line, blockBytes })
      );
      const everyPixel = (address: number, channels: number) => ({
        address: address + 4 * channels * (down.at * width + right.at),
        imageStep: 4 * channels * height * width,
        rowStep: 4 * channels * stride * width,
        columnStep: 4 * channels * stride,
      });
      convolveWalk(workspace, take, {
        walk: {
          n,
          rows: down.count,
          columns: right.count,
          input: {
            address: canvas.address + (down.from - vertical.first) * pitch +
              4 * (right.from - horizontal.first) * cout,
            imageStep: canvas.height * pitch,
            rowStep: pitch,
            columnStep: 4 * cout,
          },
          output: everyPixel(dx, cin),
          factor: factors === undefined ? undefined : everyPixel(factors, 1),
          biasFactor: biasFactors === undefined ? undefined : everyPixel(biasFactors, 1),
        },
        window: { rows: down.taps.length, run: right.taps.length * cout, pitch },
        weights,
        channels: cin,
        bias,
        isAdded,
      });
    }
  }
}
