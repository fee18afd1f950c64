import assert from "node:assert/strict";
import { BackendError, InputError } from "../../../../src/errors.ts";
import { runPictures } from "../../../../src/commands/pictures/run_pictures.ts";
import type { PictureJob } from "../../../../src/commands/pictures/picture_plan.ts";
import { fakeCommandIo } from "../fake_command_io.ts";

const job = (input: string): PictureJob => ({
  input,
  stem: input,
  mask: undefined,
  output: { kind: "stdout" },
});

/** Runs jobs of these names; `work` gives the warnings of one. */
async function runNames(
  names: readonly string[],
  work: (name: string) => Promise<readonly string[]> | readonly string[],
  { signal = new AbortController().signal, failedBefore = 0 } = {},
) {
  const io = fakeCommandIo(signal);
  const lines: unknown[] = [];
  const json = (value: unknown) => Promise.resolve(void lines.push(value));
  const code = await runPictures(names.map(job), {
    io: { ...io, json },
    work: async ({ input }) => ({ input, warnings: await work(input) }),
    sentence: ({ input }) => `did ${input}`,
    output: "out",
    failedBefore,
  });
  return { code, said: io.said, shown: io.shown, lines };
}

Deno.test("runPictures() says a sentence of one picture, and a summary of several", async () => {
  const one = await runNames(["a"], () => ["odd"]);
  assert.deepEqual(one, {
    code: 0,
    said: ["warning: odd", "did a"],
    shown: ["a"],
    lines: [{ input: "a", warnings: ["odd"] }],
  });
  const two = await runNames(["a", "b"], () => []);
  assert.deepEqual([two.code, two.said, two.shown], [0, ['2 of 2 images done: "out"'], ["a", "b"]]);
});

Deno.test("runPictures() goes on after a bad picture and returns 1", async () => {
  const { code, said, lines } = await runNames(["a", "b"], (name) => {
    if (name === "a") throw new InputError("Cannot read a");
    return [];
  });
  assert.deepEqual([code, said], [
    1,
    ["error: Cannot read a", '1 of 2 images done, 1 failed: "out"'],
  ]);
  assert.deepEqual(lines[0], { input: "a", status: "failed", error: "Cannot read a" });
  assert.equal((await runNames(["a"], () => [], { failedBefore: 1 })).code, 1);
});

Deno.test("runPictures() ends at a broken device and at a bug", async () => {
  for (const error of [new BackendError("lost"), new TypeError("bug")]) {
    await assert.rejects(runNames(["a", "b"], () => Promise.reject(error)), error);
  }
});

Deno.test("runPictures() stops at Ctrl-C with 130, without an error", async () => {
  const controller = new AbortController();
  const { code, said } = await runNames(["a", "b", "c"], (name) => {
    if (name === "b") {
      controller.abort();
      controller.signal.throwIfAborted();
    }
    return [];
  }, { signal: controller.signal });
  assert.deepEqual([code, said], [130, ["interrupted: 1 of 3 images done"]]);
});
