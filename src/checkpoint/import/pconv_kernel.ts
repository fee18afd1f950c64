/**
 * One kernel of another project as ours.
 * @module
 */

/** What {@linkcode toOurKernel} is told of a kernel. */
export interface ForeignKernel {
  /** Side in pixels. */
  readonly kernel: number;
  readonly cin: number;
  readonly cout: number;
  /** Order of the axes as given. */
  readonly axes: "OIHW" | "HWIO";
  /** Factor of every number. */
  readonly scale: number;
  /** So many of the first input channels go behind the others; 0 leaves the order. */
  readonly skipFirst: number;
}

/**
 * Turns the axes of a kernel to HWIO, the order of input channels to "doubled, then joined", and scales it in float64.
 *
 * @param data As many numbers as the shape has.
 * @returns `[kernel, kernel, cin, cout]`.
 */
export function toOurKernel(
  data: ArrayLike<number>,
  { kernel, cin, cout, axes, scale, skipFirst }: ForeignKernel,
): Float32Array<ArrayBuffer> {
  const ours = new Float32Array(kernel * kernel * cin * cout);
  const [area, isTorch] = [kernel * kernel, axes === "OIHW"];
  for (let at = 0, to = 0; at < area; at++) {
    for (let i = 0; i < cin; i++) {
      const from = (i + skipFirst) % cin;
      for (let o = 0; o < cout; o++, to++) {
        const index = isTorch ? (o * cin + from) * area + at : (at * cin + from) * cout + o;
        ours[to] = scale * data[index]!;
      }
    }
  }
  return ours;
}
