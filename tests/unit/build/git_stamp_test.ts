import assert from "node:assert/strict";
import { gitStamp } from "../../../.ci/build/git_stamp.ts";
import { hasProgram } from "../../support/shell.ts";
import { withTempDir } from "../../support/temp_dir.ts";

Deno.test("gitStamp() knows nothing outside of a repository", () =>
  withTempDir(async (folder) => {
    assert.deepEqual(await gitStamp(folder), { commit: "unknown", date: "unknown" });
  }));

Deno.test({
  name: "gitStamp() tells commit and day, and whether the program was changed since (needs git)",
  ignore: !await hasProgram("git"),
  fn: () =>
    withTempDir(async (folder) => {
      const git = async (...args: readonly string[]) => {
        const who = [
          "-c",
          "user.name=a",
          "-c",
          "user.email=a@example.com",
          "-c",
          "commit.gpgsign=false",
        ];
        const env = { GIT_COMMITTER_DATE: "2026-01-02T12:00:00Z" };
        const { success, stderr } = await new Deno.Command("git", {
          args: [...who, ...args],
          cwd: folder,
          env,
        }).output();
        assert.ok(success, new TextDecoder().decode(stderr));
      };
      await git("init");
      await Deno.writeTextFile(`${folder}/main.ts`, "1");
      await git("add", "main.ts");
      await git("commit", "-m", "first");
      await Deno.writeTextFile(`${folder}/notes.txt`, "no part of the program");
      const { commit, date } = await gitStamp(folder);
      assert.match(commit, /^[0-9a-f]{40}$/);
      assert.equal(date, "2026-01-02");
      await Deno.writeTextFile(`${folder}/main.ts`, "2");
      assert.deepEqual(await gitStamp(folder), { commit: `${commit}+changes`, date });
    }),
});
