import assert from "node:assert/strict";
import { cutPlane } from "../../../src/methods/cut_plane.ts";

Deno.test("cutPlane() copies a window, all channels", () => {
  // Row y, column x, channel c holds 100y + 10x + c.
  const plane = Float32Array.from(
    { length: 4 * 5 * 2 },
    (_, i) => 100 * Math.floor(i / 10) + 10 * (Math.floor(i / 2) % 5) + i % 2,
  );
  const cut = cutPlane(plane, { width: 5, channels: 2 }, { top: 1, left: 2, height: 2, width: 3 });
  assert.ok(cut instanceof Float32Array);
  assert.deepEqual([...cut], [120, 121, 130, 131, 140, 141, 220, 221, 230, 231, 240, 241]);
});

Deno.test("cutPlane() has zeros below the picture", () => {
  const cut = cutPlane(Uint8Array.of(1, 2, 3, 4), { width: 2, channels: 1 }, {
    ...{ top: 1, left: 0, height: 2, width: 2 },
  });
  assert.deepEqual([...cut], [3, 4, 0, 0]);
});
