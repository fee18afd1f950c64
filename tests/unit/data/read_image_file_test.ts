import assert from "node:assert/strict";
import { readImageFile } from "../../../src/data/read_image_file.ts";
import { photo, writePicture } from "../../cli/pictures.ts";
import { withTempDir } from "../../support/temp_dir.ts";

Deno.test("readImageFile() decodes a file", async () => {
  await withTempDir(async (folder) => {
    const picture = photo(7, 5);
    await writePicture(`${folder}/a.png`, picture);
    const { width, height, rgba } = await readImageFile(`${folder}/a.png`);
    assert.deepEqual([width, height], [7, 5]);
    assert.deepEqual([...rgba], [...picture.rgba]);
  });
});

Deno.test("readImageFile() names the file and the reason, and keeps the cause", async () => {
  await withTempDir(async (folder) => {
    await assert.rejects(readImageFile(`${folder}/no.png`), (error: Error) => {
      assert.equal(error.name, "InputError");
      assert.equal(error.message, `Cannot read image "${folder}/no.png": it does not exist`);
      assert.ok(error.cause instanceof Deno.errors.NotFound);
      return true;
    });
    await Deno.writeTextFile(`${folder}/text.png`, "no picture");
    await assert.rejects(readImageFile(`${folder}/text.png`), {
      name: "InputError",
      message: /^Cannot read image ".*text\.png": /,
    });
  });
});
