/**
 * Plain chains of convolutions, pools and linear layers on the active backend: AlexNet and VGG-16 as judges.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { ChainLayout } from "./torchvision_layouts.ts";

/** Numbers of one layer, as PyTorch has them. */
export interface ChainArrays {
  /** OIHW of a convolution, `[outputs, inputs]` of a linear layer. */
  readonly weight: Float32Array;
  /** Sizes of `weight`. */
  readonly shape: readonly number[];
  /** `[outputs]`. */
  readonly bias: Float32Array;
}

/** Plain numbers of a chain; they must fit the layout and each other. */
export interface ChainNumbers {
  readonly layout: ChainLayout;
  /** By place in the layout. */
  readonly convs: ReadonlyMap<number, ChainArrays>;
  /** In the layout's order; empty if the chain ends with its features. */
  readonly linears: readonly ChainArrays[];
}

/** A linear layer on the device. */
interface Linear {
  /** `[some outputs, inputs]`: together all outputs. */
  readonly pieces: readonly tf.Tensor2D[];
  readonly bias: tf.Tensor1D;
}

/** The network on the active backend; free it with {@linkcode disposeChain}. */
export interface Chain {
  readonly layout: ChainLayout;
  /** By place: HWIO and `[cout]`. */
  readonly convs: ReadonlyMap<number, { readonly kernel: tf.Tensor4D; readonly bias: tf.Tensor1D }>;
  readonly linears: readonly Linear[];
}

/** Values of a matrix that are kept in one piece, 64 MiB: GPUs must only bind buffers of 128 MiB. */
export const MOST_PIECE = 1 << 24;

/** Options of {@linkcode createChain}. */
export interface CreateChainOptions {
  /** Values of a matrix in one piece at most. @default {@linkcode MOST_PIECE} */
  readonly mostPiece?: number;
}

/** Puts the numbers on the active backend. */
export function createChain(numbers: ChainNumbers, options: CreateChainOptions = {}): Chain {
  const { mostPiece = MOST_PIECE } = options;
  const convs = new Map([...numbers.convs].map(([place, { weight, shape, bias }]) => {
    const kernel = tf.tidy(() =>
      tf.transpose(tf.tensor4d(weight, shape as [number, number, number, number]), [2, 3, 1, 0])
    );
    return [place, { kernel, bias: tf.tensor1d(bias) }] as const;
  }));
  const linears = numbers.linears.map(({ weight, shape, bias }): Linear => {
    const [outputs, inputs] = shape as [number, number];
    const rows = Math.max(1, Math.floor(mostPiece / inputs));
    const pieces: tf.Tensor2D[] = [];
    for (let from = 0; from < outputs; from += rows) {
      const end = Math.min(outputs, from + rows);
      pieces.push(tf.tensor2d(weight.subarray(from * inputs, end * inputs), [end - from, inputs]));
    }
    return { pieces, bias: tf.tensor1d(bias) };
  });
  return { layout: numbers.layout, convs, linears };
}

/**
 * One convolution or pool of a chain.
 *
 * @param x `[n, h, w, c]`.
 * @returns The result, ReLU included; the caller's scope owns it. Not differentiable.
 */
export function runStep({ layout, convs }: Chain, index: number, x: tf.Tensor4D): tf.Tensor4D {
  const step = layout.steps[index]!;
  if (step.kind === "pool") return tf.maxPool(x, step.size, step.stride, "valid");
  const { kernel, bias } = convs.get(step.place)!;
  const { stride: strides, pad } = step;
  return tf.fused.conv2d({ x, filter: kernel, bias, strides, pad, activation: "relu" });
}

/**
 * The linear layers, ReLU between them.
 *
 * @param grid `[1, grid, grid, c]`: what the last step gave.
 * @returns `[classes]`; the caller's scope owns it.
 */
export function runLinears({ linears }: Chain, grid: tf.Tensor4D): tf.Tensor1D {
  return tf.tidy(() => {
    // PyTorch's flatten has channels first.
    let x = tf.reshape(tf.transpose(grid, [0, 3, 1, 2]), [1, -1]) as tf.Tensor2D;
    linears.forEach(({ pieces, bias }, index) => {
      const parts = pieces.map((piece) => tf.matMul(x, piece, false, true));
      const sum = tf.add(tf.concat(parts, 1), bias) as tf.Tensor2D;
      x = index === linears.length - 1 ? sum : tf.relu(sum);
    });
    return tf.reshape(x, [-1]) as tf.Tensor1D;
  });
}

/**
 * The whole chain as a classifier.
 *
 * @param x `[1, inputSize, inputSize, 3]` in the network's range.
 * @returns Logits `[classes]`; the caller's scope owns it.
 */
export function runChain(chain: Chain, x: tf.Tensor4D): tf.Tensor1D {
  return tf.tidy(() => {
    const grid = chain.layout.steps.reduce((map, _, index) => {
      const next = runStep(chain, index, map);
      // Not left to the scope: maps of early layers are large.
      if (map !== x) map.dispose();
      return next;
    }, x);
    return runLinears(chain, grid);
  });
}

/** Frees the network. */
export function disposeChain({ convs, linears }: Chain): void {
  for (const { kernel, bias } of convs.values()) tf.dispose([kernel, bias]);
  for (const { pieces, bias } of linears) tf.dispose([...pieces, bias]);
}
