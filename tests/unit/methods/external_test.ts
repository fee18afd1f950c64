import assert from "node:assert/strict";
import { external } from "../../../src/methods/external.ts";

const image = {
  width: 2,
  height: 1,
  rgb255: Uint8Array.of(1, 2, 3, 0, 0, 0),
  holeMask: Uint8Array.of(0, 1),
};

const result = { path: "out/a.png", width: 2, height: 1, rgb255: Uint8Array.of(7, 7, 7, 8, 8, 8) };

Deno.test("external() puts another program's pixels into the hole and shows the rest as its own", async () => {
  const asked: string[] = [];
  const method = external({
    name: "lama",
    read: (stem) => {
      asked.push(stem);
      return Promise.resolve(result);
    },
  });
  assert.equal(method.name, "lama");
  assert.deepEqual([...await method.fill(image, { stem: "a" })], [1, 2, 3, 8, 8, 8]);
  assert.deepEqual([...await method.predict!(image, { stem: "a" })], [7, 7, 7, 8, 8, 8]);
  assert.deepEqual(asked, ["a", "a"]);
});

Deno.test("external() refuses a result of another size, and a picture without a stem", async () => {
  const method = external({ read: () => Promise.resolve({ ...result, width: 1, height: 2 }) });
  await assert.rejects(method.fill(image, { stem: "a" }), {
    name: "InputError",
    message: 'Cannot use result "out/a.png": it is 1x2, must be 2x1',
  });
  await assert.rejects(method.fill(image), { name: "TypeError" });
});
