/**
 * A disk that is full or closed to writing: nothing good is lost.
 */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { assertExit, listFiles } from "../support/run_cli.ts";
import { CPU, withTraining } from "./train_setting.ts";

const MAIN = fileURLToPath(new URL("../../main.ts", import.meta.url));

Deno.test({
  name: "train on a full disk keeps the last good checkpoint and says how to go on",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withTraining(async ({ folder, at, pconv, hash }) => {
      const small = ["--images", "images", "--preset", "tiny", "--batch", "1", "--steps", "2"];
      const run = [...small, "--validation", "none", "-o", "run"];
      assertExit(await pconv("train", ...CPU, "-q", ...run), 0);
      const files = ["checkpoint.safetensors", "weights.safetensors"];
      const before = await Promise.all(files.map((name) => hash("run", name)));
      // No file may become larger than 40 blocks of half a kilobyte; the checkpoint has 42 kB.
      const { code, stderr } = await new Deno.Command("sh", {
        args: [
          ...["-c", 'trap "" XFSZ; ulimit -f 40; exec "$@"', "sh", Deno.execPath(), "run", "-A"],
          ...[MAIN, "train", ...CPU, "-q", "--resume", "run", "--steps", "4"],
        ],
        cwd: folder,
        env: { NO_COLOR: "1" },
      }).output();
      const text = new TextDecoder().decode(stderr);
      assert.equal(code, 1, text);
      assert.equal(
        text,
        'error: Cannot write "run/checkpoint.safetensors": file too large\n' +
          "hint: Make room, and go on from step 2 with --resume run\n",
      );
      assert.deepEqual(await Promise.all(files.map((name) => hash("run", name))), before);
      const left = (await listFiles(at("run"))).filter((name) => name.endsWith(".tmp"));
      assert.deepEqual(left, []);
      assertExit(await pconv("train", ...CPU, "-q", "--resume", "run", "--steps", "4"), 0);
      assert.notEqual(await hash("run", files[0]!), before[0]);
    }),
});

Deno.test("train says before the first step that its run folder cannot be written", () =>
  withTraining(async ({ at, pconv }) => {
    await Deno.writeTextFile(at("file"), "");
    const small = ["--images", "images", "--preset", "tiny", "--steps", "1"];
    const result = await pconv("train", ...CPU, "-q", ...small, "-o", "file/run");
    assertExit(result, 1);
    assert.match(
      result.stderr,
      /^error: Cannot write to run folder "file\/run": not a directory\n/,
    );
  }));
