/**
 * Proves that the kernels compute what they should before anyone relies on them.
 * @module
 */
import { BackendError } from "../../errors.ts";
import { LAYOUT } from "../../kernels/simd/conv_kernel.ts";
import type { Kernel } from "./crew.ts";
import type { MemoryArena } from "./memory_arena.ts";
import { TILES } from "./place_network.ts";

/** Largest error that rounding can explain: sums of 24 products of numbers below 1. */
const TOLERANCE = 1e-5;

const PIXELS = 11;
const CHANNELS = 8;
const TAPS = 3;

/**
 * Runs each kernel over a small row of pixels, three taps of eight channels, and compares it with plain loops in
 * float64.
 *
 * @param arena Lends the memory; it is free again afterwards.
 * @throws {BackendError} If a result is off.
 */
export function checkKernels(arena: MemoryArena, kernels: readonly Kernel[]): void {
  const { top } = arena;
  TILES.forEach(({ vectors }, index) => {
    const cout = vectors * 4;
    const run = TAPS * CHANNELS;
    const input = formula((PIXELS + TAPS - 1) * CHANNELS, 0.7);
    const weights = formula(run * cout, 1.3);
    const [bias, ratios] = [formula(cout, 2.1), formula(PIXELS, 0.3)];
    const put = (values: ArrayLike<number>) => {
      const address = arena.take(values.length * 4);
      new Float32Array(arena.memory.buffer, address, values.length).set(values);
      return address;
    };
    const list = arena.take(PIXELS * 4);
    const output = arena.take(PIXELS * cout * 4);
    const record = arena.take(LAYOUT.head + LAYOUT.group);
    const from = put(input);
    const words = [put(weights), run * cout * 4, 1, list, put(ratios), put(bias), output, 0];
    const { buffer } = arena.memory;
    new Int32Array(buffer, list, PIXELS).set(Array.from({ length: PIXELS }, (_, x) => x));
    const description = new Int32Array(buffer, record);
    description.set([...words, cout * 4]);
    new Float32Array(buffer, record)[9] = 1;
    description.set([from, 0, CHANNELS * 4, 1, 0, run * 4], LAYOUT.head / 4);
    kernels[index]!(record, 0, PIXELS, 0, 1);
    const actual = new Float32Array(buffer, output, PIXELS * cout);
    for (let i = 0; i < actual.length; i++) {
      const [x, o] = [Math.floor(i / cout), i % cout];
      let sum = 0;
      for (let k = 0; k < run; k++) sum += input[x * CHANNELS + k]! * weights[k * cout + o]!;
      const error = Math.abs(sum * ratios[x]! + bias[o]! - actual[i]!);
      if (error <= TOLERANCE) continue;
      throw new BackendError(
        `Cannot use the CPU: a test convolution is off by ${error.toExponential(1)}, ` +
          `must be below ${TOLERANCE}`,
        { hint: "Another version of Deno may help" },
      );
    }
    arena.release(top);
  });
}

/** Numbers in (-1, 1) that repeat nowhere. */
function formula(length: number, frequency: number): number[] {
  return Array.from({ length }, (_, i) => Math.fround(Math.sin(frequency * i + 0.5)));
}
