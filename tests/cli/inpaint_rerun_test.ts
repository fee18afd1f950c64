import assert from "node:assert/strict";
import {
  assertExit,
  assertStderr,
  jsonLines,
  listFiles,
  runCli,
  startCli,
} from "../support/run_cli.ts";
import { INPAINT_FLAGS, withInpaint } from "./inpaint_setting.ts";
import { maskPicture, middle, photo, writePicture } from "./pictures.ts";
import { listResults } from "./results.ts";

/** Fills by the mean colour, which needs no device. */
const withMean = (folder: string) => (args: readonly string[]) =>
  runCli(["inpaint", "--method", "mean", "-q", ...args], { cwd: folder });

/** Writes "in/0.png" on, and "mask.png" for all of them. */
async function writeFolder(at: (name: string) => string, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    await writePicture(
      at(`in/${i}.png`),
      photo(24, 20, () => 255 - i),
      { keepAlpha: true },
    );
  }
  await writePicture(at("mask.png"), maskPicture(24, 20, middle(24, 20)));
}

const statuses = (lines: { status: string }[]) => lines.map(({ status }) => status);

Deno.test("inpaint skips what is done, by content and settings, and redoes what is gone", async () => {
  await withInpaint(async ({ at, inpaint }) => {
    await writeFolder(at, 3);
    const line = ["in", "-m", "mask.png", "-o", "out", "--json"];
    assert.deepEqual(statuses(jsonLines(await inpaint(line))), ["filled", "filled", "filled"]);
    const first = await Deno.readFile(at("out/1.png"));

    await Deno.remove(at("out/1.png"));
    // Touched, but the same: time means nothing.
    await Deno.utime(at("in/0.png"), 5_000_000_000, 5_000_000_000);
    const second = await inpaint(line);
    assertExit(second, 0);
    assert.deepEqual(statuses(jsonLines(second)), ["done before", "filled", "done before"]);
    assert.deepEqual(await Deno.readFile(at("out/1.png")), first);

    const other = await inpaint([...line.slice(0, -1), "--context", "32"]);
    assertExit(other, 1);
    assert.match(
      other.stderr,
      /^error: Cannot write "out\/0\.png": it exists, made from context auto, now 32\nhint: Give --over/,
    );
    await writePicture(at("in/2.png"), photo(24, 20));
    await Deno.writeTextFile(at("out/1.png"), "mine");
    const changed = await inpaint(line.slice(0, -1));
    assertExit(changed, 1);
    assertStderr(changed, [
      'error: Cannot write "out/1.png": it exists and was changed since pconv wrote it',
      "hint: Give --overwrite to replace it",
      'error: Cannot write "out/2.png": it exists, made from another picture',
    ]);
    const all = await inpaint([...line, "--overwrite"]);
    assert.deepEqual(statuses(jsonLines(all)), ["filled", "filled", "filled"]);
    assert.deepEqual(await Deno.readFile(at("out/1.png")), first);
  });
});

Deno.test("inpaint needs no device for what is done", async () => {
  await withInpaint(async ({ folder, at, inpaint }) => {
    await writeFolder(at, 2);
    assertExit(await inpaint(["in", "-m", "mask.png", "-o", "out"]), 0);
    // This backend exists nowhere here, so that opening a device would fail.
    const env = { DENO_WEBGPU_BACKEND: "dx12" };
    const line = ["-w", "tiny.safetensors", "-q", "in", "-m", "mask.png", "-o", "out"];
    const gpu = (more: readonly string[]) =>
      runCli(["inpaint", "--device", "gpu", ...line, ...more], { cwd: folder, env });
    assertExit(await gpu([]), 0);
    assertExit(await gpu(["--overwrite"]), 3);
  });
});

Deno.test("inpaint that is killed at any moment and run again ends as one that was left alone", async () => {
  await withInpaint(async ({ folder, at, inpaint }) => {
    const count = 12;
    await writeFolder(at, count);
    assertExit(await inpaint(["in", "-m", "mask.png", "-o", "whole"]), 0);
    const args = ["inpaint", ...INPAINT_FLAGS, "-q", "in", "-m", "mask.png", "-o", "killed"];
    // After some results, early and late; the last one is killed in the middle of whatever it does.
    for (const wanted of [1, 4, 9]) {
      const child = startCli(args, { cwd: folder });
      const ended = child.output();
      await child.stdin.close();
      for (;;) {
        const done = await listResults(at("killed")).catch(() => []);
        if (done.filter((name) => name.endsWith(".png")).length >= wanted) break;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      child.kill("SIGKILL");
      await ended;
      // What has its name is whole.
      for (const name of await listResults(at("killed"))) {
        if (name.endsWith(".tmp")) continue;
        const bytes = await Deno.readFile(at("killed", name));
        assert.deepEqual(bytes, await Deno.readFile(at("whole", name)), name);
      }
    }
    const last = await inpaint(["in", "-m", "mask.png", "-o", "killed"]);
    assertExit(last, 0);
    assert.deepEqual(await listResults(at("killed")), await listResults(at("whole")));
    for (const name of await listResults(at("whole"))) {
      assert.deepEqual(
        await Deno.readFile(at("killed", name)),
        await Deno.readFile(at("whole", name)),
      );
    }
  });
});

Deno.test("inpaint --dry-run tells what would be done, and makes nothing", async () => {
  await withInpaint(async ({ folder, at }) => {
    const inpaint = withMean(folder);
    await writeFolder(at, 2);
    assertExit(await inpaint(["in/0.png", "-m", "mask.png", "-o", "out/"]), 0);
    await Deno.writeTextFile(at("in/x.png"), "no picture");
    const before = await listFiles(folder);
    const dry = await inpaint(["in", "-m", "mask.png", "-o", "out", "--dry-run", "--json"]);
    assertExit(dry, 1);
    assert.deepEqual(statuses(jsonLines(dry)), ["done before", "to do", "failed"]);
    assert.deepEqual(await listFiles(folder), before);
  });
});

Deno.test("inpaint --fail-fast stops at the first failure, one before the work too", async () => {
  await withInpaint(async ({ folder, at }) => {
    const inpaint = withMean(folder);
    await writeFolder(at, 6);
    await Deno.writeTextFile(at("in/1.png"), "no picture");
    const line = ["in", "-m", "mask.png", "-o", "out", "--workers", "0"];
    const stopped = await inpaint([...line, "--fail-fast"]);
    assertExit(stopped, 1);
    assert.deepEqual(await listResults(at("out")), ["0.png"]);
    assertExit(await inpaint(line), 1);
    assert.equal((await listResults(at("out"))).length, 5);
    await Deno.symlink("nowhere.png", at("in/9.png"));
    const none = await inpaint(["in", "-m", "mask.png", "-o", "other", "--fail-fast"]);
    assertExit(none, 1);
    assertStderr(none, ['error: Cannot read "in/9.png": it does not exist']);
    assert.deepEqual(await listFiles(at("other")), [" (NotFound)"]);
  });
});

Deno.test("inpaint --suffix names results beside the photographs, which are not taken again", async () => {
  await withInpaint(async ({ folder, at }) => {
    const inpaint = withMean(folder);
    await writeFolder(at, 2);
    const line = ["in", "-m", "mask.png", "-o", "in", "--suffix", "_filled"];
    for (let time = 0; time < 2; time++) {
      assertExit(await inpaint(line), 0);
      assert.deepEqual(await listResults(at("in")), [
        ...["0.png", "0_filled.png", "1.png", "1_filled.png"],
      ]);
    }
  });
});

Deno.test("inpaint refuses a second run into the same folder while one works there", async () => {
  await withInpaint(async ({ folder, at }) => {
    const inpaint = withMean(folder);
    await writeFolder(at, 1);
    const watching = startCli(
      ["inpaint", "--method", "mean", "in", "-m", "mask.png", "-o", "out", "--watch"],
      { cwd: folder },
    );
    const ended = watching.output();
    while (!(await listResults(at("out"))).includes("0.png")) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const second = await inpaint(["in", "-m", "mask.png", "-o", "out"]);
    assertExit(second, 1);
    assertStderr(second, [
      'error: Cannot write the ledger "out/.pconv/ledger.jsonl": another run has it open',
      "hint: Wait for it, or give each run its own --output or --shard",
    ]);
    watching.kill("SIGINT");
    assert.equal((await ended).code, 130);
    assertExit(await inpaint(["in", "-m", "mask.png", "-o", "out"]), 0);
  });
});
