import assert from "node:assert/strict";
import { openingMethod } from "../../../../src/commands/methods/opening_method.ts";
import type { FillMethod } from "../../../../src/methods/types.ts";

const IMAGE = {
  ...{ width: 1, height: 1 },
  rgb255: new Uint8Array(3),
  holeMask: new Uint8Array(1),
};

Deno.test("openingMethod() fills once the method is there, and closes it", async () => {
  const { promise, resolve } = Promise.withResolvers<FillMethod>();
  const method = openingMethod("slow", () => promise, { isSoon: false });
  const work = method.fill(IMAGE, { stem: "a" });
  let isClosed = false;
  resolve({
    name: "slow",
    fill: (image, options) => {
      assert.deepEqual([image, options], [IMAGE, { stem: "a" }]);
      return Promise.resolve(Uint8Array.of(1, 2, 3));
    },
    close: () => isClosed = true,
  });
  assert.deepEqual(await work, Uint8Array.of(1, 2, 3));
  await method.ready();
  method.close();
  await promise;
  assert.ok(isClosed);
});
