import assert from "node:assert/strict";
import { readForeignFile } from "../../../../src/checkpoint/import/foreign_file.ts";
import { withTempDir } from "../../../support/temp_dir.ts";

Deno.test("readForeignFile() reads bytes, and names a file that is missing or too large", async () => {
  await withTempDir(async (folder) => {
    await Deno.writeFile(`${folder}/a.pth`, Uint8Array.of(1, 2, 3));
    assert.deepEqual([...await readForeignFile(`${folder}/a.pth`)], [1, 2, 3]);
    await assert.rejects(readForeignFile(`${folder}/b.pth`), {
      name: "WeightsError",
      message: `Cannot read weights "${folder}/b.pth": it does not exist`,
    });
    // A file of holes takes no room on the disk.
    const large = await Deno.open(`${folder}/large.pth`, { write: true, create: true });
    await large.truncate(2 ** 31 + 1);
    large.close();
    await assert.rejects(readForeignFile(`${folder}/large.pth`), {
      message:
        `Cannot read weights "${folder}/large.pth": file has 2147483649 bytes, must have at ` +
        "most 2147483648",
    });
  });
});
