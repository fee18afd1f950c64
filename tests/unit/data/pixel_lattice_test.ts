import assert from "node:assert/strict";
import { latticeHoleMask, superresLattice } from "../../../src/data/pixel_lattice.ts";

Deno.test("superresLattice() begins at half the scale, rounded down", () => {
  const phases = [2, 3, 4, 5, 8].map((scale) => superresLattice(scale));
  assert.deepEqual(phases, [
    { scale: 2, phase: [1, 1] },
    { scale: 3, phase: [1, 1] },
    { scale: 4, phase: [2, 2] },
    { scale: 5, phase: [2, 2] },
    { scale: 8, phase: [4, 4] },
  ]);
});

Deno.test("latticeHoleMask() leaves single pixels known", () => {
  // Drawn by hand: scale 3, first known pixel in column 1 and row 2.
  const rows = ["11111", "11111", "10110", "11111"];
  const mask = latticeHoleMask({ scale: 3, phase: [1, 2] }, { width: 5, height: 4 });
  assert.deepEqual([...mask], [...rows.join("")].map(Number));
});

Deno.test("latticeHoleMask() knows one pixel of each of the small picture", () => {
  for (const scale of [2, 3, 4, 7]) {
    const mask = latticeHoleMask(superresLattice(scale), { width: 6 * scale, height: 5 * scale });
    assert.equal(mask.filter((hole) => hole === 0).length, 30);
  }
  // A canvas without any known pixel: the lattice begins beyond it.
  assert.deepEqual([...latticeHoleMask({ scale: 4, phase: [2, 2] }, { width: 2, height: 1 })], [
    1,
    1,
  ]);
});
