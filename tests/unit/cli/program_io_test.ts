import assert from "node:assert/strict";

/** Starts a program that ends with what `body` returns; `run`, `io` and `commands` are at hand. */
function start(body: string): Deno.ChildProcess {
  const cli = new URL("../../../src/cli/", import.meta.url);
  const program = `
    import { run } from "${cli}run.ts";
    import { openProgramIo } from "${cli}program_io.ts";
    const io = openProgramIo();
    const commands = new Map();
    Deno.exit(await (async () => { ${body} })());
  `;
  return new Deno.Command(Deno.execPath(), {
    args: ["eval", "--quiet", "--no-config", program],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    env: { NO_COLOR: "1" },
  }).spawn();
}

async function errorTextOf(child: Deno.ChildProcess): Promise<string> {
  return new TextDecoder().decode(await new Response(child.stderr).bytes());
}

Deno.test("openProgramIo() passes bytes from stdin to stdout unchanged", async () => {
  const child = start(`
    await io.writeStdout(await new Response(io.stdin()).bytes());
    return io.stdinIsTerminal || io.stdoutIsTerminal || io.stderrIsTerminal ? 9 : io.columns() > 0 ? 4 : 5;
  `);
  // More than a pipe holds (64 KiB on Linux), with every byte value.
  const sent = Uint8Array.from({ length: 200_000 }, (_, i) => i % 256);
  const writer = child.stdin.getWriter();
  const writing = writer.write(sent).then(() => writer.close());
  const [received, errors] = await Promise.all([
    new Response(child.stdout).bytes(),
    errorTextOf(child),
    writing,
  ]);
  assert.equal((await child.status).code, 4, errors);
  assert.deepEqual(received, sent);
});

Deno.test("openProgramIo() lets a run end quietly when its reader goes away", async () => {
  const child = start(`
    commands.set("doctor", () => Promise.resolve(async (_, io) => {
      for (;;) await io.print("line");
    }));
    return await run(["doctor"], { commands, version: "1", io });
  `);
  const reader = child.stdout.getReader();
  const { value } = await reader.read();
  assert.match(new TextDecoder().decode(value), /^line\n/);
  await reader.cancel();
  const errors = await errorTextOf(child);
  assert.deepEqual([(await child.status).code, errors], [0, ""]);
  await child.stdin.close();
});

Deno.test("openProgramIo() loses text for stderr when nobody reads it", async () => {
  const child = start(`
    await new Response(io.stdin()).bytes();
    io.writeStderr("lost");
    return 6;
  `);
  await child.stderr.cancel();
  // The child writes only now, when its reader is gone.
  await child.stdin.close();
  assert.equal((await child.status).code, 6);
  await child.stdout.cancel();
});

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.test({
    name: `openProgramIo() turns ${signal} into the abort signal, and the second into the end`,
    // Windows has no way to send a signal to one child.
    ignore: Deno.build.os === "windows",
    async fn() {
      const child = start(`
      commands.set("doctor", () => Promise.resolve(async (_, io) => {
        // Before "ready": the signal may arrive as soon as the parent reads that.
        io.signal.addEventListener("abort", () => io.print("stopping"));
        await io.print("ready");
        await new Promise((done) => setTimeout(done, 60_000));
        return 7;
      }));
      return await run(["doctor"], { commands, version: "1", io });
    `);
      const lines = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
      assert.equal((await lines.read()).value, "ready\n");
      child.kill(signal);
      assert.equal((await lines.read()).value, "stopping\n");
      child.kill(signal);
      const errors = await errorTextOf(child);
      assert.equal((await child.status).code, 130);
      assert.equal(errors, "Stopping at the next safe point; press Ctrl-C again to stop at once\n");
      await lines.cancel();
      await child.stdin.close();
    },
  });
}
