import assert from "node:assert/strict";
import { openingUpscaler } from "../../../../src/commands/methods/opening_upscaler.ts";

Deno.test("openingUpscaler() enlarges once the upscaler is there, and closes it", async () => {
  let closed = 0;
  const large = { width: 2, height: 2, rgb255: new Uint8Array(12) };
  const upscaler = openingUpscaler("late", () =>
    Promise.resolve({
      name: "late",
      upscale: (picture, { scale }) => {
        assert.deepEqual([picture.width, scale], [1, 2]);
        return Promise.resolve(large);
      },
      close: () => void closed++,
    }), { isSoon: false });
  const small = { width: 1, height: 1, rgb255: new Uint8Array(3) };
  assert.equal(await upscaler.upscale(small, { scale: 2 }), large);
  upscaler.close();
  await upscaler.ready();
  assert.equal(closed, 1);
});
