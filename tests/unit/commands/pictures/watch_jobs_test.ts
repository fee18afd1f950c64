import assert from "node:assert/strict";
import { join } from "node:path";
import { InputError, type UserError } from "../../../../src/errors.ts";
import type { PictureJob } from "../../../../src/commands/pictures/picture_plan.ts";
import { watchJobs } from "../../../../src/commands/pictures/watch_jobs.ts";
import { withTempDir } from "../../../support/temp_dir.ts";

/** Watches the files of a folder, looking every millisecond; `onLook` comes before each look. */
function watch(
  folder: string,
  { signal, isWaiting = () => false, onLook = () => Promise.resolve(), onTrouble = () => {} }: {
    signal: AbortSignal;
    onTrouble?: (error: UserError) => void;
    isWaiting?: (job: PictureJob) => boolean;
    onLook?: () => Promise<void>;
  },
) {
  return watchJobs({
    async plan() {
      await onLook();
      const entries = await Array.fromAsync(Deno.readDir(folder));
      return entries.map(({ name }) => name).sort().map((name): PictureJob => ({
        ...{ input: join(folder, name), stem: name, mask: [] },
        output: { kind: "stdout" },
      }));
    },
    ...{ isWaiting, onTrouble, signal, everyMs: 1 },
  });
}

Deno.test("watchJobs() gives a file when it has stopped to grow, and again when it changes", async () => {
  await withTempDir(async (folder) => {
    const stop = new AbortController();
    const path = join(folder, "a.png");
    let looks = 0;
    // Empty at the first look, then of another length at each of four.
    const onLook = async () => {
      if (looks < 5) await Deno.writeTextFile(path, "x".repeat(looks));
      looks++;
    };
    const jobs = watch(folder, { signal: stop.signal, onLook });
    assert.equal((await jobs.next()).value!.stem, "a.png");
    assert.equal(looks, 6, "given at the first look that saw no change");
    const second = jobs.next();
    await Deno.writeTextFile(join(folder, "b.png"), "b");
    assert.equal((await second).value!.stem, "b.png");
    const third = jobs.next();
    await Deno.writeTextFile(path, "changed");
    assert.equal((await third).value!.stem, "a.png");
    const last = jobs.next();
    stop.abort();
    assert.equal((await last).done, true);
  });
});

Deno.test("watchJobs() lets a picture wait until it may be worked on", async () => {
  await withTempDir(async (folder) => {
    const stop = new AbortController();
    await Deno.writeTextFile(join(folder, "a.png"), "a");
    await Deno.writeTextFile(join(folder, "b.png"), "b");
    let mayWork = false;
    const jobs = watch(folder, {
      signal: stop.signal,
      isWaiting: ({ stem }) => stem === "a.png" && !mayWork,
    });
    assert.equal((await jobs.next()).value!.stem, "b.png");
    const next = jobs.next();
    mayWork = true;
    assert.equal((await next).value!.stem, "a.png");
    stop.abort();
    assert.equal((await jobs.next()).done, true);
  });
});

Deno.test("watchJobs() says once that the folder is away, and goes on when it is back", async () => {
  await withTempDir(async (folder) => {
    const stop = new AbortController();
    await Deno.writeTextFile(join(folder, "a.png"), "a");
    const told: string[] = [];
    let looks = 0;
    const jobs = watch(folder, {
      signal: stop.signal,
      onLook: () => {
        looks++;
        // Away at looks 3 to 6 and, for another reason, at 7; what comes back is taken as new.
        if (looks >= 3 && looks <= 6) throw new InputError("Cannot read the folder");
        if (looks === 7) throw new InputError("Cannot read the masks");
        return Promise.resolve();
      },
      onTrouble: ({ message }) => told.push(message),
    });
    assert.equal((await jobs.next()).value!.stem, "a.png");
    assert.equal((await jobs.next()).value!.stem, "a.png");
    assert.equal(looks, 9, "two looks that see the same, after 7");
    assert.deepEqual(told, ["Cannot read the folder", "Cannot read the masks"]);
    stop.abort();
    const broken = watch(folder, {
      signal: new AbortController().signal,
      onLook: () => Promise.reject(new TypeError("a bug")),
    });
    await assert.rejects(broken.next(), TypeError);
  });
});

Deno.test("watchJobs() gives each result of a picture with several masks, when its mask is calm too", async () => {
  await withTempDir(async (folder) => {
    const stop = new AbortController();
    const at = (name: string) => join(folder, name);
    await Deno.writeTextFile(at("a.png"), "a");
    await Deno.writeTextFile(at("m0.png"), "m");
    let looks = 0;
    const jobs = watchJobs({
      async plan() {
        // The second mask grows during the first four looks.
        if (looks < 4) await Deno.writeTextFile(at("m1.png"), "x".repeat(looks));
        looks++;
        return ["m0", "m1"].map((stem): PictureJob => ({
          ...{ input: at("a.png"), stem, output: { kind: "stdout" } },
          mask: [{ kind: "file", path: at(`${stem}.png`) }],
        }));
      },
      ...{ isWaiting: () => false, onTrouble: () => {}, signal: stop.signal, everyMs: 1 },
    });
    assert.equal((await jobs.next()).value!.stem, "m0");
    assert.equal(looks, 2);
    assert.equal((await jobs.next()).value!.stem, "m1");
    assert.equal(looks, 5);
    stop.abort();
    assert.equal((await jobs.next()).done, true);
  });
});
