/**
 * The plain networks of torchvision that judge pictures, as tables.
 * @module
 */

/** A convolution with bias and ReLU, padded with zeros. */
export interface ConvStep {
  readonly kind: "conv";
  /** Place in torchvision's `features`, which names the arrays: "features.3.weight". */
  readonly place: number;
  /** Side of the kernel. */
  readonly kernel: number;
  readonly stride: number;
  /** Zeros on each side. */
  readonly pad: number;
}

/** A max pool without padding; what is over is dropped. */
export interface PoolStep {
  readonly kind: "pool";
  readonly size: number;
  readonly stride: number;
}

/**
 * The build of a chain: convolutions and pools, then linear layers. How many channels each has is told by the numbers
 * of a file, so the table fits narrower ones of the same build too.
 */
export interface ChainLayout {
  /** For messages. */
  readonly name: string;
  readonly steps: readonly (ConvStep | PoolStep)[];
  /** Places of the convolutions whose results LPIPS compares. */
  readonly taps: readonly number[];
  /** Places of the linear layers in torchvision's `classifier`; ReLU between them. */
  readonly linears: readonly number[];
  /** Side of the square pictures that the linear layers are made for. */
  readonly inputSize: number;
  /** Side of the grid before the linear layers; torchvision's adaptive pool changes nothing there. */
  readonly grid: number;
}

const conv = (place: number, kernel = 3, stride = 1, pad = 1): ConvStep => ({
  kind: "conv",
  place,
  kernel,
  stride,
  pad,
});

const pool = (size: number, stride: number): PoolStep => ({ kind: "pool", size, stride });

/**
 * Source: pytorch/vision, torchvision/models/alexnet.py (Krizhevsky 2014, "One weird trick"). Taps:
 * richzhang/PerceptualSimilarity, lpips/pretrained_networks.py.
 */
export const ALEXNET: ChainLayout = {
  name: "AlexNet",
  steps: [
    conv(0, 11, 4, 2),
    pool(3, 2),
    conv(3, 5, 1, 2),
    pool(3, 2),
    conv(6),
    conv(8),
    conv(10),
    pool(3, 2),
  ],
  taps: [0, 3, 6, 8, 10],
  linears: [1, 4, 6],
  inputSize: 224,
  grid: 6,
};

/**
 * Source: pytorch/vision, torchvision/models/vgg.py, configuration D without batch norm. Taps (relu1_2, relu2_2,
 * relu3_3, relu4_3, relu5_3): richzhang/PerceptualSimilarity, lpips/pretrained_networks.py.
 */
export const VGG16: ChainLayout = {
  name: "VGG-16",
  steps: [[0, 2], [5, 7], [10, 12, 14], [17, 19, 21], [24, 26, 28]]
    .flatMap((block) => [...block.map((place) => conv(place)), pool(2, 2)]),
  taps: [2, 7, 14, 21, 28],
  linears: [0, 3, 6],
  inputSize: 224,
  grid: 7,
};

/** All layouts that files are recognised by. */
export const CHAIN_LAYOUTS: readonly ChainLayout[] = [ALEXNET, VGG16];

/** Number of values along one axis after a step; 0 or less if there are too few before it. */
export function sizeAfter(step: ConvStep | PoolStep, size: number): number {
  const [window, pad] = step.kind === "conv" ? [step.kernel, step.pad] : [step.size, 0];
  return Math.floor((size + 2 * pad - window) / step.stride) + 1;
}

/** The smallest side of a picture that reaches the last of the layout's taps. */
export function smallestTapped({ steps, taps }: ChainLayout): number {
  const reaches = (side: number): boolean => {
    let size = side;
    for (const step of steps) {
      size = sizeAfter(step, size);
      if (size < 1) return false;
      if (step.kind === "conv" && step.place === taps.at(-1)) return true;
    }
    return true;
  };
  let side = 1;
  while (!reaches(side)) side++;
  return side;
}
