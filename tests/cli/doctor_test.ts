import assert from "node:assert/strict";
import { sha256 } from "../../src/checkpoint/sha256.ts";
import { assertExit, assertStderr, jsonLines, runCli, stdoutText } from "../support/run_cli.ts";
import { withTempDir } from "../support/temp_dir.ts";
import { tinyWeights, writeTinyWeights } from "../support/tiny_weights.ts";

Deno.test("doctor names the device and the weights that work, as text and as JSON", async () => {
  await withTempDir(async (folder) => {
    await writeTinyWeights(folder);
    const hash = await sha256(await tinyWeights());
    const args = ["doctor", "--device", "cpu", "-w", "tiny.safetensors"];
    const text = await runCli(args, { cwd: folder });
    assertExit(text, 0);
    assertStderr(text, []);
    assert.match(
      stdoutText(text),
      /^Deno \d[^\n]+\nok {5} device cpu: WebAssembly[^\n]+passed\nok {5} network on cpu: cpu, \d+ threads?, relaxed SIMD, /,
    );
    assert.ok(stdoutText(text).includes(`ok      weights tiny.safetensors: sha256 ${hash}\n`));

    const json = await runCli([...args, "--json"], { cwd: folder });
    assertExit(json, 0);
    const [{ findings, versions }, ...rest] = jsonLines(json);
    assert.deepEqual(rest, []);
    assert.equal(versions.deno, Deno.version.deno);
    assert.deepEqual(
      // deno-lint-ignore no-explicit-any -- JSON
      findings.map(({ name, isGood }: any) => [name, isGood]),
      [["device cpu", true], ["network on cpu", true], ["weights tiny.safetensors", true]],
    );
  });
});

Deno.test("doctor returns 3 if the weights cannot be used, and says why", async () => {
  await withTempDir(async (folder) => {
    await Deno.writeTextFile(`${folder}/text.safetensors`, "no weights");
    const result = await runCli(["doctor", "--device", "cpu", "-w", "text.safetensors"], {
      cwd: folder,
    });
    assertExit(result, 3);
    assert.match(
      stdoutText(result),
      /\nmissing weights text\.safetensors: Cannot read weights "text\.safetensors": [^\n]+\n$/,
    );
  });
});
