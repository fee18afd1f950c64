import assert from "node:assert/strict";
import { join } from "node:path";
import { createMaskReader } from "../../../../src/commands/pictures/mask_reader.ts";
import type { ReadHolesOptions } from "../../../../src/data/picture_codec.ts";
import { withTempDir } from "../../../support/temp_dir.ts";

Deno.test("createMaskReader() reads a mask once as long as the path stays", async () => {
  await withTempDir(async (folder) => {
    const [a, b, gone] = ["a", "b", "gone"].map((name) => join(folder, name));
    for (const path of [a!, b!]) await Deno.writeTextFile(path, path);
    const asked: ReadHolesOptions[] = [];
    const masks = createMaskReader({
      readHoles(bytes, options) {
        asked.push(options);
        assert.equal(new TextDecoder().decode(bytes), options.name);
        const size = { width: 1, height: 1, softPixels: 0, holePixels: 1 };
        return Promise.resolve({ ...size, holeMask: Uint8Array.of(1) });
      },
    }, { invert: true, threshold: 7 });
    const [first, second] = await Promise.all([masks.read(a!), masks.read(a!)]);
    assert.equal(first, second);
    await masks.read(b!);
    await masks.read(a!);
    assert.deepEqual(asked, [a!, b!, a!].map((name) => ({ name, invert: true, threshold: 7 })));
    const message = `Cannot read "${gone}": it does not exist`;
    for (let time = 0; time < 2; time++) {
      await assert.rejects(masks.read(gone!), { name: "InputError", message });
    }
  });
});
