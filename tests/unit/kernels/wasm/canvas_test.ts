import assert from "node:assert/strict";
import { placeOnCanvas } from "../../../../src/kernels/wasm/canvas.ts";
import { openOwnMemory } from "../own_memory.ts";

const IMAGES = { n: 2, height: 2, width: 3, channels: 2 };
const DATA = Array.from({ length: 24 }, (_, i) => i + 1);

/** The same by its definition. */
function expected(
  { top, left, height, width }: Record<"top" | "left" | "height" | "width", number>,
  factor: (pixel: number) => number,
): number[] {
  const out: number[] = [];
  for (let n = 0; n < 2; n++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const [row, column] = [y - top, x - left];
        const isInside = row >= 0 && row < 2 && column >= 0 && column < 3;
        const pixel = (n * 2 + row) * 3 + column;
        for (let c = 0; c < 2; c++) out.push(isInside ? DATA[2 * pixel + c]! * factor(pixel) : 0);
      }
    }
  }
  return out;
}

for (
  const placement of [
    { top: 1, left: 2, height: 5, width: 6 },
    { top: -1, left: -2, height: 1, width: 1 },
    { top: 0, left: -1, height: 3, width: 2 },
    { top: 2, left: 0, height: 3, width: 3 },
    { top: -2, left: 0, height: 2, width: 3 },
    { top: 0, left: 3, height: 2, width: 3 },
  ]
) {
  Deno.test(`placeOnCanvas() pads and cuts: ${JSON.stringify(placement)}`, () => {
    const { workspace, take, put, get } = openOwnMemory();
    const source = { ...IMAGES, address: put(DATA) };
    const size = 4 * placement.height * placement.width;
    const plain = placeOnCanvas(workspace, take, source, placement);
    const { height, width } = placement;
    assert.deepEqual(plain, { ...IMAGES, height, width, address: plain.address });
    assert.deepEqual(get(plain.address, size), expected(placement, () => 1));
    const factors = Array.from({ length: 12 }, (_, i) => i % 3);
    const scaled = placeOnCanvas(workspace, take, source, { ...placement, factors: put(factors) });
    assert.deepEqual(get(scaled.address, size), expected(placement, (i) => factors[i]!));
  });
}

Deno.test("placeOnCanvas() hands the source back where nothing is to be done", () => {
  const { workspace, take, put } = openOwnMemory();
  const source = { ...IMAGES, address: put(DATA) };
  const placement = { top: 0, left: 0, height: 2, width: 3 };
  assert.equal(placeOnCanvas(workspace, take, source, placement), source);
});
