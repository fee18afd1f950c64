import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import {
  type ChainNumbers,
  createChain,
  disposeChain,
  MOST_PIECE,
  runChain,
  runLinears,
  runStep,
} from "../../../src/model/torchvision_chain.ts";
import type { ChainLayout } from "../../../src/model/torchvision_layouts.ts";
import { assertAllClose, EXACT } from "../../support/assert_all_close.ts";
import { evaluate } from "../../support/evaluate.ts";
import { forEachBackend } from "../../support/for_each_backend.ts";

/** One convolution, 2 by 2 without padding, one pool, one grid of 2x2, two linear layers. */
const LAYOUT: ChainLayout = {
  name: "tiny",
  steps: [
    { kind: "conv", place: 0, kernel: 2, stride: 1, pad: 1 },
    { kind: "pool", size: 2, stride: 2 },
  ],
  taps: [0],
  linears: [1, 3],
  inputSize: 3,
  grid: 2,
};

/**
 * Channel 0 adds up the red window, channel 1 takes red at the top left of the window less 2. The first linear layer
 * gives the place of each of the 8 numbers in PyTorch's order a power of 2; the second one doubles and negates.
 */
const NUMBERS: ChainNumbers = {
  layout: LAYOUT,
  convs: new Map([[0, {
    shape: [2, 3, 2, 2],
    weight: Float32Array.from({ length: 24 }, (_, i) => i < 4 || i === 12 ? 1 : 0),
    bias: Float32Array.of(0, -2),
  }]]),
  linears: [
    {
      shape: [1, 8],
      weight: Float32Array.of(1, 2, 4, 8, 16, 32, 64, 128),
      bias: Float32Array.of(3),
    },
    { shape: [2, 1], weight: Float32Array.of(2, -1), bias: Float32Array.of(0, 1) },
  ],
};

/** Red is 1 to 9, the other channels are 100. */
function picture(): tf.Tensor4D {
  return tf.tensor4d(
    Float32Array.from({ length: 27 }, (_, i) => i % 3 === 0 ? i / 3 + 1 : 100),
    [1, 3, 3, 3],
  );
}

// With zeros around, sums of 2x2 windows: 1 3 5 3 / 5 12 16 9 / 11 24 28 15 / 7 15 17 9; their 2x2 maxima:
// 12 16 / 24 28. Red at the top left less 2, not below 0: 0 0 0 0 / 0 0 0 1 / 0 2 3 4 / 0 5 6 7; maxima 0 1 / 5 7.
const GRID = { shape: [1, 2, 2, 2], data: [12, 0, 16, 1, 24, 5, 28, 7] };

// PyTorch's order: 12 16 24 28 0 1 5 7. 12 + 32 + 96 + 224 + 0 + 32 + 320 + 896 = 1612, and 3.
const LOGITS = { shape: [2], data: [3230, -1614] };

forEachBackend(
  "a chain convolves with zeros around, pools and flattens as PyTorch does",
  async () => {
    assert.equal(MOST_PIECE * 4, 64 * 2 ** 20);
    // In one piece, and in as many as there are rows.
    for (const mostPiece of [MOST_PIECE, 8, 1]) {
      const chain = createChain(NUMBERS, { mostPiece });
      assert.equal(chain.linears[1]!.pieces.length, mostPiece === 1 ? 2 : 1);
      const result = await evaluate(() => {
        const x = picture();
        const grid = runStep(chain, 1, runStep(chain, 0, x));
        return { grid, linears: runLinears(chain, grid), logits: runChain(chain, x) };
      });
      disposeChain(chain);
      assertAllClose(result.grid, GRID, EXACT, "grid");
      assertAllClose(result.linears, LOGITS, EXACT, "logits of the grid");
      assertAllClose(result.logits, LOGITS, EXACT, "logits");
    }
  },
);
