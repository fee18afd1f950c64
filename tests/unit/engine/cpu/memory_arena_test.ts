import assert from "node:assert/strict";
import { MemoryArena } from "../../../../src/engine/cpu/memory_arena.ts";
import { OutOfMemoryError } from "../../../../src/errors.ts";

Deno.test("MemoryArena hands out places on cache lines that do not overlap", () => {
  const arena = new MemoryArena(new WebAssembly.Memory({ initial: 1, maximum: 4 }), 100);
  assert.equal(arena.top, 100);
  // By hand: 100 up to 128, 128 + 65 up to 256, 256 + 64 as it is.
  assert.deepEqual([arena.take(65), arena.take(64), arena.take(0), arena.take(1)], [
    128,
    256,
    320,
    320,
  ]);
  assert.equal(arena.top, 321);
});

Deno.test("MemoryArena grows its memory by as much as it takes", () => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 10 });
  const arena = new MemoryArena(memory, 0);
  arena.take(65536);
  assert.equal(memory.buffer.byteLength, 65536);
  const second = arena.take(65536 * 2 + 1);
  assert.equal(memory.buffer.byteLength, 65536 * 4);
  new Uint8Array(memory.buffer)[second + 65536 * 2] = 1;
});

Deno.test("MemoryArena takes places back and hands them out again", () => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 2, shared: true });
  const arena = new MemoryArena(memory, 0);
  arena.take(10);
  const { top } = arena;
  const [first, second] = [arena.take(60000), arena.take(60000)];
  arena.release(top);
  assert.deepEqual([arena.take(60000), arena.take(60000)], [first, second]);
  assert.equal(memory.buffer.byteLength, 2 * 65536);
});

Deno.test("MemoryArena clears places that were handed out before, and no others", () => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 3 });
  const arena = new MemoryArena(memory, 64);
  assert.equal(arena.takeZeros(64), 64);
  arena.take(64);
  // Numbers that nobody was given a place for show what is touched.
  new Uint8Array(memory.buffer).fill(7);
  arena.release(64);
  const at = (from: number, to: number) => [...new Uint8Array(memory.buffer).slice(from, to)];
  assert.equal(arena.takeZeros(100), 64);
  assert.deepEqual(at(63, 165), [7, ...new Array(100).fill(0), 7]);
  // From 192 on nothing was ever handed out.
  assert.equal(arena.takeZeros(100), 192);
  assert.deepEqual(at(164, 292), new Array(128).fill(7));
  arena.release(128);
  assert.equal(arena.takeZeros(2 * 65536), 128);
  assert.deepEqual(at(128, 293), [...new Array(164).fill(0), 7]);
});

Deno.test("MemoryArena tells what is needed and what could be had, and stays of use", () => {
  const memory = new WebAssembly.Memory({ initial: 16, maximum: 32 });
  const arena = new MemoryArena(memory, 0);
  arena.take(1000);
  assert.throws(() => arena.take(3 * 2 ** 20), (error) => {
    assert.ok(error instanceof OutOfMemoryError);
    // 1024 bytes and 3 MiB, rounded up; 16 pages are 1 MiB.
    assert.equal(
      error.message,
      "Cannot run the network on the CPU: it needs 4 MiB, 1 MiB could be had",
    );
    assert.equal(error.hint, "Give a smaller --tile");
    return true;
  });
  assert.equal(arena.take(2 ** 20), 1024);
});
