import assert from "node:assert/strict";
import { createCommandIo } from "../../../src/cli/io.ts";
import type { ProgramIo } from "../../../src/cli/program_io.ts";
import { InputError, UsageError } from "../../../src/errors.ts";
import { fakeProgramIo } from "./fake_program_io.ts";

function setUp(
  options: { program?: Partial<ProgramIo>; isQuiet?: boolean; isJson?: boolean } = {},
) {
  const program = fakeProgramIo(options.program);
  const { signal } = new AbortController();
  return { program, io: createCommandIo({ ...options, program, signal, version: "1.2.3" }) };
}

Deno.test("createCommandIo() sends results to stdout and words to stderr", async () => {
  const { program, io } = setUp();
  await io.print("result");
  await io.stdout(new TextEncoder().encode("bytes"));
  io.log("note");
  io.warn("soft mask");
  io.report(new InputError('Cannot read "a"', { hint: "Look" }));
  assert.equal(program.out(), "result\nbytes");
  assert.equal(
    program.err(),
    'note\nwarning: soft mask\nerror: Cannot read "a"\nhint: Look\n',
  );
  assert.deepEqual(await io.stdin(), new Uint8Array([1, 2, 3]));
});

Deno.test("createCommandIo() silences log and progress only when quiet", async () => {
  const { program, io } = setUp({ isQuiet: true });
  io.log("note");
  io.progress.finish("done");
  io.warn("soft mask");
  io.report(new InputError("Bad"));
  await io.print("result");
  assert.equal(program.err(), "warning: soft mask\nerror: Bad\n");
  assert.equal(program.out(), "result\n");
});

Deno.test("createCommandIo() has json only if asked, one line for each value", async () => {
  assert.equal(setUp().io.json, undefined);
  const { program, io } = setUp({ isJson: true });
  await io.json!({ file: "a\nb" });
  await io.json!([1]);
  assert.equal(program.out(), '{"file":"a\\nb"}\n[1]\n');
});

Deno.test("createCommandIo() refuses images from and to a terminal", async () => {
  const { program, io } = setUp({ program: { stdinIsTerminal: true, stdoutIsTerminal: true } });
  await assert.rejects(io.stdout(new Uint8Array(1)), (error) => {
    assert.ok(error instanceof UsageError);
    assert.equal(error.message, "Cannot write an image to standard output: it is a terminal");
    return true;
  });
  await assert.rejects(io.stdin(), (error) => {
    assert.ok(error instanceof UsageError);
    assert.equal(error.message, "Cannot read an image from standard input: it is a terminal");
    return true;
  });
  await assert.rejects(io.stdin("a config"), {
    message: "Cannot read a config from standard input: it is a terminal",
    hint: "Feed it with | or <, or name a file",
  });
  await io.print("text is fine");
  assert.equal(program.out(), "text is fine\n");
});

Deno.test("createCommandIo() clears the progress line before any other line", async () => {
  const { program, io } = setUp({ program: { stderrIsTerminal: true } });
  assert.equal(io.isTerminal, true);
  io.progress.update({ done: 1, unit: "images", text: "" });
  io.warn("soft mask");
  await io.print("result");
  assert.equal(program.err(), "\r\x1b[K1 images\r\x1b[Kwarning: soft mask\n");
});

Deno.test("createCommandIo() notices that nobody reads stdout, and then reports nothing", async () => {
  const { program, io } = setUp({
    program: { writeStdout: () => Promise.reject(new Deno.errors.BrokenPipe()) },
  });
  assert.equal(io.isStdoutClosed(), false);
  await assert.rejects(io.stdout(new Uint8Array(1)), Deno.errors.BrokenPipe);
  assert.equal(io.isStdoutClosed(), true);
  io.report(new InputError("Cannot write"));
  assert.equal(program.err(), "");
});

Deno.test("createCommandIo() keeps a file name from steering the terminal", () => {
  const { program, io } = setUp();
  io.log("\x1b[2J.png");
  assert.equal(program.err(), "\ufffd[2J.png\n");
});
