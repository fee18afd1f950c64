/**
 * A folder that is watched: what comes, what is late, what changes, what goes away, and how it ends.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { startCli } from "../support/run_cli.ts";
import { withTempDir } from "../support/temp_dir.ts";
import {
  assertKnownKept,
  maskPicture,
  middle,
  photo,
  readPicture,
  writePicture,
} from "./pictures.ts";
import { listResults } from "./results.ts";

const SIZE = [24, 20] as const;
const isHole = middle(...SIZE);

interface Watch {
  at(...parts: string[]): string;
  /** Waits until standard error has this text as often. */
  told(text: string, times?: number): Promise<void>;
  /** Waits until a result is there and is what its picture says. */
  filled(name: string, level: number): Promise<void>;
  /** Processor time in seconds so far. */
  cpuSeconds(): Promise<number>;
  /** Ends the watch. @returns Exit code and all of standard error. */
  stop(signal: Deno.Signal): Promise<{ readonly code: number; readonly text: string }>;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (const endMs = Date.now() + 30_000; Date.now() < endMs; await pause(20)) {
    if (await isSo()) return;
  }
  assert.fail(`${what}: not within 30 s`);
}

/** Watches "in" with the masks of "masks". */
async function withWatch(
  more: readonly string[],
  body: (watch: Watch) => Promise<void>,
): Promise<void> {
  await withTempDir(async (folder) => {
    const at = (...parts: string[]) => join(folder, ...parts);
    for (const name of ["in", "masks"]) await Deno.mkdir(at(name));
    const child = startCli(
      ["inpaint", "--method", "mean", "in", "-m", "masks", "-o", "out", "--watch", ...more],
      { cwd: folder },
    );
    await child.stdin.close();
    await child.stdout.cancel();
    let text = "";
    const read = (async () => {
      for await (const part of child.stderr.pipeThrough(new TextDecoderStream())) text += part;
    })();
    let hasEnded = false;
    try {
      await until("the watch begins", () => Promise.resolve(text.includes("watching")));
      await body({
        at,
        told: (words, times = 1) =>
          until(`"${words}" in ${text}`, () => Promise.resolve(text.split(words).length > times)),
        filled: (name, level) =>
          until(`"${name}" filled`, async () => {
            const after = await readPicture(at("out", name)).catch(() => undefined);
            if (after?.rgba[3] !== level) return false;
            assertKnownKept(photo(...SIZE, () => level), after, isHole);
            return true;
          }),
        async cpuSeconds() {
          const stat = await Deno.readTextFile(`/proc/${child.pid}/stat`);
          const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
          return (Number(fields[11]) + Number(fields[12])) / 100;
        },
        async stop(signal) {
          child.kill(signal);
          const { code } = await child.status;
          hasEnded = true;
          await read;
          return { code, text };
        },
      });
    } finally {
      if (!hasEnded) child.kill("SIGKILL");
      await child.status;
      await read;
    }
  });
}

async function putPicture(path: string, level: number): Promise<void> {
  await writePicture(path, photo(...SIZE, () => level), { keepAlpha: true });
}

const putMask = (path: string) => writePicture(path, maskPicture(...SIZE, isHole));

Deno.test("inpaint --watch takes what comes, slowly or before its mask, until Ctrl-C", () =>
  withWatch([], async ({ at, told, filled, stop }) => {
    await putPicture(at("late.png"), 240);
    const bytes = await Deno.readFile(at("late.png"));
    // The mask is there before the picture, which comes in pieces; nobody looks at half of it.
    await putMask(at("masks/slow.png"));
    const third = Math.ceil(bytes.length / 3);
    for (let at0 = 0; at0 < bytes.length; at0 += third) {
      await Deno.writeFile(at("in/slow.png"), bytes.subarray(at0, at0 + third), { append: true });
      await pause(700);
    }
    await Deno.rename(at("late.png"), at("in/late.png"));
    await filled("slow.png", 240);
    await told('"in/late.png" waits for its mask');
    assert.deepEqual(await listResults(at("out")), ["slow.png"]);
    await putMask(at("masks/late.png"));
    await filled("late.png", 240);
    const { code, text } = await stop("SIGINT");
    assert.equal(code, 130, text);
    assert.ok(!text.includes("error:"), text);
    assert.match(text, /\ninterrupted: 2 images done\n$/);
    assert.equal(text.split("waits for its mask").length, 2, "said once");
  }));

Deno.test("inpaint --watch does a changed picture again only with --overwrite, and ends at SIGTERM", async () => {
  await withWatch([], async ({ at, told, filled, stop }) => {
    await putMask(at("masks/a.png"));
    await putPicture(at("in/a.png"), 240);
    await filled("a.png", 240);
    await putPicture(at("in/a.png"), 99);
    await told('error: Cannot write "out/a.png": it exists, made from another picture');
    await filled("a.png", 240);
    const { code, text } = await stop("SIGTERM");
    assert.equal(code, 130, text);
    assert.match(text, /\nhint: Give --overwrite to replace it\n/);
  });
  await withWatch(["--overwrite"], async ({ at, filled, stop }) => {
    await putMask(at("masks/a.png"));
    for (const level of [240, 99, 7]) {
      await putPicture(at("in/a.png"), level);
      await filled("a.png", level);
    }
    const { code, text } = await stop("SIGTERM");
    assert.equal(code, 130, text);
    assert.ok(!text.includes("error:"), text);
  });
});

Deno.test({
  name: "inpaint --watch waits for a folder that went away, without a spin, and goes on",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    withWatch([], async ({ at, told, filled, cpuSeconds, stop }) => {
      await putMask(at("masks/a.png"));
      await putPicture(at("in/a.png"), 240);
      await filled("a.png", 240);
      await Deno.rename(at("in"), at("gone"));
      await told('warning: Cannot read input "in": it does not exist; waiting for it');
      const before = await cpuSeconds();
      await pause(2500);
      const spent = await cpuSeconds() - before;
      assert.ok(spent < 1, `${spent} s of processor time for 2.5 s of nothing`);
      await Deno.mkdir(at("in"));
      await putMask(at("masks/b.png"));
      await putPicture(at("in/b.png"), 200);
      await filled("b.png", 200);
      await Deno.rename(at("masks"), at("away"));
      await told('warning: Cannot read mask "masks": it does not exist; waiting for it');
      await Deno.rename(at("away"), at("masks"));
      await putMask(at("masks/c.png"));
      await putPicture(at("in/c.png"), 150);
      await filled("c.png", 150);
      const { code, text } = await stop("SIGINT");
      assert.equal(code, 130, text);
      assert.equal(text.split("; waiting for it").length, 3, `each said once: ${text}`);
    }),
});
