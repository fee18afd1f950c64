/**
 * AlexNet and VGG-16, narrow, with numbers from formulas, as in tests/oracle/generate/judges.py.
 * @module
 */
import type { ChainLayout } from "../../src/model/torchvision_layouts.ts";
import type { ForeignArray } from "./foreign_bytes.ts";
import { formulaTensor } from "./formula_tensor.ts";

/** How wide the layers are. */
export interface ChainWidths {
  /** Channels of each convolution. */
  readonly widths: readonly number[];
  /** Outputs of each linear layer; none if the file ends with the features. */
  readonly outputs?: readonly number[];
}

/** Arrays by torchvision's names. */
export function formulaChain(
  { steps, grid, linears }: ChainLayout,
  { widths, outputs = [] }: ChainWidths,
): Map<string, ForeignArray> {
  const arrays = new Map<string, ForeignArray>();
  let [inputs, phase] = [3, 1];
  const add = (key: string, shape: readonly number[]) => {
    const fanIn = shape.slice(1).reduce((a, b) => a * b, 1);
    arrays.set(`${key}.weight`, foreign(shape, { phase, scale: 2 / Math.sqrt(fanIn) }));
    arrays.set(`${key}.bias`, foreign(shape.slice(0, 1), { phase: phase + 0.5, scale: 0.1 }));
    inputs = shape[0]!;
    phase++;
  };
  for (const step of steps) {
    if (step.kind === "pool") continue;
    add(`features.${step.place}`, [widths[phase - 1]!, inputs, step.kernel, step.kernel]);
  }
  inputs *= grid ** 2;
  outputs.forEach((width, index) => add(`classifier.${linears[index]}`, [width, inputs]));
  return arrays;
}

/** Heads of LPIPS by their names in files, for these channels. */
export function formulaHeads(
  channels: readonly number[],
  nameOf: (tap: number) => string = (tap) => `lin${tap}.model.1.weight`,
): Map<string, ForeignArray> {
  return new Map(channels.map((width, tap) => [
    nameOf(tap),
    foreign([1, width, 1, 1], { phase: 50 + tap, scale: 0.5, shift: 0.5 }),
  ]));
}

/** Channels at the taps of a layout whose convolutions have these widths. */
export function tapWidths({ steps, taps }: ChainLayout, widths: readonly number[]): number[] {
  const places = steps.flatMap((step) => step.kind === "conv" ? [step.place] : []);
  return taps.map((place) => widths[places.indexOf(place)]!);
}

/** An rgb255 image with ramps and edges; `move` changes its right half. */
export function judgePicture(
  { width, height, move = 0 }: { width: number; height: number; move?: number },
): Uint8Array {
  return Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const [c, x, y] = [i % 3, Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
    const moved = 2 * x > width ? ((x * x + 7 * y) % 23) * move : 0;
    return (x * 5 + y * 3 + c * 40 + ((x * y) % 17) * 4 + moved) % 256;
  });
}

function foreign(
  shape: readonly number[],
  options: Parameters<typeof formulaTensor>[1],
): ForeignArray {
  return { shape, data: formulaTensor(shape, options).data as Float32Array };
}
