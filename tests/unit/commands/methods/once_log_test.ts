import assert from "node:assert/strict";
import { onceLog } from "../../../../src/commands/methods/once_log.ts";

Deno.test("onceLog() tells each line once", () => {
  const told: string[] = [];
  const log = onceLog((line) => told.push(line));
  for (const line of ["cpu", "cpu", "gpu", "cpu"]) log(line);
  assert.deepEqual(told, ["cpu", "gpu"]);
});
