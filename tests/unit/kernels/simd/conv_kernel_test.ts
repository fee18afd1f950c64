import assert from "node:assert/strict";
import { convKernel, type ConvTile, LAYOUT } from "../../../../src/kernels/simd/conv_kernel.ts";
import { encodeModule } from "../../../../src/kernels/simd/wasm_module.ts";
import { createRandom } from "../../../../src/random.ts";
import { assertAllClose, EXACT } from "../../../support/assert_all_close.ts";

/** One input of a layer. */
interface Group {
  /** A multiple of 4. */
  readonly channels: number;
  readonly kernel: number;
  readonly stride: 1 | 2;
}

interface Case {
  readonly tile: ConvTile;
  readonly groups: readonly Group[];
  readonly slope: number;
  /** Pixels of the list. */
  readonly count: number;
}

const OUT = { height: 5, width: 7 } as const;
const BLOCKS = 3;
const UNTOUCHED = 99;

type Run = (layer: number, first: number, last: number, block: number, lastBlock: number) => void;

/** A layer of random numbers in memory, the function that computes it, and what it must give. */
async function placeCase({ tile, groups, slope, count }: Case) {
  const memory = new WebAssembly.Memory({ initial: 16 });
  const [words, floats] = [new Int32Array(memory.buffer), new Float32Array(memory.buffer)];
  const random = createRandom(7, count, groups.length);
  let top = 64;
  const place = (length: number, next: () => number) => {
    const start = top;
    for (let i = 0; i < length; i++) floats[start / 4 + i] = next();
    top += Math.ceil(length / 4) * 16;
    return start;
  };
  const width = tile.vectors * 4;
  const inputs = groups.map(({ channels, kernel, stride }) => {
    const pad = (kernel - 1) / 2;
    const [rows, columns] = [OUT.height * stride + 2 * pad, OUT.width * stride + 2 * pad];
    return { pitch: columns * channels, start: place(rows * columns * channels, random.normal) };
  });
  const taps = groups.reduce((sum, { kernel, channels }) => sum + kernel ** 2 * channels, 0);
  const weights = place(BLOCKS * taps * width, () => random.normal() / Math.sqrt(taps));
  const bias = place(BLOCKS * width, random.normal);
  const ratios = place(count, () => 1 + random.uniform());
  const output = place(OUT.height * OUT.width * BLOCKS * width, () => UNTOUCHED);
  // Places in no order, none twice.
  const places = Array.from({ length: OUT.height * OUT.width }, (_, i) => i);
  for (let i = places.length - 1; i > 0; i--) {
    const j = random.integer(0, i);
    [places[i], places[j]] = [places[j]!, places[i]!];
  }
  const list = place(count, () => 0);
  for (let i = 0; i < count; i++) {
    const [y, x] = [Math.floor(places[i]! / OUT.width), places[i]! % OUT.width];
    words[list / 4 + i] = y << 16 | x;
  }
  const layer = top;
  const step = BLOCKS * width * 4;
  words.set([weights, taps * width * 4, groups.length, list, ratios, bias], layer / 4);
  words.set([output, OUT.width * step, step], layer / 4 + 6);
  floats[layer / 4 + 9] = slope;
  groups.forEach(({ channels, kernel, stride }, i) => {
    const { start, pitch } = inputs[i]!;
    words.set(
      [start, stride * pitch * 4, stride * channels * 4, kernel, pitch * 4, kernel * channels * 4],
      (layer + LAYOUT.head + i * LAYOUT.group) / 4,
    );
  });

  /** The definition, in float64. */
  const expected = (first: number, last: number, block: number, lastBlock: number) => {
    const result = new Float64Array(OUT.height * OUT.width * BLOCKS * width).fill(UNTOUCHED);
    for (let i = first; i < last; i++) {
      const [y, x] = [Math.floor(places[i]! / OUT.width), places[i]! % OUT.width];
      for (let o = block * width; o < lastBlock * width; o++) {
        let sum = 0;
        let weight = weights / 4 + Math.floor(o / width) * taps * width + o % width;
        groups.forEach(({ channels, kernel, stride }, g) => {
          const { start, pitch } = inputs[g]!;
          for (let row = 0; row < kernel; row++) {
            for (let column = 0; column < kernel; column++) {
              const at = start / 4 + (y * stride + row) * pitch + (x * stride + column) * channels;
              for (let c = 0; c < channels; c++, weight += width) {
                sum += floats[weight]! * floats[at + c]!;
              }
            }
          }
        });
        const value = sum * floats[ratios / 4 + i]! + floats[bias / 4 + o]!;
        result[places[i]! * BLOCKS * width + o] = Math.max(value, slope * value);
      }
    }
    return { shape: [OUT.height, OUT.width, BLOCKS * width], data: result };
  };

  const bytes = encodeModule({ run: convKernel(tile) }, { initial: 16, isShared: false });
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
  const run = instance.exports["run"] as Run;
  const actual = (...range: [number, number, number, number]) => {
    const data = floats.subarray(output / 4, output / 4 + OUT.height * OUT.width * BLOCKS * width);
    data.fill(UNTOUCHED);
    run(layer, ...range);
    return { shape: [OUT.height, OUT.width, BLOCKS * width], data: data.slice() };
  };
  return { actual, expected };
}

// Measured: 4.9e-6 of values up to 8, whose parts add up to more.
const CLOSE = { rtol: 0, atol: 9e-6 };

const SHAPES: readonly Omit<Case, "tile">[] = [
  { groups: [{ channels: 4, kernel: 1, stride: 1 }], slope: 1, count: 13 },
  { groups: [{ channels: 8, kernel: 3, stride: 1 }], slope: 0.2, count: 35 },
  { groups: [{ channels: 12, kernel: 3, stride: 2 }], slope: 0, count: 9 },
  { groups: [{ channels: 4, kernel: 5, stride: 2 }], slope: 0.2, count: 1 },
  {
    groups: [{ channels: 4, kernel: 7, stride: 2 }, { channels: 4, kernel: 7, stride: 2 }],
    slope: 0,
    count: 14,
  },
  {
    // Three inputs, each with a window of its own.
    groups: [
      { channels: 16, kernel: 2, stride: 1 },
      { channels: 8, kernel: 3, stride: 1 },
      { channels: 4, kernel: 5, stride: 2 },
    ],
    slope: 0.2,
    count: 23,
  },
];

for (const isFused of [true, false]) {
  for (const [pixels, vectors] of [[6, 2], [8, 1]] as const) {
    const name = `${pixels}x${vectors}, ${isFused ? "fused" : "not fused"}`;
    Deno.test(`convKernel() computes ratio, bias and slope of sums: ${name}`, async () => {
      for (const shape of SHAPES) {
        const { actual, expected } = await placeCase({
          ...shape,
          tile: { pixels, vectors, isFused },
        });
        const what = JSON.stringify(shape.groups);
        const whole = [0, shape.count, 0, BLOCKS] as const;
        assertAllClose(actual(...whole), expected(...whole), CLOSE, what);
      }
    });

    Deno.test(`convKernel() computes no more than it is told: ${name}`, async () => {
      const shape = SHAPES[5]!;
      const { actual, expected } = await placeCase({
        ...shape,
        tile: { pixels, vectors, isFused },
      });
      // Places and blocks that are left out keep what they held: `expected` has it too.
      const parts: [number, number, number, number][] = [[3, 21, 1, 2], [0, 1, 0, 3], [
        22,
        23,
        2,
        3,
      ]];
      for (const part of parts) {
        assertAllClose(actual(...part), expected(...part), CLOSE, part.join());
      }
    });

    Deno.test(`convKernel() gives a pixel the same bits in any company: ${name}`, async () => {
      const { actual } = await placeCase({ ...SHAPES[1]!, tile: { pixels, vectors, isFused } });
      const together = actual(0, 35, 0, BLOCKS);
      const alone = actual(0, 1, 0, BLOCKS);
      for (let i = 1; i < 35; i++) {
        const { data } = actual(i, i + 1, 0, BLOCKS);
        data.forEach((value, at) => {
          if (value !== UNTOUCHED) alone.data[at] = value;
        });
      }
      assertAllClose(alone, together, EXACT);
    });
  }
}

Deno.test("convKernel() multiplies and adds in one where it is not told otherwise", () => {
  const tile = { pixels: 6, vectors: 2 };
  assert.deepEqual(convKernel(tile).encode(), convKernel({ ...tile, isFused: true }).encode());
  assert.notDeepEqual(convKernel(tile).encode(), convKernel({ ...tile, isFused: false }).encode());
});
