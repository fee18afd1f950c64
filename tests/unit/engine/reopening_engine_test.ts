import assert from "node:assert/strict";
import { reopeningEngine } from "../../../src/engine/reopening_engine.ts";
import type { ForwardRequest, NetworkEngine } from "../../../src/engine/types.ts";
import { BackendError, DeviceLostError, OutOfMemoryError } from "../../../src/errors.ts";

const REQUEST: ForwardRequest = {
  height: 1,
  width: 1,
  rgb01: new Float32Array(3),
  validMask: new Uint8Array(1),
};

/** Engines that answer with their number, or with what is thrown. */
function setUp(run: (engine: number, call: number) => Error | undefined, opens = Infinity) {
  const seen = { opened: 0, closed: [] as number[], lines: [] as string[] };
  let calls = 0;
  // deno-lint-ignore require-await
  const open = async (): Promise<NetworkEngine> => {
    if (seen.opened >= opens) throw new BackendError("Cannot open a GPU: there is none");
    const number = ++seen.opened;
    return {
      name: `gpu ${number}`,
      async run() {
        const error = run(number, ++calls);
        await new Promise((resolve) => setTimeout(resolve));
        if (error !== undefined) throw error;
        return [new Float32Array([number])];
      },
      close: () => seen.closed.push(number),
    };
  };
  const start = () => reopeningEngine({ open, log: (line) => seen.lines.push(line) });
  return { seen, start };
}

const loss = () => new DeviceLostError('GPU "one" failed: the device was lost');

Deno.test("run() repeats what a lost device was doing on a fresh one, and says so", async () => {
  const { seen, start } = setUp((engine) => engine === 1 ? loss() : undefined);
  const engine = await start();
  assert.equal(engine.name, "gpu 1");
  assert.deepEqual(await engine.run([REQUEST]), [new Float32Array([2])]);
  assert.deepEqual(await engine.run([REQUEST]), [new Float32Array([2])]);
  assert.equal(engine.name, "gpu 2");
  assert.deepEqual(seen, {
    opened: 2,
    closed: [1],
    lines: ['GPU "one" failed: the device was lost; going on with a fresh device: gpu 2'],
  });
  engine.close();
  assert.deepEqual(seen.closed, [1, 2]);
});

Deno.test("runs that overlap share the fresh device", async () => {
  const { seen, start } = setUp((engine) => engine === 1 ? loss() : undefined);
  const engine = await start();
  const outputs = await Promise.all([engine.run([REQUEST]), engine.run([REQUEST])]);
  assert.deepEqual(outputs, [[new Float32Array([2])], [new Float32Array([2])]]);
  assert.equal(seen.opened, 2);
});

Deno.test("each run is repeated once: a second loss ends it in words", async () => {
  const { seen, start } = setUp(() => loss());
  const engine = await start();
  await assert.rejects(engine.run([REQUEST]), (error: Error) => {
    assert.ok(error instanceof BackendError && !(error instanceof DeviceLostError));
    assert.equal(
      error.message,
      'GPU "one" failed: the device was lost, and a fresh one was lost as well',
    );
    assert.match(error.hint!, /--device cpu/);
    return true;
  });
  assert.equal(seen.opened, 2);
});

Deno.test("a device that does not open again ends the run in words", async () => {
  const { start } = setUp(() => loss(), 1);
  const engine = await start();
  await assert.rejects(engine.run([REQUEST]), (error: Error) => {
    assert.ok(error instanceof BackendError);
    assert.equal(
      error.message,
      'GPU "one" failed: the device was lost; no other device opens',
    );
    assert.match(String(error.cause), /there is none/);
    return true;
  });
});

Deno.test("other errors pass through, on the same device", async () => {
  const refusal = new OutOfMemoryError("too large");
  const { seen, start } = setUp((_, call) =>
    call === 1 ? refusal : call === 2 ? new RangeError("odd") : undefined
  );
  const engine = await start();
  await assert.rejects(engine.run([REQUEST]), refusal);
  await assert.rejects(engine.run([REQUEST]), RangeError);
  assert.deepEqual(await engine.run([REQUEST]), [new Float32Array([1])]);
  assert.equal(seen.opened, 1);
});

Deno.test("when a device ran out of memory, the next run finds a fresh one", async () => {
  const failure = new OutOfMemoryError("failed", { cause: new Error("from the device") });
  const { seen, start } = setUp((engine) => engine === 1 ? failure : undefined);
  const engine = await start();
  await assert.rejects(engine.run([REQUEST]), failure);
  assert.deepEqual(await engine.run([REQUEST]), [new Float32Array([2])]);
  assert.deepEqual(seen, { opened: 2, closed: [1], lines: [] });
});

Deno.test("a closed engine opens nothing", async () => {
  const { seen, start } = setUp(() => loss());
  const engine = await start();
  const running = engine.run([REQUEST]);
  engine.close();
  await assert.rejects(running, DeviceLostError);
  assert.deepEqual(seen, { opened: 1, closed: [1], lines: [] });
});
