/**
 * Filter gradient of a convolution for tfjs's WebAssembly backend, which has none.
 * @module
 */
import { inputCanvas, windowGrid } from "./conv2d_forward.ts";
import type { ConvGeometry } from "./conv_geometry.ts";
import { correlateWalk, sumsLineBytes } from "./correlation.ts";
import { copyLines } from "./copy_lines.ts";
import type { Take, Workspace } from "./workspace.ts";

/** Addresses of what {@linkcode conv2dFilterGradient} reads and writes. */
export interface FilterGradientPass {
  /** `[n, h, w, cin]`. */
  readonly input: number;
  /** Factor of each pixel of the input, `[n, h, w]`; @default {undefined} All 1 */
  readonly inputFactors?: number | undefined;
  /** `[n, h', w', cout]`. */
  readonly dy: number;
  /** `[kh, kw, kernelChannels, cout]`; the channels from `firstChannel` on are replaced. */
  readonly dw: number;
  /** @default cin */
  readonly kernelChannels?: number | undefined;
  /** @default 0 */
  readonly firstChannel?: number | undefined;
}

/**
 * Computes `dw[i,j,ci,co] = Σ_{n,y,x} input[n, s·y+i-p, s·x+j-p, ci] · dy[n,y,x,co]`.
 *
 * For each row `i` of the kernel the pairs (j, ci) are consecutive numbers of the padded input, so this is one product
 * of matrices a row, summed over pixels in stretches that fit the caches.
 */
export function conv2dFilterGradient(
  workspace: Workspace,
  take: Take,
  geometry: ConvGeometry,
  { input, inputFactors, dy, dw, ...slice }: FilterGradientPass,
): void {
  const { n, outHeight, outWidth, kernelHeight, kernelWidth, cin, cout, stride } = geometry;
  const { kernelChannels = cin, firstChannel = 0 } = slice;
  const canvas = inputCanvas(workspace, take, geometry, input, inputFactors);
  const run = kernelWidth * cin;
  const lineBytes = sumsLineBytes(cout);
  const isDirect = lineBytes === 4 * cout && kernelChannels === cin;
  const sums = isDirect ? dw : take(kernelHeight * run * lineBytes);
  correlateWalk(workspace, take, {
    n,
    rows: outHeight,
    columns: outWidth,
    input: windowGrid(canvas, stride),
    slopes: windowGrid({ address: dy, height: outHeight, width: outWidth, channels: cout }, 1),
    window: { rows: kernelHeight, run, pitch: 4 * canvas.width * cin },
    channels: cout,
    sums,
  });
  if (isDirect) return;
  for (let tap = 0; tap < kernelHeight * kernelWidth; tap++) {
    copyLines(workspace, take, {
      source: sums + tap * cin * lineBytes,
      sourceStep: lineBytes,
      target: dw + 4 * (tap * kernelChannels + firstChannel) * cout,
      numbers: cout,
      lines: cin,
    });
  }
}
