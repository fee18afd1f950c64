import assert from "node:assert/strict";
import { join } from "node:path";
import { checkPagePlace } from "../../../../src/commands/pictures/check_page_place.ts";
import { InputError, UsageError } from "../../../../src/errors.ts";
import { runPage } from "../../../../src/report/run/run_page.ts";
import { withTempDir } from "../../../support/temp_dir.ts";

Deno.test("checkPagePlace() lets a page replace a page, and nothing else", async () => {
  await withTempDir(async (folder) => {
    const at = (name: string) => join(folder, name);
    const check = (name: string, overwrite = false) => checkPagePlace(at(name), { overwrite });
    await check("new.html");
    const page = runPage({
      ...{ title: "x", command: "", version: "1", startedAt: "2026-01-01T00:00:00Z" },
      ...{ elapsedMs: 1, facts: [], rows: [], examples: [], examplesLeftOut: 0 },
    });
    await Deno.writeTextFile(at("ours.html"), page);
    await check("ours.html");
    await Deno.writeTextFile(at("theirs.HTM"), "<!doctype html><title>mine</title>");
    await assert.rejects(check("theirs.HTM"), (error) => {
      assert.ok(error instanceof InputError);
      assert.match(error.message, /theirs\.HTM": it exists and is no page of pconv$/);
      return true;
    });
    await check("theirs.HTM", true);
    await Deno.mkdir(at("folder.html"));
    await assert.rejects(check("folder.html", true), /it is no file$/);
    await assert.rejects(check("photo.png"), UsageError);
  });
});
