import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { buildStamp, sourceCommit } from "../../../src/checkpoint/source_version.ts";
import { withTempDir } from "../../support/temp_dir.ts";

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

Deno.test("buildStamp() is unknown to a program that runs from its source", async () => {
  assert.equal(await buildStamp(), undefined);
});

Deno.test("sourceCommit() gives what an executable is stamped with, whatever lies around", () =>
  withTempDir(async (folder) => {
    const root = pathToFileURL(`${folder}/`);
    assert.equal(await sourceCommit(root), "unknown");
    await Deno.mkdir(`${folder}/.git`);
    await Deno.writeTextFile(`${folder}/.git/HEAD`, "b".repeat(40));
    assert.equal(await sourceCommit(root), "b".repeat(40));
    const stamp = { commit: "a".repeat(40), date: "2026-01-02", target: "x86_64-apple-darwin" };
    await Deno.writeTextFile(`${folder}/build.json`, JSON.stringify(stamp));
    assert.deepEqual(await buildStamp(root), stamp);
    assert.equal(await sourceCommit(root), stamp.commit);
  }));
