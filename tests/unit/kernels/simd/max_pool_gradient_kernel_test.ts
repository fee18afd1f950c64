import assert from "node:assert/strict";
import { openOwnMemory } from "../own_memory.ts";

Deno.test("maxPoolGradientKernel() gives the gradient to the first of the largest", () => {
  const { workspace, take, put, get } = openOwnMemory();
  // Two windows of four channels; by channel: the four places of the window, row by row.
  const windows = [
    [[1, 2, 3, 4], [5, 5, 5, 5], [0, 3, 3, 0], [-4, -1, -2, -1]],
    [[9, 8, 7, 6], [0, 0, 1, 1], [2, 2, 2, 3], [-9, -9, -9, -9]],
  ];
  const rows = [0, 1].flatMap((row) =>
    windows.flatMap((window) =>
      [0, 1].flatMap((column) => window.map((values) => values[2 * row + column]!))
    )
  );
  const [x, dx] = [put(rows), take(4 * 32)];
  const dy = put([1, 2, 3, 4, 5, 6, 7, 8]);
  workspace.kernels.maxPoolGradient(x, dx, dy, 2, 16, 64);
  // Places by hand: channels 0 to 3 of window 0 are largest at 3, 0, 1, 1; of window 1 at 0, 2, 3, 0.
  const places = [[3, 0, 1, 1], [0, 2, 3, 0]];
  const expected = new Array<number>(32).fill(0);
  places.forEach((channels, window) =>
    channels.forEach((place, channel) => {
      const [row, column] = [place >> 1, place & 1];
      expected[16 * row + 8 * window + 4 * column + channel] = 4 * window + channel + 1;
    })
  );
  assert.deepEqual(get(dx, 33), [...expected, 7]);
});
