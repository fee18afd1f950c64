import assert from "node:assert/strict";
import { readCheckpointNotes } from "../../../src/checkpoint/checkpoint_notes.ts";

const refuse = (problem: string): never => {
  throw new Error(problem);
};

const WHOLE = {
  step: "12",
  updates: '{"encoder/1/kernel":12}',
  run: '{"steps":20}',
  best: '{"step":10,"holePsnr":21.5}',
  data: '{"images":{"count":3,"sha256":"ab"}}',
  losses: '{"hole":{"sum":0.5,"steps":2}}',
};

Deno.test("readCheckpointNotes() reads what a run wrote", () => {
  assert.deepEqual(readCheckpointNotes(WHOLE, refuse), {
    step: 12,
    updates: { "encoder/1/kernel": 12 },
    run: '{"steps":20}',
    best: { step: 10, holePsnr: 21.5 },
    data: { images: { count: 3, sha256: "ab" } },
    lossSums: { hole: { sum: 0.5, steps: 2 } },
  });
});

Deno.test("readCheckpointNotes() needs only step and updates", () => {
  const { step, updates } = WHOLE;
  assert.deepEqual(readCheckpointNotes({ step, updates }, refuse), {
    step: 12,
    updates: { "encoder/1/kernel": 12 },
    run: "{}",
  });
});

const REFUSALS: readonly (readonly [changed: Record<string, string>, message: string])[] = [
  [{ step: "1.5" }, 'step is "1.5", must be a whole number from 0'],
  [{ updates: "null" }, "the update counts are null, which no run writes"],
  [{ updates: '{"a":"1"}' }, 'the update counts are {"a":"1"}, which no run writes'],
  [{ run: "[1]" }, "the run's settings are [1], which no run writes"],
  [{ run: "{" }, "the run's settings are not JSON"],
  [{ best: '{"step":1}' }, 'the best validation is {"step":1}, which no run writes'],
  [{ data: '{"images":3}' }, 'the list of files is {"images":3}, which no run writes'],
  [{ losses: '{"hole":1}' }, 'the sums of losses are {"hole":1}, which no run writes'],
];

for (const [changed, message] of REFUSALS) {
  Deno.test(`readCheckpointNotes() refuses: ${message}`, () => {
    assert.throws(() => readCheckpointNotes({ ...WHOLE, ...changed }, refuse), { message });
  });
}
