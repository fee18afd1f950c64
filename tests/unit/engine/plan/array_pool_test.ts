import assert from "node:assert/strict";
import { ArrayPool } from "../../../../src/engine/plan/array_pool.ts";

Deno.test("ArrayPool hands out zeros of every kind", () => {
  const pool = new ArrayPool();
  assert.deepEqual(pool.take("bytes", 3), new Uint8Array(3));
  assert.deepEqual(pool.take("ints", 2), new Int32Array(2));
  assert.deepEqual(pool.take("floats", 4), new Float32Array(4));
  assert.deepEqual(pool.take("floats", 0), new Float32Array());
});

Deno.test("ArrayPool hands no array out twice before it is taken back", () => {
  const pool = new ArrayPool();
  const arrays = [0, 1, 2].map(() => pool.take("bytes", 5));
  assert.equal(new Set(arrays.map(({ buffer }) => buffer)).size, 3);
});

Deno.test("ArrayPool hands taken arrays out again, of the same kind and length, and clears them", () => {
  const pool = new ArrayPool();
  const first = pool.take("floats", 4).fill(7);
  pool.recycle();
  const others = [pool.take("floats", 5), pool.take("ints", 4)];
  const again = pool.take("floats", 4);
  assert.equal(again, first);
  assert.deepEqual([...again], [0, 0, 0, 0]);
  assert.ok(others.every(({ buffer }) => buffer !== first.buffer));
  assert.notEqual(pool.take("floats", 4), first);
});

Deno.test("ArrayPool lets go of what was not asked for since the last time", () => {
  const pool = new ArrayPool();
  const first = pool.take("bytes", 4);
  pool.recycle();
  pool.recycle();
  assert.notEqual(pool.take("bytes", 4), first);
});
