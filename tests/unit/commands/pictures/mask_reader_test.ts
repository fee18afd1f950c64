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

Deno.test("createMaskReader() gives hash and hole of one file, and both anew when it changes", async () => {
  await withTempDir(async (folder) => {
    const path = join(folder, "m.png");
    const shaOf = async (text: string) =>
      new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))).toHex();
    const decoded: string[] = [];
    const masks = createMaskReader({
      readHoles(bytes) {
        decoded.push(new TextDecoder().decode(bytes));
        const size = { width: 1, height: 1, softPixels: 0, holePixels: 1 };
        return Promise.resolve({ ...size, holeMask: Uint8Array.of(1) });
      },
    }, { invert: false, threshold: 7 });
    await Deno.writeTextFile(path, "one");
    assert.equal(await masks.sha256(path), await shaOf("one"));
    // What is done before needs its hash alone.
    assert.deepEqual(decoded, []);
    const first = await masks.read(path);
    assert.equal(await masks.read(path), first);
    assert.equal(await masks.sha256(path), await shaOf("one"));
    assert.deepEqual(decoded, ["one"]);
    await Deno.writeTextFile(path, "another");
    assert.notEqual(await masks.read(path), first);
    assert.equal(await masks.sha256(path), await shaOf("another"));
    assert.deepEqual(decoded, ["one", "another"]);
    await assert.rejects(masks.sha256(join(folder, "gone")), { name: "InputError" });
  });
});
