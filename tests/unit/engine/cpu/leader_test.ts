import assert from "node:assert/strict";
import type {
  EngineAnswer,
  EngineJob,
  EngineStart,
} from "../../../../src/engine/cpu/engine_messages.ts";
import { outputOf } from "../../../../src/engine/cpu/job_slot.ts";
import { openLeader } from "../../../../src/engine/cpu/leader.ts";
import type { ForwardRequest } from "../../../../src/engine/types.ts";
import { BackendError, OutOfMemoryError } from "../../../../src/errors.ts";

const REQUEST: ForwardRequest = {
  ...{ height: 1, width: 1 },
  rgb01: new Float32Array(3),
  validMask: new Uint8Array(1),
};

const START: EngineStart = {
  kind: "start",
  config: { encoder: [], base: "none", normalisation: "none", range: "[0,1]" },
  arrays: new Map(),
};

/** A thread that answers as the test says. */
function fakeWorker(answerTo: (message: EngineStart | EngineJob) => EngineAnswer | undefined) {
  const worker = {
    onmessage: (_event: { data: EngineAnswer }) => {},
    onerror: (_event: unknown) => {},
    postMessage(message: EngineStart | EngineJob) {
      const data = answerTo(message);
      if (data !== undefined) queueMicrotask(() => worker.onmessage({ data }));
    },
  };
  return worker;
}

function leaderOf(...workers: ReturnType<typeof fakeWorker>[]) {
  return openLeader(workers as unknown as Worker[]);
}

const failed = (id: number | undefined, reason: "memory" | "device" | "bug"): EngineAnswer => ({
  ...{ kind: "failed", id, reason, message: `for ${reason}`, hint: "do this" },
});

Deno.test("openLeader() asks the first thread and tells answers apart by their number", async () => {
  const waiting: EngineJob[] = [];
  const worker = fakeWorker((message) => {
    if (message.kind === "start") return { kind: "ready" };
    waiting.push(message);
    return undefined;
  });
  const leader = leaderOf(worker, fakeWorker(() => assert.fail("a follower was asked")));
  await leader.start(START, []);
  const [first, second] = [leader.run(REQUEST), leader.run(REQUEST)];
  for (const { id } of waiting.toReversed()) {
    outputOf(waiting.find((job) => job.id === id)!.slot).fill(id);
    worker.onmessage({ data: { kind: "done", id } });
  }
  assert.deepEqual([(await first)[0], (await second)[0]], [waiting[0]!.id, waiting[1]!.id]);
});

Deno.test("openLeader() gives errors their class back, goes on after those of one job, and ends after a bug", async () => {
  const reasons = ["memory", "device", "bug"] as const;
  let at = 0;
  const leader = leaderOf(
    fakeWorker((message) =>
      message.kind === "start" ? { kind: "ready" } : failed(message.id, reasons[at++]!)
    ),
  );
  await leader.start(START, []);
  await assert.rejects(leader.run(REQUEST), (error: Error) => {
    assert.ok(error instanceof OutOfMemoryError);
    assert.deepEqual([error.message, error.hint], ["for memory", "do this"]);
    return true;
  });
  await assert.rejects(leader.run(REQUEST), (error: Error) => {
    assert.ok(error instanceof BackendError && !(error instanceof OutOfMemoryError));
    return true;
  });
  for (let again = 0; again < 2; again++) {
    await assert.rejects(leader.run(REQUEST), (error: Error) => {
      assert.ok(!(error instanceof BackendError));
      assert.equal(error.message, "for bug");
      return true;
    });
  }
  assert.equal(at, 3, "the thread was asked after its bug");
});

Deno.test("openLeader() fails everything if a follower fails, or the leader before it was asked", async () => {
  const follower = fakeWorker(() => undefined);
  const broken = leaderOf(fakeWorker(() => undefined), follower);
  const work = broken.run(REQUEST);
  follower.onmessage({ data: failed(undefined, "device") });
  await assert.rejects(work, /for device/);
  await assert.rejects(broken.run(REQUEST), /for device/);

  const early = fakeWorker(() => undefined);
  const late = leaderOf(early);
  early.onmessage({ data: failed(undefined, "device") });
  await assert.rejects(late.start(START, []), /for device/);
});

Deno.test("openLeader() reports a thread that dies, and refuses work after its end", async () => {
  const worker = fakeWorker(() => undefined);
  const leader = leaderOf(worker);
  const work = leader.run(REQUEST);
  worker.onerror({ preventDefault: () => {}, message: "it fell over" });
  await assert.rejects(work, /A thread of the CPU engine failed: it fell over/);

  const closed = leaderOf(fakeWorker(() => undefined));
  const waiting = closed.run(REQUEST);
  closed.fail(new Error("closed"));
  await assert.rejects(waiting, /closed/);
  await assert.rejects(closed.run(REQUEST), /closed/);
});

Deno.test("openLeader() says so if a picture does not fit into memory", async () => {
  const leader = leaderOf(fakeWorker(() => undefined));
  const work = leader.run({ ...REQUEST, height: 2 ** 24, width: 2 ** 24 });
  await assert.rejects(work, (error: Error) => {
    assert.ok(error instanceof OutOfMemoryError);
    assert.match(error.message, /a picture of 16777216x16777216 does not fit into memory/);
    return true;
  });
});
