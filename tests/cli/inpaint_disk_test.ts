/**
 * Disks that are full, read-only or gone, in the middle of a batch: nothing half-written, one line per picture, and a
 * second run makes the folder whole.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  assertExit,
  assertStderr,
  type CliResult,
  jsonLines,
  runCli,
  startCli,
} from "../support/run_cli.ts";
import { withTempDir } from "../support/temp_dir.ts";
import { draw, maskPicture, middle, photo, writePicture } from "./pictures.ts";
import { listResults } from "./results.ts";

const MAIN = fileURLToPath(new URL("../../main.ts", import.meta.url));
const isWindows = Deno.build.os === "windows";

/** A system command; true if it worked. */
async function call(...words: string[]): Promise<boolean> {
  const { success } = await new Deno.Command(words[0]!, {
    ...{ args: words.slice(1), stdout: "null", stderr: "null" },
  }).output().catch(() => ({ success: false }));
  return success;
}

/** True if a small disk can be made here. */
const canMount = Deno.build.os === "linux" && await (async () => {
  const place = await Deno.makeTempDir();
  const isDone = await call("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", place) &&
    await call("umount", place);
  await Deno.remove(place);
  return isDone;
})();

/** Runs with a disk of that many kilobytes at a place. */
async function withDisk(place: string, options: string, body: () => Promise<void>): Promise<void> {
  await Deno.mkdir(place, { recursive: true });
  assert.ok(await call("mount", "-t", "tmpfs", "-o", options, "tmpfs", place));
  try {
    await body();
  } finally {
    await call("umount", place);
  }
}

interface Setting {
  readonly folder: string;
  at(...parts: string[]): string;
  /** Fills by the mean colour, which needs no device. */
  inpaint(...args: string[]): Promise<CliResult>;
}

async function withFolder(body: (setting: Setting) => Promise<void>): Promise<void> {
  await withTempDir(async (folder) => {
    const at = (...parts: string[]) => join(folder, ...parts);
    await writePicture(at("mask.png"), maskPicture(24, 20, middle(24, 20)));
    const inpaint = (...args: string[]) =>
      runCli(["inpaint", "--method", "mean", "-q", ...args], { cwd: folder });
    await body({ folder, at, inpaint });
  });
}

async function writeFolder(at: Setting["at"], count: number, place = "in"): Promise<void> {
  for (let i = 0; i < count; i++) {
    await writePicture(
      at(place, `${String(i).padStart(2, "0")}.png`),
      photo(24, 20, () => 255 - i),
      { keepAlpha: true },
    );
  }
}

/** Fails unless two folders hold the same results, byte for byte. */
async function assertSameResults(folder: string, whole: string): Promise<void> {
  const names = await listResults(whole);
  assert.deepEqual(await listResults(folder), names);
  for (const name of names) {
    assert.deepEqual(
      await Deno.readFile(join(folder, name)),
      await Deno.readFile(join(whole, name)),
      name,
    );
  }
}

async function waitFor(path: string): Promise<void> {
  for (let i = 0; i < 1500; i++) {
    if (await Deno.lstat(path).then(() => true, () => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.fail(`"${path}" did not appear in 30 s`);
}

Deno.test({
  name: "inpaint on a disk that gets full tells each picture, keeps none half, and goes on later" +
    (canMount ? "" : " (needs root, to mount a small disk)"),
  ignore: !canMount,
  fn: () =>
    withFolder(async ({ at, inpaint }) => {
      const count = 30;
      await writeFolder(at, count);
      assertExit(await inpaint("in", "-m", "mask.png", "-o", "whole"), 0);
      // Pages of 4 kB: the ledger has 3 for 20 lines, each result has 1, so some 12 of 30 fit into 64 kB.
      await withDisk(at("disk"), "size=64k", async () => {
        const full = await inpaint("in", "-m", "mask.png", "-o", "disk/out", "--workers", "2");
        assertExit(full, 1);
        const done = await listResults(at("disk/out"));
        assert.ok(done.length >= 3 && done.length <= 15, `${done.length} results`);
        const lines = full.stderr.split("\n").slice(0, -1);
        assert.equal(lines.length, count - done.length, full.story);
        for (const line of lines) {
          assert.match(
            line,
            /^error: Cannot write (the ledger )?"disk\/out\/.*": no space left on/,
          );
        }
        for (const name of done) {
          assert.deepEqual(
            await Deno.readFile(at("disk/out", name)),
            await Deno.readFile(at("whole", name)),
          );
        }
        assert.ok(await call("mount", "-o", "remount,size=4m", at("disk")));
        const later = await inpaint("in", "-m", "mask.png", "-o", "disk/out", "--json");
        assertExit(later, 0);
        const before = jsonLines(later).filter(({ status }) => status === "done before");
        assert.equal(before.length, done.length);
        await assertSameResults(at("disk/out"), at("whole"));
      });
    }),
});

Deno.test({
  name: "inpaint goes on behind a picture that is too large for what room there is",
  ignore: isWindows,
  fn: () =>
    withFolder(async ({ folder, at, inpaint }) => {
      await writeFolder(at, 3);
      // Two bits of noise: some 25 kB as PNG.
      let state = 1;
      const noise = draw(160, 120, () => {
        const next = () => (state = (state * 48271) % 2147483647) & 3;
        return [100 + next(), 100 + next(), 100 + next(), 255];
      });
      await writePicture(at("in/01.png"), noise);
      const line = ["in", "-m", "mask.png", "-o", "out"];
      const program = [Deno.execPath(), "run", "-A", MAIN, "inpaint", "--method", "mean", "-q"];
      const { code, stderr } = await new Deno.Command("sh", {
        // No file may become larger than 20 blocks of half a kilobyte.
        args: ["-c", 'trap "" XFSZ; ulimit -f 20; exec "$@"', "sh", ...program, ...line],
        ...{ cwd: folder, env: { NO_COLOR: "1" } },
      }).output();
      assert.match(
        new TextDecoder().decode(stderr),
        /^(warning: .*\n)+error: Cannot write "out\/01\.png": file too large\n$/,
      );
      assert.equal(code, 1);
      assert.deepEqual(await listResults(at("out")), ["00.png", "02.png"]);
      assertExit(await inpaint(...line), 0);
      assertExit(await inpaint("in", "-m", "mask.png", "-o", "whole"), 0);
      await assertSameResults(at("out"), at("whole"));
    }),
});

Deno.test({
  name: "inpaint says that a folder is closed to writing, that of the ledger too" +
    (canMount ? "" : " (needs root, to mount a read-only disk)"),
  ignore: !canMount,
  fn: () =>
    withFolder(async ({ at, inpaint }) => {
      await writeFolder(at, 1);
      await withDisk(at("disk"), "size=64k,ro", async () => {
        for (const output of ["disk", "disk/new"]) {
          assertStderr(await inpaint("in", "-m", "mask.png", "-o", output), [
            `error: Cannot write the ledger "${output}/.pconv/ledger.jsonl": read-only file system`,
          ]);
        }
        const file = await inpaint("in/00.png", "-m", "mask.png", "-o", "disk/a.png");
        assertExit(file, 1);
        assertStderr(file, ['error: Cannot write "disk/a.png": read-only file system']);
      });
      await withDisk(at("out/.pconv"), "size=64k,ro", async () => {
        const result = await inpaint("in", "-m", "mask.png", "-o", "out");
        assertExit(result, 1);
        assertStderr(result, [
          'error: Cannot write the ledger "out/.pconv/ledger.jsonl": read-only file system',
        ]);
        assert.deepEqual(await listResults(at("out")), []);
      });
    }),
});

Deno.test("inpaint says that a file is where a folder must be, and does the others", () =>
  withFolder(async ({ at, inpaint }) => {
    await writeFolder(at, 1);
    await writeFolder(at, 1, "in/sub");
    await Deno.mkdir(at("out"));
    for (const name of ["file", "out/sub"]) await Deno.writeTextFile(at(name), "mine");
    const way = "a file is in its way";
    const cases: [string[], string][] = [
      [["in/00.png", "-o", "file/a.png"], `Cannot write "file/a.png": ${way}`],
      [
        ["in", "-o", "file"],
        'Cannot write several images to "file": it is a file, --output must be a folder',
      ],
      [["in", "-o", "out"], `Cannot write "out/sub/00.png": ${way}`],
    ];
    for (const [args, message] of cases) {
      const result = await inpaint(...args, "-m", "mask.png");
      assert.notEqual(result.code, 0);
      assert.equal(result.stderr.split("\n")[0], `error: ${message}`, result.story);
    }
    assert.deepEqual(await listResults(at("out")), ["00.png", "sub"]);
    assert.equal(await Deno.readTextFile(at("out/sub")), "mine");
  }));

Deno.test({
  name: "inpaint comes out of circles of symbolic links",
  ignore: isWindows,
  fn: () =>
    withFolder(async ({ at, inpaint }) => {
      await writeFolder(at, 1);
      await writeFolder(at, 1, "in/sub");
      await Deno.symlink(".", at("in/circle"));
      await Deno.symlink("..", at("in/sub/up"));
      await Deno.symlink("self.png", at("in/self.png"));
      await Deno.symlink("sub", at("in/twin"));
      const result = await inpaint("in", "-m", "mask.png", "-o", "out");
      assertExit(result, 1);
      assertStderr(result, [
        'error: Cannot read "in/self.png": too many levels of symbolic links',
      ]);
      // A folder that is there twice counts once.
      assert.deepEqual(await listResults(at("out")), ["00.png", "sub/00.png"]);
    }),
});

Deno.test({
  name: "inpaint writes nothing that its ledger cannot know of when the folder goes away meanwhile",
  ignore: isWindows,
  fn: () =>
    withFolder(async ({ folder, at, inpaint }) => {
      await writeFolder(at, 3);
      const [first, second, third] = await Promise.all(
        ["in/00.png", "in/01.png", "in/02.png"].map((name) => Deno.readFile(at(name))),
      );
      // A pipe holds the run for as long as the test wants.
      assert.ok(await call("mkfifo", at("pipe.png")));
      const args = ["in/00.png", "pipe.png", "in/02.png", "in/gone.png", "--box", "8,8,8,8"];
      await Deno.writeFile(at("in/gone.png"), first!);
      const child = startCli(
        ["inpaint", "--method", "mean", "-q", ...args, "-o", "out", "--workers", "0"],
        { cwd: folder },
      );
      const ended = child.output();
      await waitFor(at("out/00.png"));
      await Deno.rename(at("out"), at("moved"));
      // Planned, and gone when its turn comes.
      await Deno.remove(at("in/gone.png"));
      await Deno.writeFile(at("pipe.png"), second!);
      const { code, stderr } = await ended;
      const gone = 'error: Cannot write the ledger "out/.pconv/ledger.jsonl": it was moved or ' +
        "removed while the run was on\n";
      // A hint is given once.
      const hint = "hint: Run again: what is not there is made anew\n";
      assert.equal(
        new TextDecoder().decode(stderr),
        `${gone}${hint}${gone}error: Cannot read "in/gone.png": it does not exist\n`,
      );
      assert.equal(code, 1);
      assert.deepEqual(await listResults(at("moved")), ["00.png"]);
      assert.deepEqual(await listResults(at("out")), []);

      await Deno.remove(at("pipe.png"));
      await Deno.writeFile(at("pipe.png"), second!);
      await Deno.writeFile(at("in/gone.png"), third!);
      for (const output of ["out", "moved"]) {
        assertExit(await inpaint(...args, "-o", output), 0);
      }
      await assertSameResults(at("moved"), at("out"));
    }),
});
