/**
 * Our own WebAssembly functions over the memory of tfjs's backend.
 * @module
 */
import { adamKernel } from "../simd/adam_kernel.ts";
import { addKernel, gatherKernel, listKernel, scaleKernel } from "../simd/copy_kernels.ts";
import { type BlockVectors, denseConvKernel } from "../simd/dense_conv_kernel.ts";
import { filterGradientKernel, TILE_NUMBERS } from "../simd/filter_gradient_kernel.ts";
import type { MultiplyAdd } from "../simd/fused_multiply_add.ts";
import { maxPoolGradientKernel } from "../simd/max_pool_gradient_kernel.ts";
import { repeatKernel, windowSumKernel } from "../simd/window_sum_kernel.ts";
import {
  winogradInputKernel,
  winogradOutputKernel,
  winogradWeightsKernel,
} from "../simd/winograd_kernels.ts";
import { encodeModule } from "../simd/wasm_module.ts";

/** A function of the module; all arguments are i32. */
export type SimdFunction = (...args: number[]) => void;

/** The module's functions; arguments stand at the functions that write them. */
export interface SimdKernels {
  readonly memory: WebAssembly.Memory;
  /** See `denseConvKernel`. */
  readonly convolve: Readonly<Record<BlockVectors, SimdFunction>>;
  /** See `filterGradientKernel`; the index of the list is how many numbers stay in registers, from 1. */
  readonly filterGradient: Readonly<Record<BlockVectors, readonly SimdFunction[]>>;
  /** See `maxPoolGradientKernel`. */
  readonly maxPoolGradient: SimdFunction;
  /** See `adamKernel`. */
  readonly adam: SimdFunction;
  /** See `scaleKernel`. */
  readonly scale: SimdFunction;
  /** See `gatherKernel`. */
  readonly gather: SimdFunction;
  /** See `listKernel`. */
  readonly list: SimdFunction;
  /** See `addKernel`. */
  readonly add: SimdFunction;
  /** See `repeatKernel`. */
  readonly repeat: SimdFunction;
  /** See `windowSumKernel`. */
  readonly windowSum: SimdFunction;
  /** See `winogradInputKernel`. */
  readonly winogradInput: SimdFunction;
  /** See `winogradWeightsKernel`. */
  readonly winogradWeights: SimdFunction;
  /** See `winogradOutputKernel`. */
  readonly winogradOutput: SimdFunction;
}

/**
 * Makes the functions over a memory.
 *
 * @param how Whether products are added with one rounding; @default {"fused"} where relaxed SIMD is to be had.
 * @returns Undefined without SIMD.
 */
export function openSimdKernels(
  memory: WebAssembly.Memory,
  how?: MultiplyAdd,
): SimdKernels | undefined {
  const bytes = (how === undefined ? ["fused", "plain"] as const : [how]).map(encode)
    .find((candidate) => WebAssembly.validate(candidate));
  if (bytes === undefined) return undefined;
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
  const find = (name: string) => exports[name] as SimdFunction;
  const findGradients = (vectors: BlockVectors) =>
    Array.from({ length: TILE_NUMBERS + 1 }, (_, i) => find(gradientName(Math.max(1, i), vectors)));
  return {
    memory,
    convolve: { 1: find("convolve1"), 2: find("convolve2") },
    filterGradient: { 1: findGradients(1), 2: findGradients(2) },
    maxPoolGradient: find("maxPoolGradient"),
    adam: find("adam"),
    scale: find("scale"),
    gather: find("gather"),
    list: find("list"),
    add: find("add"),
    repeat: find("repeat"),
    windowSum: find("windowSum"),
    winogradInput: find("winogradInput"),
    winogradWeights: find("winogradWeights"),
    winogradOutput: find("winogradOutput"),
  };
}

function encode(how: MultiplyAdd): Uint8Array<ArrayBuffer> {
  const gradients = ([1, 2] as const).flatMap((vectors) =>
    Array.from(
      { length: TILE_NUMBERS },
      (_, i) => [gradientName(i + 1, vectors), filterGradientKernel(i + 1, vectors, how)] as const,
    )
  );
  return encodeModule({
    convolve1: denseConvKernel(1, how),
    convolve2: denseConvKernel(2, how),
    ...Object.fromEntries(gradients),
    maxPoolGradient: maxPoolGradientKernel(),
    adam: adamKernel(),
    scale: scaleKernel(),
    gather: gatherKernel(),
    list: listKernel(),
    add: addKernel(),
    repeat: repeatKernel(),
    windowSum: windowSumKernel(),
    winogradInput: winogradInputKernel(),
    winogradWeights: winogradWeightsKernel(),
    winogradOutput: winogradOutputKernel(),
  }, { initial: 1, isShared: false });
}

function gradientName(numbers: number, vectors: BlockVectors): string {
  return `filterGradient${numbers}x${vectors}`;
}
