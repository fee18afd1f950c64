import assert from "node:assert/strict";
import { holdEnd } from "../../../../src/data/tar/hold_end.ts";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

Deno.test("holdEnd() lets the end through when nothing comes of what is waited for", async () => {
  const { stream, taking } = holdEnd(ReadableStream.from([Uint8Array.of(1), Uint8Array.of(2)]));
  const reader = stream.getReader();
  assert.deepEqual((await reader.read()).value, Uint8Array.of(1));
  assert.deepEqual((await reader.read()).value, Uint8Array.of(2));
  let hasEnded = false;
  const end = reader.read().then(({ done }) => hasEnded = done);
  // Whoever is at work waits for nothing; whoever gets something soon does not wait for the end.
  await pause(5);
  await taking(Promise.resolve(3));
  await pause(5);
  assert.equal(hasEnded, false);
  await taking(end);
  assert.equal(hasEnded, true);
});

Deno.test("holdEnd() holds an error back as well, and lets go when nothing more is taken", async () => {
  const failing = () =>
    new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new Error("torn")),
    });
  const { stream, taking } = holdEnd(failing());
  await assert.rejects(taking(stream.getReader().read()), /torn/);
  const other = holdEnd(failing());
  const read = other.stream.getReader().read();
  await pause(5);
  other.release();
  await assert.rejects(read, /torn/);
});

Deno.test("holdEnd() hands a cancellation on", async () => {
  let reason: unknown;
  const source = new ReadableStream<Uint8Array>({ cancel: (why) => void (reason = why) });
  await holdEnd(source).stream.cancel("enough");
  assert.equal(reason, "enough");
});
