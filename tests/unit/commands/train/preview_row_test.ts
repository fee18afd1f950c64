import assert from "node:assert/strict";
import { previewRow } from "../../../../src/commands/train/preview_row.ts";

Deno.test("previewRow() shows of a lattice what is known, not the truth", () => {
  const rgb255 = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
  const input255 = rgb255.map((value) => value + 100);
  const lattice = { input255, guess255: rgb255, guessMask: new Uint8Array(4).fill(1) };
  const pair = { name: "cat.jpg", rgb255, holeMask: Uint8Array.of(0, 1, 1, 1), lattice };
  const row = previewRow({ pair, raw: rgb255, composite: rgb255 });
  assert.deepEqual([...row.input], [101, 102, 103, ...new Array(9).fill(255)]);
  assert.equal(row.truth, rgb255);
});

Deno.test("previewRow() whitens the hole of the input and draws the mask white on black", () => {
  const pair = {
    name: "photos/more/cat.jpg",
    rgb255: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
    holeMask: Uint8Array.of(0, 1, 0, 0),
  };
  const [raw, composite] = [new Uint8Array(12).fill(90), new Uint8Array(12).fill(91)];
  const row = previewRow({ pair, raw, composite });
  assert.deepEqual(
    { ...row, input: [...row.input], mask: [...row.mask] },
    {
      name: "cat.jpg",
      width: 2,
      height: 2,
      input: [1, 2, 3, 255, 255, 255, 7, 8, 9, 10, 11, 12],
      mask: [0, 0, 0, 255, 255, 255, 0, 0, 0, 0, 0, 0],
      raw,
      composite,
      truth: pair.rgb255,
    },
  );
});
