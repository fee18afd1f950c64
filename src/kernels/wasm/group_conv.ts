/**
 * Partial convolution of groups and its gradients on tensors' memory: masks, ratio and bias take no pass of their own.
 * @module
 */
import { placeOnCanvas } from "./canvas.ts";
import { conv2dFilterGradient } from "./conv2d_filter_gradient.ts";
import { conv2dForward, kernelView, windowGrid } from "./conv2d_forward.ts";
import { conv2dInputGradient } from "./conv2d_input_gradient.ts";
import type { ConvGeometry } from "./conv_geometry.ts";
import { copyLines } from "./copy_lines.ts";
import { correlateWalk, sumsLineBytes } from "./correlation.ts";
import { addDoubledGradient, DOUBLED_TAPS, doubleKernel } from "./doubled_kernel.ts";
import { readPhases } from "./pixel_phases.ts";
import type { Take, Workspace } from "./workspace.ts";

/** One group of input channels. */
export interface Group {
  /** `[n, h, w, channels]`. */
  readonly features: number;
  /** `[n, h, w]`; undefined: all 1. */
  readonly mask: number | undefined;
  readonly channels: number;
  /** 2: seen through nearest doubling. */
  readonly upsample: 1 | 2;
}

/** What all passes know. Addresses of tensors, sizes in pixels. */
export interface GroupConv {
  readonly groups: readonly Group[];
  /** `[kh, kw, kernelChannels, cout]`. */
  readonly kernel: number;
  readonly kernelSize: readonly [height: number, width: number];
  readonly kernelChannels: number;
  readonly cout: number;
  readonly stride: number;
  readonly n: number;
  /** Of the groups after doubling. */
  readonly height: number;
  readonly width: number;
  /** `[n, h', w']`; undefined: all 1. */
  readonly ratio: number | undefined;
  /** `[n, h', w']`; undefined: all 1. */
  readonly validMask: number | undefined;
}

/** Height and width of the output. */
export function groupConvOutput({ height, width, stride }: GroupConv): [number, number] {
  return [Math.ceil(height / stride), Math.ceil(width / stride)];
}

/** `output = ratio · Σ_g conv(features · mask, kernel) + validMask · bias`. @param target Output and bias. */
export function groupConvForward(
  workspace: Workspace,
  take: Take,
  conv: GroupConv,
  { output, bias }: { readonly output: number; readonly bias: number | undefined },
): void {
  forEachGroup(conv, (group, firstChannel, index) => {
    const shared = {
      factors: conv.ratio,
      bias: index === 0 ? bias : undefined,
      biasFactors: conv.validMask,
      isAdded: index > 0,
    };
    if (group.upsample === 1) {
      conv2dForward(workspace, take, plainGeometry(conv, group), {
        ...shared,
        input: group.features,
        inputFactors: group.mask,
        kernel: kernelView(conv.kernel, { ...conv, firstChannel }),
        output,
      });
    } else {
      conv2dInputGradient(workspace, take, doubledGeometry(conv, group), {
        ...shared,
        dy: group.features,
        dyFactors: group.mask,
        kernel: doubledView(workspace, take, conv, group, firstChannel),
        dx: output,
      });
    }
  });
}

/** Gradient of one group's features. @param target `dy` of the output's shape, `dx` of the features'. */
export function groupConvInputGradient(
  workspace: Workspace,
  take: Take,
  conv: GroupConv,
  { index: wanted, dy, dx }: { readonly index: number; readonly dy: number; readonly dx: number },
): void {
  forEachGroup(conv, (group, firstChannel, index) => {
    if (index !== wanted) return;
    if (group.upsample === 1) {
      conv2dInputGradient(workspace, take, plainGeometry(conv, group), {
        dy,
        dyFactors: conv.ratio,
        kernel: kernelView(conv.kernel, { ...conv, firstChannel }),
        dx,
        factors: group.mask,
      });
    } else {
      conv2dForward(workspace, take, doubledGeometry(conv, group), {
        input: dy,
        inputFactors: conv.ratio,
        kernel: doubledView(workspace, take, conv, group, firstChannel),
        output: dx,
        factors: group.mask,
      });
    }
  });
}

/** Gradient of the kernel. @param target `dy` of the output's shape, `dw` of the kernel's. */
export function groupConvFilterGradient(
  workspace: Workspace,
  take: Take,
  conv: GroupConv,
  { dy, dw }: { readonly dy: number; readonly dw: number },
): void {
  const { n, cout, kernelChannels, kernelSize } = conv;
  const [height, width] = groupConvOutput(conv);
  const slopes = placeOnCanvas(
    workspace,
    take,
    { address: dy, n, height, width, channels: cout },
    { top: 0, left: 0, height, width, factors: conv.ratio },
  );
  if (conv.groups.some(({ upsample }) => upsample === 2)) {
    const size = 4 * kernelSize[0] * kernelSize[1] * kernelChannels * cout;
    workspace.bytes().fill(0, dw, dw + size);
  }
  forEachGroup(conv, (group, firstChannel) => {
    if (group.upsample === 1) {
      conv2dFilterGradient(workspace, take, plainGeometry(conv, group), {
        input: group.features,
        inputFactors: group.mask,
        dy: slopes.address,
        dw,
        kernelChannels,
        firstChannel,
      });
    } else {
      const slice = { address: dw, kernelChannels, firstChannel, channels: group.channels, cout };
      doubledFilterGradient(workspace, take, { conv, group, slopes: slopes.address, slice });
    }
  });
}

/** Gradient of the bias. @param target `dy` of the output's shape, `db` `[cout]`. */
export function groupConvBiasGradient(
  workspace: Workspace,
  take: Take,
  conv: GroupConv,
  { dy, db }: { readonly dy: number; readonly db: number },
): void {
  const [height, width] = groupConvOutput(conv);
  const sums = take(sumsLineBytes(conv.cout));
  const one = take(4);
  workspace.numbers()[one >>> 2] = 1;
  correlateWalk(workspace, take, {
    n: conv.n,
    rows: height,
    columns: width,
    input: conv.validMask === undefined
      ? { address: one, imageStep: 0, rowStep: 0, columnStep: 0 }
      : windowGrid({ address: conv.validMask, height, width, channels: 1 }, 1),
    slopes: windowGrid({ address: dy, height, width, channels: conv.cout }, 1),
    window: { rows: 1, run: 1, pitch: 4 },
    channels: conv.cout,
    sums,
  });
  copyLines(workspace, take, {
    ...{ source: sums, sourceStep: 0, target: db, numbers: conv.cout, lines: 1 },
  });
}

function forEachGroup(
  { groups }: GroupConv,
  visit: (group: Group, firstChannel: number, index: number) => void,
): void {
  let firstChannel = 0;
  groups.forEach((group, index) => {
    visit(group, firstChannel, index);
    firstChannel += group.channels;
  });
}

function plainGeometry(conv: GroupConv, { channels }: Group): ConvGeometry {
  const { n, height, width, kernelSize: [kernelHeight, kernelWidth], cout, stride } = conv;
  const [outHeight, outWidth] = groupConvOutput(conv);
  return {
    ...{ n, height, width, cin: channels, kernelHeight, kernelWidth, cout, stride },
    padTop: (kernelHeight - 1) / 2,
    padLeft: (kernelWidth - 1) / 2,
    outHeight,
    outWidth,
  };
}

/** Of the convolution from the doubled size to the small one whose transpose this is. */
function doubledGeometry({ n, height, width, cout }: GroupConv, { channels }: Group): ConvGeometry {
  return {
    ...{ n, height, width, cin: cout, cout: channels, stride: 2 },
    kernelHeight: DOUBLED_TAPS,
    kernelWidth: DOUBLED_TAPS,
    padTop: 1,
    padLeft: 1,
    outHeight: height / 2,
    outWidth: width / 2,
  };
}

function doubledView(
  workspace: Workspace,
  take: Take,
  { kernel, kernelChannels, cout }: GroupConv,
  { channels }: Group,
  firstChannel: number,
) {
  const slice = { address: kernel, kernelChannels, firstChannel, channels, cout };
  const address = doubleKernel(workspace, take, slice);
  return { address, tapStep: 4 * channels * cout, inputStep: 4, outputStep: 4 * cout };
}

function doubledFilterGradient(
  workspace: Workspace,
  take: Take,
  { conv: { n, height, width, cout }, group: { features, mask, channels }, slopes, slice }: {
    readonly conv: GroupConv;
    readonly group: Group;
    readonly slopes: number;
    readonly slice: Parameters<typeof addDoubledGradient>[1];
  },
): void {
  const direction = { kernelSize: DOUBLED_TAPS, pad: 1, stride: 2 };
  const vertical = readPhases({ ...direction, size: height });
  const horizontal = readPhases({ ...direction, size: width });
  const small = { address: features, n, height: height / 2, width: width / 2, channels };
  const canvas = placeOnCanvas(workspace, take, small, {
    top: -vertical.first,
    left: -horizontal.first,
    height: vertical.last - vertical.first + 1,
    width: horizontal.last - horizontal.first + 1,
    factors: mask,
  });
  const lineBytes = sumsLineBytes(cout);
  const sums = take(DOUBLED_TAPS * channels * lineBytes);
  const grid = windowGrid(canvas, 1);
  for (const down of vertical.phases) {
    for (const right of horizontal.phases) {
      const [row, column] = [down.from - vertical.first, right.from - horizontal.first];
      const taps = down.taps.flatMap((i) => right.taps.map((j) => i * DOUBLED_TAPS + j));
      const every = windowGrid({ address: slopes, height, width, channels: cout }, 2);
      correlateWalk(workspace, take, {
        n,
        rows: down.count,
        columns: right.count,
        input: {
          ...grid,
          address: grid.address + row * grid.rowStep + column * grid.columnStep,
        },
        slopes: { ...every, address: slopes + 4 * cout * (down.at * width + right.at) },
        window: {
          rows: down.taps.length,
          run: right.taps.length * channels,
          pitch: grid.rowStep,
        },
        channels: cout,
        sums,
      });
      taps.forEach((tap, place) =>
        addDoubledGradient(workspace, slice, {
          tap,
          source: sums + place * channels * lineBytes,
          lineBytes,
        })
      );
    }
  }
}
