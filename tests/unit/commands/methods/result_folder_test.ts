import assert from "node:assert/strict";
import { openResultFolder } from "../../../../src/commands/methods/result_folder.ts";
import { photo, writePicture } from "../../../cli/pictures.ts";
import { withTempDir } from "../../../support/temp_dir.ts";

Deno.test("openResultFolder() finds results by stem, whatever their format", async () => {
  await withTempDir(async (folder) => {
    await writePicture(`${folder}/a.png`, photo(4, 3));
    await writePicture(`${folder}/sub/b.webp`, photo(5, 3));
    await writePicture(`${folder}/c.png`, photo(6, 3));
    const results = await openResultFolder(folder);
    assert.deepEqual(results.stems, ["a", "c", "sub/b"]);
    const a = await results.read("00001", "a");
    assert.deepEqual([a.path, a.width, a.height], [`${folder}/a.png`, 4, 3]);
    assert.equal(a.rgb255.length, 36);
    assert.equal((await results.read("sub/b")).width, 5);
    await assert.rejects(results.read("d", "e"), {
      name: "InputError",
      message: `Cannot find a result "d" of any image format in "${folder}"`,
    });
  });
});

Deno.test("openResultFolder() refuses two results of one stem", async () => {
  await withTempDir(async (folder) => {
    await writePicture(`${folder}/a.png`, photo(4, 3));
    await writePicture(`${folder}/a.webp`, photo(4, 3));
    const results = await openResultFolder(folder);
    await assert.rejects(results.read("a"), {
      name: "InputError",
      message: `Cannot choose a result "a": "${folder}" holds 2, must be one`,
    });
  });
});
