import assert from "node:assert/strict";
import { imageEnds } from "../../../src/engine/image_ends.ts";
import type { NetworkEngine } from "../../../src/engine/types.ts";
import { assertAllClose } from "../../support/assert_all_close.ts";

/** Hands the picture back as it came, and keeps what it was given. */
function mirror(): NetworkEngine & { readonly seen: Float32Array[]; readonly closed: number[] } {
  const seen: Float32Array[] = [];
  const closed: number[] = [];
  return {
    ...{ name: "mirror", seen, closed },
    run(requests) {
      seen.push(...requests.map(({ rgb01 }) => rgb01));
      return Promise.resolve(requests.map(({ rgb01 }) => rgb01.slice()));
    },
    close: () => void closed.push(1),
  };
}

const request = (...rgb01: readonly number[]) => ({
  ...{ height: rgb01.length / 3, width: 1, rgb01: Float32Array.from(rgb01) },
  validMask: new Uint8Array(rgb01.length / 3).fill(1),
});

const vector = (data: ArrayLike<number>) => ({ shape: [data.length], data });
const NONE = new Map();

Deno.test("imageEnds() hands an engine back where there is nothing to do", () => {
  const engine = mirror();
  assert.equal(imageEnds({ config: { range: "[0,1]" }, arrays: NONE })(engine), engine);
});

Deno.test("imageEnds() takes pictures into the range and back, and leaves the caller's alone", async () => {
  const engine = mirror();
  const wrapped = imageEnds({ config: { range: "[-1,1]" }, arrays: NONE })(engine);
  const given = [request(0, 0.5, 1), request(0.25, 0.75, 1, 0, 0, 0)];
  const outputs = await wrapped.run(given);
  // By hand: 2 · value - 1.
  assert.deepEqual(engine.seen.map((image) => [...image]), [
    [-1, 0, 1],
    [-0.5, 0.5, 1, -1, -1, -1],
  ]);
  assert.deepEqual(outputs.map((image) => [...image]), given.map(({ rgb01 }) => [...rgb01]));
  assert.deepEqual([...given[0]!.rgb01], [0, 0.5, 1]);
  assert.equal(wrapped.name, "mirror");
  wrapped.close();
  assert.equal(engine.closed.length, 1);
});

Deno.test("imageEnds() scales each colour by ImageNet's own mean and deviation", async () => {
  const engine = mirror();
  const wrapped = imageEnds({ config: { range: "imagenet" }, arrays: NONE })(engine);
  // By hand: mean plus one, two and no deviations.
  const [output] = await wrapped.run([request(0.714, 0.904, 0.406)]);
  // Float32 of values near 1.
  assertAllClose(vector(engine.seen[0]!), vector([1, 2, 0]), { rtol: 0, atol: 3e-7 });
  assertAllClose(vector(output!), vector([0.714, 0.904, 0.406]), { rtol: 0, atol: 6e-8 });
});

Deno.test("imageEnds() runs the output head with numbers that may be handed over afterwards", async () => {
  const array = (shape: readonly number[], ...values: readonly number[]) =>
    [shape, Float32Array.from(values)] as const;
  const [shift, kernel, bias] = [
    array([3], 0.5, 0, -1),
    array([1, 1, 3, 3], 1, 0, 2, 0, 1, 0, 0, 1, 0),
    array([3], 0, 1, -1),
  ];
  const arrays = new Map([
    ["output/shift", { shape: shift[0], data: shift[1] }],
    ["output/kernel", { shape: kernel[0], data: kernel[1] }],
    ["output/bias", { shape: bias[0], data: bias[1] }],
  ]);
  const engine = mirror();
  const wrap = imageEnds({ config: { range: "[0,1]", outputHead: "sigmoid" }, arrays });
  kernel[1].fill(7);
  const [output] = await wrap(engine).run([request(0.5, -1, 0)]);
  // By hand: shifted 1, -1, -1; leaky 1, -0.2, -0.2; HWIO rows by input: (1, 0, 2), (0, 1, 0), (0, 1, 0), so
  // 1 + 0, -0.2 - 0.2 + 1, 2 - 1.
  const expected = [1, 0.6, 1].map((sum) => 1 / (1 + Math.exp(-sum)));
  assertAllClose(vector(output!), vector(expected), { rtol: 0, atol: 6e-8 });
});
