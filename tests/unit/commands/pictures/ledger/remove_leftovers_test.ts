import assert from "node:assert/strict";
import { join } from "node:path";
import { removeLeftovers } from "../../../../../src/commands/pictures/ledger/remove_leftovers.ts";
import { listFiles } from "../../../../support/run_cli.ts";
import { withTempDir } from "../../../../support/temp_dir.ts";

Deno.test("removeLeftovers() removes temporaries of these runs and nothing else", async () => {
  await withTempDir(async (folder) => {
    const uuid = crypto.randomUUID();
    const names = [
      `.pconv-0a1b2c3d-${uuid}.tmp`,
      `.pconv-ffffffff-${uuid}.tmp`,
      `.pconv-1234-${uuid}.tmp`,
      ".pconv-0a1b2c3d.tmp",
      "0a1b2c3d.png",
    ];
    for (const name of names) await Deno.writeTextFile(join(folder, name), "");
    await removeLeftovers([folder, folder, join(folder, "missing")], ["0a1b2c3d", "77777777"]);
    assert.deepEqual((await listFiles(folder)).sort(), names.slice(1).sort());
    await removeLeftovers([folder], []);
    assert.equal((await listFiles(folder)).length, 4);
  });
});
