import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { makeStage, permissionsOf } from "../../../.ci/build/stage.ts";
import { readManifest } from "../../../src/checkpoint/manifest.ts";
import { listFiles } from "../../support/run_cli.ts";
import { withTempDir } from "../../support/temp_dir.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url)).replace(/[\\/]$/, "");

Deno.test("permissionsOf() takes the task's, and any host in place of one", () => {
  assert.deepEqual(
    permissionsOf("deno run --no-prompt --allow-read --allow-net=a.example main.ts"),
    [
      "--no-prompt",
      "--allow-read",
      "--allow-net",
    ],
  );
  assert.throws(() => permissionsOf("deno test"), /Cannot read permissions from task "deno test"/);
});

Deno.test("makeStage() makes a program that runs by itself, with every thread and all weights", () =>
  withTempDir(async (folder) => {
    const { includes, permissions } = await makeStage(ROOT, folder);
    const { files } = await readManifest();
    assert.deepEqual(
      includes.filter((path) => path.startsWith("weights/")),
      ["weights/manifest.json", ...files.map(({ file }) => `weights/${file}`)],
    );
    const sources = (await listFiles(`${ROOT}/src`)).map((path) => `src/${path}`);
    const workers = sources.filter((path) => path.endsWith("_worker.ts"));
    // engine, picture, replica and sample; a new one is found by itself.
    assert.ok(workers.length >= 4);
    for (const path of [...workers, "tasks/mod.ts", "build.json"]) {
      assert.ok(includes.includes(path), path);
    }

    const stamp = { commit: "0123456789abcdef", date: "2026-01-02", target: "some-target" };
    await Deno.writeTextFile(`${folder}/build.json`, JSON.stringify(stamp));
    const start = async (...args: readonly string[]) => {
      const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["run", ...permissions, `${folder}/main.ts`, ...args],
        cwd: folder,
        stdin: "null",
        env: { NO_COLOR: "1" },
      }).output();
      const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
      assert.equal(code, 0, `${err}${out}`);
      return out!;
    };
    assert.match(
      await start("--version"),
      /^pconv \d+\.\d+\.\d+ \(0123456, 2026-01-02, some-target\)\n$/,
    );
    // TensorFlow.js with its WebAssembly, and the weights with their checksum.
    await start("doctor", "--device", "cpu");
    const [photo, mask] = ["photos/black-canyon.jpg", "masks/black-canyon.png"]
      .map((path) => `${ROOT}/examples/${path}`) as [string, string];
    for (const [format, ...flags] of [["webp", "--device", "cpu"], ["jpeg", "--method", "telea"]]) {
      await start("inpaint", photo, "-m", mask, "-o", `filled.${format}`, "--quiet", ...flags);
    }
  }));
