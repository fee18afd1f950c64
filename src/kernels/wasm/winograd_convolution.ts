/**
 * 3x3 convolution of many channels with 4/9 of the products.
 * @module
 */
import { WINOGRAD_COMPONENTS } from "../simd/winograd_kernels.ts";
import { placeOnCanvas } from "./canvas.ts";
import type { ForwardPass } from "./conv2d_forward.ts";
import type { ConvGeometry } from "./conv_geometry.ts";
import { convolveWalk, countBlocks, packWeights } from "./dense_convolution.ts";
import type { Take, Workspace } from "./workspace.ts";

/** From so many channels on, in and out, the transforms cost less than they save: 1.5 to 1.7 times faster; 1.05 at 32. */
const LEAST_CHANNELS = 64;

/** With fewer output pixels the transform of the weights costs more. */
const LEAST_PIXELS = 256;

/** Tiles of 2x2 pixels that are computed together, so that they fit the caches. */
const STRIP_TILES = 192;

/** True if {@linkcode winogradForward} can and should compute this. */
export function suitsWinograd(
  geometry: ConvGeometry,
  { kernel, factors, biasFactors, isAdded = false }: ForwardPass,
): boolean {
  const { kernelHeight, kernelWidth, stride, n, cin, cout, outHeight, outWidth } = geometry;
  const isPlain = factors === undefined && biasFactors === undefined && !isAdded;
  const isDense = kernel.outputStep === 4 && kernel.inputStep === 4 * cout &&
    kernel.tapStep === 4 * cin * cout;
  const isLarge = Math.min(cin, cout) >= LEAST_CHANNELS &&
    n * outHeight * outWidth >= LEAST_PIXELS;
  const isWhole = cin % 4 === 0 && cout % 4 === 0;
  const isEven = outHeight % 2 === 0 && outWidth % 2 === 0;
  return isPlain && isDense && isLarge && isWhole && isEven && kernelHeight === 3 &&
    kernelWidth === 3 &&
    stride === 1;
}

/** The same as `conv2dForward`, up to rounding: sums of transformed numbers are some 2 times less exact. */
export function winogradForward(
  workspace: Workspace,
  take: Take,
  geometry: ConvGeometry,
  { input, inputFactors, kernel, output, bias, slope = 1 }: ForwardPass,
): void {
  const { n, height, width, cin, cout, padTop, padLeft, outHeight, outWidth } = geometry;
  const canvas = placeOnCanvas(
    workspace,
    take,
    { address: input, n, height, width, channels: cin },
    {
      top: padTop,
      left: padLeft,
      height: outHeight + 2,
      width: outWidth + 2,
      factors: inputFactors,
    },
  );
  const weights = transformWeights(workspace, take, { address: kernel.address, cin, cout });
  const [rows, columns] = [outHeight / 2, outWidth / 2];
  const stripRows = Math.min(rows, Math.max(1, Math.round(STRIP_TILES / columns)));
  const most = stripRows * columns;
  const images = take(WINOGRAD_COMPONENTS * most * cin * 4);
  const products = take(WINOGRAD_COMPONENTS * most * cout * 4);
  const shift = take(4 * cout);
  const slopeAt = take(4);
  const bytes = workspace.bytes();
  if (bias === undefined) bytes.fill(0, shift, shift + 4 * cout);
  else bytes.copyWithin(shift, bias, bias + 4 * cout);
  workspace.numbers()[slopeAt >>> 2] = slope;
  const [inputRow, outputRow] = [4 * canvas.width * cin, 4 * outWidth * cout];
  const { winogradInput, winogradOutput } = workspace.kernels;
  for (let image = 0; image < n; image++) {
    for (let first = 0; first < rows; first += stripRows) {
      const count = Math.min(stripRows, rows - first);
      const tiles = count * columns;
      const [imageStep, productStep] = [4 * tiles * cin, 4 * tiles * cout];
      for (let row = 0; row < count; row++) {
        const from = canvas.address + (image * canvas.height + 2 * (first + row)) * inputRow;
        const to = images + 4 * row * columns * cin;
        winogradInput(from, inputRow, 4 * cin, to, imageStep, columns);
      }
      for (let component = 0; component < WINOGRAD_COMPONENTS; component++) {
        workspace.withScratch((takeHere) =>
          convolveWalk(workspace, takeHere, {
            walk: {
              ...{ n: 1, rows: 1, columns: tiles },
              input: line(images + component * imageStep, cin),
              output: line(products + component * productStep, cout),
            },
            window: { rows: 1, run: cin, pitch: 4 * cin },
            weights: weights.address + component * weights.componentBytes,
            channels: cout,
          })
        );
      }
      for (let row = 0; row < count; row++) {
        const to = output + (image * outHeight + 2 * (first + row)) * outputRow;
        const from = products + 4 * row * columns * cout;
        winogradOutput(from, productStep, to, outputRow, 4 * cout, columns, shift, slopeAt);
      }
    }
  }
}

function line(address: number, channels: number) {
  return { address, imageStep: 0, rowStep: 0, columnStep: 4 * channels };
}

/** Transforms and packs the kernel: for each component a matrix `[cin, cout]` in blocks. */
function transformWeights(
  workspace: Workspace,
  take: Take,
  { address, cin, cout }: { readonly address: number; readonly cin: number; readonly cout: number },
) {
  const size = 4 * cin * cout;
  const dense = take(WINOGRAD_COMPONENTS * size);
  const half = take(4);
  const blockBytes = 32 * cin;
  const componentBytes = countBlocks(cout) * blockBytes;
  const packed = take(WINOGRAD_COMPONENTS * componentBytes);
  workspace.numbers()[half >>> 2] = 0.5;
  workspace.kernels.winogradWeights(address, size, dense, size, cin * cout / 4, half);
  for (let component = 0; component < WINOGRAD_COMPONENTS; component++) {
    packWeights(workspace, {
      address: dense + component * size,
      lines: cin,
      lineStep: 4 * cout,
      channels: cout,
      channelStep: 4,
    }, { address: packed + component * componentBytes, blockBytes });
  }
  return { address: packed, componentBytes };
}
