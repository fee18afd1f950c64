import assert from "node:assert/strict";
import { BackendError, InputError } from "../../../../src/errors.ts";
import { type PictureTurn, runPictures } from "../../../../src/commands/pictures/run_pictures.ts";
import type { PictureJob } from "../../../../src/commands/pictures/picture_plan.ts";
import { fakeCommandIo } from "../fake_command_io.ts";

const job = (input: string): PictureJob => ({
  input,
  stem: input,
  mask: [],
  output: { kind: "stdout" },
});

/** Runs jobs of these names; `work` gives the warnings of one. */
async function runNames(
  names: readonly string[],
  work: (name: string, turn: PictureTurn) => Promise<readonly string[]> | readonly string[],
  {
    signal = new AbortController().signal,
    failedBefore = 0,
    inFlight = 1,
    pixelsInFlight = 100,
  } = {},
) {
  const io = fakeCommandIo(signal);
  const lines: unknown[] = [];
  const json = (value: unknown) => Promise.resolve(void lines.push(value));
  const code = await runPictures(names.map(job), {
    io: { ...io, json },
    work: async ({ input }, turn) => ({ input, warnings: await work(input, turn) }),
    sentence: ({ input }) => `did ${input}`,
    output: "out",
    failedBefore,
    inFlight,
    pixelsInFlight,
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

/** Ends after some milliseconds. */
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

Deno.test("runPictures() has pictures in the works at once, but reports them in their order", async () => {
  const names = ["a", "b", "c", "d", "e", "f"];
  const began: string[] = [];
  const ended: string[] = [];
  let [now, most] = [0, 0];
  const { code, said, shown, lines } = await runNames(names, async (name, { admit }) => {
    began.push(name);
    await admit(1);
    most = Math.max(most, ++now);
    // The first is the slowest, the third fails first of all.
    await pause({ a: 60, c: 1 }[name] ?? 10);
    now--;
    ended.push(name);
    if (name === "c") throw new InputError("Cannot read c");
    return [`of ${name}`];
  }, { inFlight: 3 });
  assert.equal(most, 3);
  assert.deepEqual(began, names);
  assert.deepEqual(ended.slice(0, 3), ["c", "b", "a"]);
  assert.equal(code, 1);
  assert.deepEqual(shown, names);
  assert.deepEqual(lines.map((line) => (line as { input: string }).input), names);
  assert.deepEqual(said, [
    "warning: of a",
    "warning: of b",
    "error: Cannot read c",
    "warning: of d",
    "warning: of e",
    "warning: of f",
    '5 of 6 images done, 1 failed: "out"',
  ]);
});

Deno.test("runPictures() begins a picture only when the one before it has found room", async () => {
  const sizes: Record<string, number> = { a: 40, b: 50, c: 30, large: 500, d: 1 };
  const within = new Set<string>();
  const seen: string[] = [];
  await runNames(Object.keys(sizes), async (name, { admit }) => {
    await admit(sizes[name]!);
    within.add(name);
    seen.push([...within].join(" "));
    await pause(10);
    within.delete(name);
    return [];
  }, { inFlight: 5 });
  // Of 100 pixels a and b take 90; c waits for a; large waits for all and goes alone.
  assert.deepEqual(seen, ["a", "a b", "b c", "large", "d"]);
});

Deno.test("runPictures() at a broken device waits for what is in the works, reports it, begins nothing", async () => {
  const began: string[] = [];
  const reasons: unknown[] = [];
  const lines: unknown[] = [];
  const error = new BackendError("lost");
  const run = runPictures(["a", "b", "c", "d", "e"].map(job), {
    io: { ...fakeCommandIo(), json: (value) => Promise.resolve(void lines.push(value)) },
    work: async ({ input }, { admit, signal }) => {
      began.push(input);
      await admit(1);
      if (input === "b") {
        await pause(20);
        throw error;
      }
      await pause(input === "a" ? 40 : 80);
      // c is at the network and notices; d is being written and is finished.
      if (input === "c") reasons.push(signal.aborted);
      if (input === "c") signal.throwIfAborted();
      return { input, warnings: [] };
    },
    sentence: () => "",
    output: "out",
    failedBefore: 0,
    inFlight: 4,
  });
  await assert.rejects(run, error);
  assert.deepEqual([began, reasons], [["a", "b", "c", "d"], [true]]);
  const named = lines.map((line) => (line as { input: string }).input);
  assert.deepEqual(named, ["a", "d"]);
});

Deno.test("runPictures() at Ctrl-C counts what is finished and drops what notices", async () => {
  const controller = new AbortController();
  const { code, said, lines } = await runNames(["a", "b", "c", "d"], async (name, turn) => {
    await turn.admit(1);
    if (name === "b") controller.abort();
    await pause(10);
    if (name === "b") turn.signal.throwIfAborted();
    return [];
  }, { signal: controller.signal, inFlight: 2 });
  assert.deepEqual([code, said], [130, ["interrupted: 1 of 4 images done"]]);
  assert.deepEqual(lines, [{ input: "a", warnings: [] }]);
});

/** A stream of jobs that counts how many were asked for. */
async function* streamOf(names: readonly string[], onAsked = (_: string) => {}) {
  for (const name of names) {
    onAsked(name);
    yield job(name);
  }
}

const runStream = async (
  jobs: AsyncIterable<PictureJob>,
  {
    inFlight = 1,
    failFast = false,
    work = (_: string) => Promise.resolve({ warnings: [] as string[] }),
  } = {},
) => {
  const io = fakeCommandIo();
  const code = await runPictures(jobs, {
    ...{ io, output: "out", failedBefore: 0, inFlight, failFast },
    work: async ({ input }, { admit }) => {
      await admit(1);
      return { input, ...await work(input) };
    },
    sentence: ({ input }) => `did ${input}`,
  });
  return { code, said: io.said };
};

Deno.test("runPictures() asks a stream for a picture only when there is room for it", async () => {
  let [asked, done] = [0, 0];
  const jobs = streamOf(["a", "b", "c", "d", "e"], () => {
    asked++;
    assert.ok(asked - done <= 3, `${asked} asked for, ${done} done`);
  });
  const { code, said } = await runStream(jobs, {
    inFlight: 2,
    work: async () => {
      await pause(2);
      done++;
      return { warnings: [] };
    },
  });
  assert.deepEqual([code, said, asked], [0, ['5 images done: "out"'], 5]);
});

Deno.test("runPictures() counts what came before a stream broke", async () => {
  async function* broken() {
    yield job("a");
    await Promise.resolve();
    throw new InputError("Cannot read the archive");
  }
  assert.deepEqual(await runStream(broken()), {
    code: 1,
    said: ["error: Cannot read the archive", '1 image done, 1 failed: "out"'],
  });
});

Deno.test("runPictures() begins nothing after a failure with failFast", async () => {
  const begun: string[] = [];
  const { code, said } = await runStream(streamOf(["a", "b", "c", "d"]), {
    failFast: true,
    work: (name) => {
      begun.push(name);
      return name === "b"
        ? Promise.reject(new InputError("Cannot b"))
        : Promise.resolve({ warnings: [] });
    },
  });
  assert.deepEqual([code, begun], [1, ["a", "b"]]);
  assert.deepEqual(said, ["error: Cannot b", '1 image done, 1 failed: "out"']);
});

Deno.test("runPictures() with failFast does not wait for a picture that may never come", async () => {
  async function* stuck() {
    yield job("a");
    yield job("b");
    await new Promise(() => {});
  }
  const { code } = await runStream(stuck(), {
    ...{ failFast: true, inFlight: 3 },
    work: async () => {
      await pause(5);
      throw new InputError("no");
    },
  });
  assert.equal(code, 1);
});

Deno.test("runPictures() hands results on in order, and counts apart what was done before", async () => {
  const io = fakeCommandIo();
  const order: string[] = [];
  const outcomes: string[] = [];
  const code = await runPictures(["a", "b", "c"].map(job), {
    ...{ io, output: "out", failedBefore: 0, inFlight: 3 },
    work: async ({ input }, { admit }) => {
      await admit(1);
      await pause(input === "a" ? 20 : 1);
      if (input === "b") return { warnings: [], status: "done before" };
      return { warnings: [], deliver: () => Promise.resolve(void order.push(input)) };
    },
    sentence: () => "",
    onOutcome: ({ input }) => Promise.resolve(void outcomes.push(input)),
  });
  assert.deepEqual([code, order, outcomes], [0, ["a", "c"], ["a", "b", "c"]]);
  assert.deepEqual(io.said, ['2 of 3 images done, 1 done before: "out"']);
});

Deno.test("runPictures() tells once that nothing can be handed on any more, and ends", async () => {
  const io = fakeCommandIo();
  const begun: string[] = [];
  const full = new InputError("Cannot write to standard output: no space left on device");
  const code = await runPictures(["a", "b", "c", "d", "e", "f"].map(job), {
    ...{ io, output: "standard output", failedBefore: 0, inFlight: 2 },
    work: async ({ input }, { admit }) => {
      await admit(1);
      begun.push(input);
      await pause(1);
      return {
        warnings: [],
        deliver: () => input === "a" ? Promise.resolve() : Promise.reject(full),
      };
    },
    sentence: () => "",
  });
  assert.equal(code, 1);
  assert.ok(begun.length < 6, `${begun} were begun`);
  assert.deepEqual(io.said, [
    `error: ${full.message}`,
    '1 of 6 images done, 1 failed: "standard output"',
  ]);
});

Deno.test("runPictures() gives each piece of advice once, and counts what was proven", async () => {
  const io = fakeCommandIo();
  const reported: (string | undefined)[] = [];
  const code = await runPictures(["a", "b", "c", "d"].map(job), {
    io: { ...io, report: ({ hint }) => reported.push(hint) },
    ...{ output: "out", failedBefore: 2 },
    work: ({ input }) =>
      input < "c"
        ? Promise.reject(new InputError("it exists", { hint: "Give --overwrite" }))
        : Promise.resolve({ warnings: [], verified: "verified: all" }),
    sentence: () => "",
  });
  assert.deepEqual([code, reported], [1, ["Give --overwrite", undefined]]);
  // Failures before the work began belong to the whole.
  assert.deepEqual(io.said, ['2 of 6 images done, 2 verified, 4 failed: "out"']);
});
