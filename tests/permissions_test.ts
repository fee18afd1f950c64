import assert from "node:assert/strict";
import config from "../deno.json" with { type: "json" };
import { listFiles } from "./support/run_cli.ts";

const PERMISSIONS = config.tasks.pconv.command.split(" ").filter((word) => word.startsWith("--"));

Deno.test("the task pconv permits no more than it needs", () => {
  assert.deepEqual(PERMISSIONS.map((word) => word.split("=")[0]), [
    "--no-prompt",
    "--allow-read",
    "--allow-write",
    "--allow-env",
    "--allow-net",
  ]);
  // The command line's tests run by this task, but no tests reach every variable on every system.
  assert.ok(PERMISSIONS.every((word) => !/^--allow-(?:env|net)$/.test(word)));
});

Deno.test("the task pconv permits the variables that the source reads, and no others", async () => {
  const listed = PERMISSIONS.find((word) => word.startsWith("--allow-env="))!.split("=")[1]!
    .split(",");
  const covers = (entry: string, name: string) =>
    entry.endsWith("*") ? name.startsWith(entry.slice(0, -1)) : name === entry;
  // Read by imagescript when it loads a decoder.
  const read = new Set(["IMAGESCRIPT_WASM_SIMD"]);
  for (const path of await listFiles("src")) {
    // TensorFlow.js calls its own flags an environment.
    const text = (await Deno.readTextFile(`src/${path}`)).replaceAll("tf.env()", "");
    for (const [, name] of text.matchAll(/\benv[^"\n]{0,12}"([A-Z][A-Z0-9_]+)"/g)) read.add(name!);
  }
  // So that a change of the pattern cannot empty the test.
  for (const name of ["TERM", "HOME", "XDG_RUNTIME_DIR", "PCONV_HOME", "SLURM_ARRAY_TASK_ID"]) {
    assert.ok(read.has(name), name);
  }
  const denied = [...read].filter((name) => !listed.some((entry) => covers(entry, name)));
  assert.deepEqual(denied, []);
  const idle = listed.filter((entry) => ![...read].some((name) => covers(entry, name)));
  assert.deepEqual(idle, []);
});
