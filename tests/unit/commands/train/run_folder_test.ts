import assert from "node:assert/strict";
import { join } from "node:path";
import {
  appendBytes,
  appendLine,
  lockRunFolder,
  mendLines,
  namesIn,
  readLines,
  rewindRunFolder,
  RUN_FILES,
  runFolderOf,
  stepFile,
  stepOfFile,
} from "../../../../src/commands/train/run_folder.ts";
import { listFiles } from "../../../support/run_cli.ts";
import { withTempDir } from "../../../support/temp_dir.ts";

const silent = (line: string) => assert.fail(line);

Deno.test("stepFile() names sort as steps do, and stepOfFile() reads them", () => {
  assert.equal(stepFile(500, "png"), "step-000500.png");
  assert.equal(stepFile(1_234_567, "safetensors"), "step-1234567.safetensors");
  for (const step of [0, 7, 999_999, 1_234_567]) {
    assert.equal(stepOfFile(stepFile(step, "png")), step);
  }
  for (const name of ["step-5.png", "step-000500.jpg", "xstep-000500.png", ".lock"]) {
    assert.equal(stepOfFile(name), undefined, name);
  }
});

Deno.test("runFolderOf() finds the folder of the last checkpoint and of those that stay", () => {
  assert.equal(runFolderOf("a/run/checkpoint.safetensors"), "a/run");
  assert.equal(runFolderOf("checkpoint.safetensors"), ".");
  assert.equal(runFolderOf("a/run/checkpoints/step-000500.safetensors"), "a/run");
  assert.equal(runFolderOf("checkpoints/step-000500.safetensors"), ".");
  // Somebody's own folder of that name.
  assert.equal(runFolderOf("checkpoints/checkpoint.safetensors"), "checkpoints");
});

Deno.test("lockRunFolder() makes the folder and lets nobody else in until it is disposed of", () =>
  withTempDir(async (parent) => {
    const folder = join(parent, "a", "run");
    const message = `Cannot write to "${folder}": another process (${Deno.pid}) works there, ` +
      "must have ended";
    {
      using _lock = await lockRunFolder(folder, silent);
      await assert.rejects(lockRunFolder(folder, silent), { name: "UsageError", message });
    }
    {
      using _again = await lockRunFolder(folder, silent);
    }
    assert.deepEqual(await listFiles(folder), [RUN_FILES.lock]);
  }));

Deno.test("lockRunFolder() heeds a living process and not what a dead one left", () =>
  withTempDir(async (folder) => {
    const script = `
      const file = await Deno.open(Deno.args[0], { write: true, create: true });
      await file.lock(true);
      await file.write(new TextEncoder().encode(Deno.pid + "\\n"));
      console.log("locked");
      await new Promise((resolve) => setTimeout(resolve, 60_000));
    `;
    const path = join(folder, RUN_FILES.lock);
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--ext=ts", "-", path],
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(script));
    await writer.close();
    const reader = child.stdout.getReader();
    await reader.read();
    await assert.rejects(lockRunFolder(folder, silent), (error: Error) => {
      assert.match(error.message, new RegExp(`another process \\(${child.pid}\\) works there`));
      return true;
    });
    child.kill("SIGKILL");
    await child.status;
    await reader.cancel();
    using _lock = await lockRunFolder(folder, silent);
    assert.equal(await Deno.readTextFile(path), `${Deno.pid}\n`);
  }));

Deno.test("lockRunFolder() says why a folder cannot be written", () =>
  withTempDir(async (folder) => {
    const file = join(folder, "file");
    await Deno.writeTextFile(file, "");
    const run = join(file, "run");
    await assert.rejects(lockRunFolder(run, silent), (error: Error) => {
      assert.equal(error.name, "InputError");
      assert.match(error.message, /^Cannot write to run folder ".*run": \w/);
      return true;
    });
  }));

Deno.test("appendLine() and readLines() leave out what a killed run did not finish", () =>
  withTempDir(async (folder) => {
    const path = join(folder, "log.jsonl");
    assert.deepEqual(await readLines(path), []);
    await appendLine(path, { step: 1, parts: { hole: 0.1 } });
    await appendLine(path, { step: 2 });
    await appendBytes(path, new TextEncoder().encode('{"step":3,"pa'));
    assert.deepEqual(await readLines(path), [{ step: 1, parts: { hole: 0.1 } }, { step: 2 }]);
  }));

Deno.test("appendBytes() and readLines() name a file that they cannot use", () =>
  withTempDir(async (folder) => {
    await assert.rejects(appendBytes(folder, new Uint8Array(1)), {
      name: "InputError",
      message: `Cannot write "${folder}": is a directory`,
    });
    await assert.rejects(readLines(folder), {
      name: "InputError",
      message: `Cannot read "${folder}": is a directory`,
    });
    await assert.rejects(appendLine(join(folder, "absent", "log.jsonl"), 1), {
      name: "InputError",
    });
  }));

Deno.test("rewindRunFolder() drops what came after the checkpoint, and half-written files", () =>
  withTempDir(async (folder) => {
    const write = async (path: string, text = "") => {
      await Deno.mkdir(join(folder, path, ".."), { recursive: true });
      await Deno.writeTextFile(join(folder, path), text);
    };
    const stays = [
      "checkpoint.safetensors",
      "checkpoints/mine.safetensors",
      // One that was kept just before the process died is made again in place.
      "checkpoints/step-000020.safetensors",
      "log.jsonl",
      "previews/step-000010.png",
      "validation.jsonl",
    ];
    for (const path of stays) await write(path);
    await write("log.jsonl", '{"step":5}\n{"step":10,"total":0.25}\n{"step":15}\n{"st');
    await write("validation.jsonl", '{"step":10}\n');
    await write("previews/step-000011.png");
    await write(".pconv-12-6e9c.tmp");
    await write("previews/.pconv-12-77aa.tmp");
    await rewindRunFolder(folder, 10);
    assert.deepEqual(await listFiles(folder), stays);
    const read = (name: string) => Deno.readTextFile(join(folder, name));
    assert.equal(await read("log.jsonl"), '{"step":5}\n{"step":10,"total":0.25}\n');
    assert.equal(await read("validation.jsonl"), '{"step":10}\n');
    // The weights that a run begins with are measured at step 0, and a new start may have others.
    await write("validation.jsonl", '{"step":0}\n');
    await rewindRunFolder(folder, 0);
    assert.equal(await read("log.jsonl"), "");
    assert.equal(await read("validation.jsonl"), "");
    await rewindRunFolder(join(folder, "absent"), 0);
    assert.deepEqual(await namesIn(join(folder, "absent")), []);
  }));

Deno.test("readLines() leaves an unfinished last line out and refuses a damaged one before it", () =>
  withTempDir(async (folder) => {
    const path = join(folder, "lines.jsonl");
    assert.deepEqual(await readLines(path), []);
    await Deno.writeTextFile(path, '{"a":1}\n{"a":2}\n{"a"');
    assert.deepEqual(await readLines(path), [{ a: 1 }, { a: 2 }]);
    await mendLines(path);
    assert.equal(await Deno.readTextFile(path), '{"a":1}\n{"a":2}\n');
    await Deno.writeTextFile(path, '{"a":1}\n{"a"\n{"a":3}\n');
    await assert.rejects(readLines(path), {
      name: "InputError",
      message: `Cannot read "${path}": line 2 is damaged, must be JSON`,
    });
  }));
