import assert from "node:assert/strict";
import type { CommandName } from "../../../src/cli/commands_table.ts";
import type { ParsedOptions } from "../../../src/cli/flags.ts";
import { commandHelp, fullHelp, groupHelp, programHelp } from "../../../src/cli/help.ts";
import type { CommandIo } from "../../../src/cli/io.ts";
import type { ProgramIo } from "../../../src/cli/program_io.ts";
import { type CommandRunner, run } from "../../../src/cli/run.ts";
import { BackendError } from "../../../src/errors.ts";
import { fakeProgramIo } from "./fake_program_io.ts";

type DoctorRunner = (parsed: ParsedOptions<"doctor">, io: CommandIo) => Promise<number>;

/** Runs a command line of `doctor`, with `runner` in its place. */
async function runDoctor(
  argv: readonly string[],
  runner: DoctorRunner = () => Promise.reject(new Error("must not run")),
  program = fakeProgramIo(),
) {
  const commands = new Map<CommandName, () => Promise<CommandRunner>>([
    ["doctor", () => Promise.resolve(runner)],
  ]);
  const code = await run(argv, { commands, version: "1.2.3", io: program });
  assert.equal(program.listenerCount(), 0, "the interrupt handler stayed behind");
  return { code, out: program.out(), err: program.err(), exits: program.exits };
}

Deno.test("run() hands options and io to the command and returns its code", async () => {
  const result = await runDoctor(["doctor", "--device", "cpu", "--json"], async (parsed, io) => {
    await io.json?.({ device: parsed.options.device });
    io.log("noted");
    return 3;
  });
  assert.deepEqual(result, { code: 3, out: '{"device":"cpu"}\n', err: "noted\n", exits: [] });
});

Deno.test("run() obeys --quiet", async () => {
  const { err } = await runDoctor(["doctor", "-q"], (_, io) => {
    io.log("noted");
    io.warn("careful");
    return Promise.resolve(0);
  });
  assert.equal(err, "warning: careful\n");
});

Deno.test("run() answers help and version on stdout without loading a command", async () => {
  const cases: readonly (readonly [string, string])[] = [
    ["--help", programHelp()],
    ["help", programHelp()],
    ["--help-all", fullHelp()],
    ["doctor -h", commandHelp("doctor")],
    ["doctor --help-all", commandHelp("doctor", { isFull: true })],
    ["help eval --help-all", commandHelp("eval", { isFull: true })],
    ["help doctor", commandHelp("doctor")],
    ["masks -h", groupHelp("masks")],
    ["help masks generate", commandHelp("masks generate")],
    ["--version", "pconv 1.2.3\n"],
  ];
  for (const [line, out] of cases) {
    const program = fakeProgramIo();
    const load = () => Promise.reject(new Error("loaded"));
    const commands = new Map<CommandName, () => Promise<CommandRunner>>([["doctor", load]]);
    assert.equal(await run(line.split(" "), { commands, version: "1.2.3", io: program }), 0);
    assert.deepEqual([program.out(), program.err()], [out, ""], line);
  }
});

Deno.test("run() without arguments prints help on stderr and returns 2", async () => {
  assert.deepEqual(await runDoctor([]), { code: 2, out: "", err: programHelp(), exits: [] });
  const group = await runDoctor(["masks"]);
  assert.deepEqual(group, { code: 2, out: "", err: groupHelp("masks"), exits: [] });
});

Deno.test("run() prints a user's error as text and returns its code", async () => {
  const unusable = await runDoctor(["doctor"], () => {
    throw new BackendError("Cannot open the GPU: no adapter", { hint: "Use --device cpu" });
  });
  assert.equal(unusable.code, 3);
  assert.equal(unusable.err, "error: Cannot open the GPU: no adapter\nhint: Use --device cpu\n");
  const misspelt = await runDoctor(["docter"]);
  assert.equal(misspelt.code, 2);
  assert.equal(
    misspelt.err,
    'error: Unknown command "docter": did you mean "doctor"\n' +
      'hint: Run "pconv --help" for the commands\n',
  );
});

Deno.test("run() calls any other failure a bug, keeps its stack and returns 1", async () => {
  const { code, out, err } = await runDoctor(
    ["doctor"],
    () => Promise.reject(new TypeError("oops")),
  );
  assert.equal(code, 1);
  assert.equal(out, "");
  assert.match(err, /^error: This is a bug in pconv 1\.2\.3; .*\nTypeError: oops\n +at /);
  const missing = await runDoctor(["masks", "generate", "-o", "m.png"]);
  assert.equal(missing.code, 1);
  assert.match(missing.err, /Command "masks generate" has no runner/);
});

Deno.test("run() fires the signal at the first Ctrl-C and exits at the second", async () => {
  const program = fakeProgramIo();
  const result = await runDoctor(["doctor"], (_, io) => {
    assert.equal(io.signal.aborted, false);
    program.interrupt();
    assert.equal(io.signal.aborted, true);
    assert.deepEqual(program.exits, []);
    program.interrupt();
    return Promise.resolve(0);
  }, program);
  assert.deepEqual(result, {
    code: 0,
    out: "",
    err: "Stopping at the next safe point; press Ctrl-C again to stop at once\n",
    exits: [130],
  });
});

Deno.test("run() returns 130 when a command stops at the signal", async () => {
  const stops: readonly DoctorRunner[] = [
    (_, io) => Promise.reject(io.signal.reason),
    () => Promise.reject(new DOMException("stopped", "AbortError")),
  ];
  for (const stop of stops) {
    const program = fakeProgramIo();
    const { code, err } = await runDoctor(["doctor", "-q"], (parsed, io) => {
      program.interrupt();
      return stop(parsed, io);
    }, program);
    assert.equal(code, 130);
    assert.equal(err, "error: Interrupted\n");
  }
  // Without Ctrl-C the same exception is a bug.
  const { code } = await runDoctor(["doctor"], stops[1]);
  assert.equal(code, 1);
});

Deno.test("run() is quiet and returns 0 when nobody reads stdout", async () => {
  const closed: Partial<ProgramIo> = {
    writeStdout: () => Promise.reject(new Deno.errors.BrokenPipe()),
  };
  const print: DoctorRunner = async (_, io) => {
    await io.print("line");
    return 5;
  };
  for (const argv of [["doctor"], ["--help"]]) {
    const { code, err } = await runDoctor(argv, print, fakeProgramIo(closed));
    assert.deepEqual([code, err], [0, ""]);
  }
});

Deno.test("run() wipes the progress line at the end and before an error", async () => {
  const program = fakeProgramIo({ stderrIsTerminal: true });
  const { err } = await runDoctor(["doctor"], (_, io) => {
    io.progress.update({ done: 1, unit: "checks", text: "" });
    throw new BackendError("No");
  }, program);
  assert.equal(err, "\r\x1b[K1 checks\r\x1b[Kerror: No\n");
});
