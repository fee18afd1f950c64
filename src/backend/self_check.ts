/**
 * Proves that a backend computes what it should before anyone relies on it.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { BackendError } from "../errors.ts";

/** Largest error that rounding can explain here: sums of 36 products of numbers below 2. */
const TOLERANCE = 1e-4;

const SIZE = 6;
const CIN = 2;
const COUT = 3;
const KERNEL = 3;
const OUT = SIZE / 2;

/**
 * Runs a small convolution of stride 2 and both of its gradients on the active backend and compares them
 * with plain loops in float64.
 *
 * @param what Name of the backend for the message.
 * @throws {BackendError} If a result is off, all zeros included.
 */
export async function selfCheck(what: string): Promise<void> {
  const image = formula(SIZE * SIZE * CIN, 0.7);
  const kernel = formula(KERNEL * KERNEL * CIN * COUT, 1.3);
  const dy = formula(OUT * OUT * COUT, 2.1);
  const expected = reference(image, kernel, dy);
  const tensors = tf.tidy(() => {
    const x = tf.tensor4d(image, [1, SIZE, SIZE, CIN]);
    const w = tf.tensor4d(kernel, [KERNEL, KERNEL, CIN, COUT]);
    const convolve = (x: tf.Tensor, w: tf.Tensor) =>
      tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 2, [[0, 0], [1, 1], [1, 1], [0, 0]]);
    const [dx, dw] = tf.grads(convolve)([x, w], tf.tensor4d(dy, [1, OUT, OUT, COUT]));
    return { output: convolve(x, w), "input gradient": dx!, "filter gradient": dw! };
  });
  const results = await Promise.all(
    Object.entries(tensors).map(async ([name, tensor]) => [name, await tensor.data()] as const),
  );
  tf.dispose(tensors);
  for (const [name, actual] of results) {
    const wanted = expected[name as keyof typeof expected];
    const worst = Math.max(...wanted.map((value, i) => Math.abs(value - actual[i]!)));
    if (!(worst <= TOLERANCE)) {
      throw new BackendError(
        `Cannot use ${what}: the ${name} of a test convolution is off by ${
          worst.toExponential(1)
        }, ` +
          `must be below ${TOLERANCE}`,
        { hint: "Update the graphics driver, or run with --device cpu" },
      );
    }
  }
}

/** Numbers in (-1, 1) that repeat nowhere. */
function formula(length: number, frequency: number): number[] {
  return Array.from({ length }, (_, i) => Math.sin(frequency * i + 0.5));
}

function reference(image: number[], kernel: number[], dy: number[]) {
  const output = new Array<number>(OUT * OUT * COUT).fill(0);
  const dx = new Array<number>(image.length).fill(0);
  const dw = new Array<number>(kernel.length).fill(0);
  for (let y = 0; y < OUT; y++) {
    for (let x = 0; x < OUT; x++) {
      for (let i = 0; i < KERNEL; i++) {
        for (let j = 0; j < KERNEL; j++) {
          const row = 2 * y + i - 1;
          const column = 2 * x + j - 1;
          if (row < 0 || column < 0 || row >= SIZE || column >= SIZE) continue;
          for (let ci = 0; ci < CIN; ci++) {
            for (let co = 0; co < COUT; co++) {
              const at = (row * SIZE + column) * CIN + ci;
              const tap = ((i * KERNEL + j) * CIN + ci) * COUT + co;
              const out = (y * OUT + x) * COUT + co;
              output[out]! += image[at]! * kernel[tap]!;
              dx[at]! += dy[out]! * kernel[tap]!;
              dw[tap]! += dy[out]! * image[at]!;
            }
          }
        }
      }
    }
  }
  return { output, "input gradient": dx, "filter gradient": dw };
}
