import assert from "node:assert/strict";
import {
  putScript,
  type ScriptCall,
  scriptItem,
  scriptKernel,
} from "../../../../src/engine/cpu/script.ts";
import { MemoryArena } from "../../../../src/engine/cpu/memory_arena.ts";

Deno.test("scriptKernel() carries out the calls of an item, in order, with their arguments", () => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const made: unknown[] = [];
  const recorder = (name: string) => (...values: number[]) => made.push([name, ...values]);
  const names = ["shrink", "smooth", "place", "relax", "halve", "join"];
  const exports = Object.fromEntries(names.map((name) => [name, recorder(name)]));
  const calls: ScriptCall[] = [
    ["join", 1, 2, 3, 4, 5, 6, 7, 8],
    ["shrink", 10, 20, 30, 40, 50, 60, 70, 80],
    ["join", 9, 9, 9, 9, 9, 9, 9, 9],
  ];
  const script = putScript(new MemoryArena(memory, 100), calls);
  const [kernel, ...item] = scriptItem(script, 2);
  assert.equal(kernel, 2);
  const [address, first, last] = item;
  scriptKernel(memory, exports)(address!, first!, last!, 0, 0);
  assert.deepEqual(made, calls);
});

Deno.test("scriptKernel() finds a script above 2 GiB, where crews pass addresses as negative numbers", () => {
  // 2 GiB and one page, of which hardly any is ever touched.
  const memory = new WebAssembly.Memory({ initial: 2 ** 15 + 1 });
  const made: number[] = [];
  const names = ["shrink", "smooth", "place", "relax", "halve", "join"];
  const exports = Object.fromEntries(
    names.map((name) => [name, (first: number) => made.push(first)]),
  );
  const script = putScript(new MemoryArena(memory, 2 ** 31 + 64), [[
    "halve",
    5,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
  ]]);
  assert.ok(script.address > 2 ** 31);
  scriptKernel(memory, exports)(script.address | 0, 0, 1, 0, 0);
  assert.deepEqual(made, [5]);
});
