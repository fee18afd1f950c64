import assert from "node:assert/strict";
import { sourceCommit } from "../../../src/checkpoint/source_version.ts";

Deno.test("sourceCommit() gives the commit of the checkout, or says that it is unknown", async () => {
  const commit = await sourceCommit();
  assert.match(commit, /^([0-9a-f]{40}|unknown)$/);
  if (commit === "unknown") return; // a copy without .git, or with packed refs
  const root = new URL("../../..", import.meta.url);
  try {
    const { stdout, success } = await new Deno.Command("git", {
      args: ["rev-parse", "HEAD"],
      cwd: root,
      stderr: "null",
    }).output();
    if (success) assert.equal(new TextDecoder().decode(stdout).trim(), commit);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error; // no git on this machine
  }
});
