import assert from "node:assert/strict";
import { batchingEngine } from "../../../src/engine/batching_engine.ts";
import type { ForwardRequest, NetworkEngine } from "../../../src/engine/types.ts";
import { BackendError, OutOfMemoryError } from "../../../src/errors.ts";

/** A picture of one row; its width tells it from others. */
function row(width: number): ForwardRequest {
  return { height: 1, width, rgb01: new Float32Array(0), validMask: new Uint8Array(0) };
}

/** An engine that answers with widths, a turn of the event loop later, and notes its batches. */
function slowEngine(fails: (widths: number[]) => Error | undefined = () => undefined) {
  const batches: number[][] = [];
  const engine: NetworkEngine = {
    name: "slow",
    run: async (requests) => {
      const widths = requests.map(({ width }) => width);
      batches.push(widths);
      await new Promise((resolve) => setTimeout(resolve));
      const error = fails(widths);
      if (error !== undefined) throw error;
      return widths.map((width) => Float32Array.of(width));
    },
    close: () => batches.push([]),
  };
  return { engine, batches };
}

const widthsOf = (outputs: Float32Array[]) => outputs.map(([width]) => width);

Deno.test("batchingEngine() begins at once and runs together what came meanwhile", async () => {
  const { engine, batches } = slowEngine();
  const together = batchingEngine(engine, { mostPixels: 100 });
  assert.equal(together.name, "slow");
  const runs = [[row(1)], [row(2), row(3)], [row(4)]].map((requests) => together.run(requests));
  assert.deepEqual((await Promise.all(runs)).map(widthsOf), [[1], [2, 3], [4]]);
  assert.deepEqual(batches, [[1], [2, 3, 4]]);
  assert.deepEqual(widthsOf(await together.run([row(5)])), [5]);
});

Deno.test("batchingEngine() keeps batches small, and lets a large run go alone", async () => {
  const { engine, batches } = slowEngine();
  const together = batchingEngine(engine, { mostPixels: 10 });
  await Promise.all([1, 4, 5, 2, 30, 1].map((width) => together.run([row(width)])));
  assert.deepEqual(batches, [[1], [4, 5], [2], [30], [1]]);
});

Deno.test("batchingEngine() tries runs alone when they do not fit together", async () => {
  const { engine, batches } = slowEngine((widths) =>
    widths.length > 1 || widths.includes(7) ? new OutOfMemoryError("too much") : undefined
  );
  const together = batchingEngine(engine, { mostPixels: 100 });
  const runs = [5, 6, 7, 8].map((width) => together.run([row(width)]));
  const answers = await Promise.allSettled(runs);
  assert.deepEqual(answers.map(({ status }) => status), [
    ...["fulfilled", "fulfilled", "rejected", "fulfilled"],
  ]);
  assert.deepEqual(batches, [[5], [6, 7, 8], [6], [7], [8]]);
});

Deno.test("batchingEngine() fails only the run that is at fault", async () => {
  const { engine } = slowEngine((widths) => widths.includes(2) ? new RangeError("odd") : undefined);
  const together = batchingEngine(engine, { mostPixels: 100 });
  const runs = [1, 2, 3].map((width) => together.run([row(width)]));
  const answers = await Promise.allSettled(runs);
  assert.deepEqual(answers.map(({ status }) => status), ["fulfilled", "rejected", "fulfilled"]);
});

Deno.test("batchingEngine() tells a broken device to all of a batch, and goes on", async () => {
  const { engine } = slowEngine((widths) =>
    widths.includes(2) ? new BackendError("broken") : undefined
  );
  const together = batchingEngine(engine, { mostPixels: 100 });
  const runs = [1, 2, 3].map((width) => together.run([row(width)]));
  const answers = await Promise.allSettled(runs);
  assert.deepEqual(answers.map(({ status }) => status), ["fulfilled", "rejected", "rejected"]);
  assert.deepEqual(widthsOf(await together.run([row(9)])), [9]);
});

Deno.test("batchingEngine() closes the engine", () => {
  const { engine, batches } = slowEngine();
  batchingEngine(engine, { mostPixels: 1 }).close();
  assert.deepEqual(batches, [[]]);
});
