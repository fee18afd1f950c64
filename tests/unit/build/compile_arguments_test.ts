import assert from "node:assert/strict";
import { compileArguments } from "../../../.ci/build/compile_arguments.ts";

Deno.test("compileArguments() includes what it is told and ends with the program", () => {
  const args = compileArguments({
    target: "aarch64-apple-darwin",
    output: "/dist/pconv",
    permissions: ["--no-prompt", "--allow-read"],
    includes: ["src/a_worker.ts", "weights/a.safetensors"],
  });
  assert.deepEqual(args, [
    "--quiet",
    "--no-check",
    "--no-prompt",
    "--allow-read",
    "--target",
    "aarch64-apple-darwin",
    "--include",
    "src/a_worker.ts",
    "--include",
    "weights/a.safetensors",
    "--output",
    "/dist/pconv",
    "main.ts",
  ]);
});
