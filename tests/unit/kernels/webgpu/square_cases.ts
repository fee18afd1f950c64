/**
 * Square convolutions with channels that the GPU programs take, for the tests of all three directions.
 * @module
 */
import { referenceConvolution } from "../../../oracle/reference/convolution.ts";
import { formulaTensor } from "../../../support/formula_tensor.ts";

type Shape4D = [number, number, number, number];

const CASES: readonly (readonly [image: Shape4D, kernel: Shape4D, stride: 1 | 2, pad: number])[] = [
  [[2, 6, 8, 4], [3, 3, 4, 8], 1, 1],
  [[1, 6, 10, 4], [3, 3, 4, 16], 2, 1],
  [[2, 8, 4, 4], [5, 5, 4, 4], 2, 2],
  [[1, 8, 8, 4], [7, 7, 4, 12], 2, 3],
  [[1, 4, 6, 8], [1, 1, 8, 4], 1, 0],
  // Odd rows and columns have no tap at all.
  [[1, 4, 6, 8], [1, 1, 8, 4], 2, 0],
  [[1, 5, 7, 4], [2, 2, 4, 4], 1, 1],
  // Channels that must be filled up: input of the first, output of the second.
  [[1, 6, 6, 3], [3, 3, 3, 8], 1, 1],
  [[1, 6, 6, 8], [3, 3, 8, 3], 2, 1],
];

/** Makes all cases; what is expected comes from loops in float64. */
export function squareCases() {
  return CASES.map(([imageShape, kernelShape, stride, pad]) => {
    const [n, height, width] = imageShape;
    const side = kernelShape[0];
    const [outHeight, outWidth] = [height, width].map((size) =>
      Math.floor((size + 2 * pad - side) / stride) + 1
    ) as [number, number];
    const image = formulaTensor(imageShape);
    const kernel = formulaTensor(kernelShape, { phase: 1 });
    const dy = formulaTensor([n, outHeight, outWidth, kernelShape[3]], { phase: 2 });
    return {
      name: `${imageShape.join("x")} by ${kernelShape.join("x")}, stride ${stride}, pad ${pad}`,
      image,
      kernel,
      dy,
      size: [height, width] as const,
      geometry: { side, stride, pad, outHeight, outWidth },
      expected: referenceConvolution({ image, kernel, stride, padTop: pad, padLeft: pad, dy }),
    };
  });
}
