import assert from "node:assert/strict";
import { readImageFile } from "../../../src/data/read_image_file.ts";
import { withoutAlpha } from "../../../src/data/without_alpha.ts";
import { writePng } from "../../../src/data/write_png.ts";
import { withTempDir } from "../../support/temp_dir.ts";

Deno.test("writePng() writes what is read back byte for byte, without transparency", async () => {
  await withTempDir(async (folder) => {
    const rgb255 = Uint8Array.from({ length: 5 * 3 * 3 }, (_, i) => (i * 41) % 256);
    await writePng(`${folder}/new/a.png`, { width: 5, height: 3, rgb255 });
    const { width, height, rgba, hasAlpha, format } = await readImageFile(`${folder}/new/a.png`);
    assert.deepEqual([width, height, hasAlpha, format], [5, 3, false, "png"]);
    assert.deepEqual(withoutAlpha(rgba), rgb255);
  });
});
