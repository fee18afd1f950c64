import assert from "node:assert/strict";
import { join } from "node:path";
import { canonicalPath, placeOf } from "../../../../src/commands/pictures/canonical_path.ts";
import { withTempDir } from "../../../support/temp_dir.ts";

Deno.test("canonicalPath() follows links, also above what does not exist", async () => {
  await withTempDir(async (made) => {
    const folder = await Deno.realPath(made);
    const at = (...parts: string[]) => join(folder, ...parts);
    await Deno.mkdir(at("real"));
    await Deno.writeTextFile(at("real", "a"), "");
    await Deno.symlink("real", at("link"));
    await Deno.symlink(at("real", "a"), at("b"));
    assert.equal(canonicalPath(at("link", "a")), at("real", "a"));
    assert.equal(canonicalPath(at("link", "new", "x.png")), at("real", "new", "x.png"));
    assert.equal(canonicalPath(at("b")), at("real", "a"));
    assert.equal(canonicalPath(at("none", "x")), at("none", "x"));
    assert.equal(canonicalPath("/"), "/");
    // A link is replaced where it lies, not followed.
    assert.equal(placeOf(at("b")), at("b"));
    assert.equal(placeOf(at("link", "b")), at("real", "b"));
    await Deno.symlink("loop", at("loop"));
    assert.equal(canonicalPath(at("loop", "x")), at("loop", "x"));
  });
});
