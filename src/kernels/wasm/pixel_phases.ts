/**
 * The transpose of a strided convolution, taken apart into convolutions of stride 1.
 * @module
 */

/** Pixels of one direction that see the same taps. */
export interface Phase {
  /** First pixel; every `stride`-th follows. */
  readonly at: number;
  readonly count: number;
  /** Taps in the order in which the small image is read, the last first. */
  readonly taps: readonly number[];
  /** Position in the small image that the first pixel's first tap reads; may lie outside. */
  readonly from: number;
}

/** All phases of one direction. */
export interface Phases {
  readonly phases: readonly Phase[];
  /** First and last position in the small image that any of them reads; may lie outside. */
  readonly first: number;
  readonly last: number;
}

/** One direction of the forward convolution. */
export interface Direction {
  /** Of the large image, in pixels. */
  readonly size: number;
  readonly kernelSize: number;
  /** Zeros before the first pixel. */
  readonly pad: number;
  readonly stride: number;
}

/**
 * Sorts the pixels of a large image by the taps that connect them with the small one: pixel `y` and tap `i` with
 * position `(y + pad - i) / stride`, where that is a whole number.
 */
export function readPhases({ size, kernelSize, pad, stride }: Direction): Phases {
  const phases = Array.from({ length: Math.min(stride, size) }, (_, at): Phase => {
    const taps: number[] = [];
    for (let tap = (at + pad) % stride; tap < kernelSize; tap += stride) taps.unshift(tap);
    const from = Math.floor((at + pad) / stride) - Math.max(0, taps.length - 1);
    return { at, count: Math.ceil((size - at) / stride), taps, from };
  });
  return {
    phases,
    first: Math.min(...phases.map(({ from }) => from)),
    last: Math.max(
      ...phases.map(({ from, count, taps }) => from + count - 1 + Math.max(0, taps.length - 1)),
    ),
  };
}
