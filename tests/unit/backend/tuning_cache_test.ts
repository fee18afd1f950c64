import assert from "node:assert/strict";
import { tuningCache } from "../../../src/backend/tuning_cache.ts";
import { withTempDir } from "../../support/temp_dir.ts";

Deno.test("tuningCache() keeps values by key in one file", () =>
  withTempDir(async (folder) => {
    const env = (name: string) => name === "XDG_CACHE_HOME" ? folder : undefined;
    const cache = tuningCache({ env });
    assert.equal(await cache.read("a"), undefined);
    await cache.write("a", { pixels: 4 });
    await cache.write("b", 1);
    await cache.write("a", { pixels: 8 });
    assert.deepEqual(await tuningCache({ env }).read("a"), { pixels: 8 });
    assert.equal(await cache.read("toString"), undefined);
    const file = `${folder}/pconv/gpu_tuning.json`;
    assert.deepEqual(JSON.parse(await Deno.readTextFile(file)), { a: { pixels: 8 }, b: 1 });
    assert.deepEqual([...Deno.readDirSync(`${folder}/pconv`)].map(({ name }) => name), [
      "gpu_tuning.json",
    ]);
  }));

Deno.test("tuningCache() takes a damaged file for an empty one", () =>
  withTempDir(async (folder) => {
    const cache = tuningCache({ env: (name) => name === "HOME" ? folder : "" });
    const file = `${folder}/.cache/pconv/gpu_tuning.json`;
    await cache.write("a", 1);
    for (const damage of ["{", "[1]", "null", ""]) {
      await Deno.writeTextFile(file, damage);
      assert.equal(await cache.read("a"), undefined, damage);
      assert.equal(await cache.read("0"), undefined, damage);
    }
    await cache.write("a", 2);
    assert.equal(await cache.read("a"), 2);
  }));

Deno.test("tuningCache() without a folder, or one it cannot write, says nothing", () =>
  withTempDir(async (folder) => {
    const without = tuningCache({ env: () => undefined });
    await without.write("a", 1);
    assert.equal(await without.read("a"), undefined);
    await Deno.writeTextFile(`${folder}/file`, "");
    const blocked = tuningCache({ env: () => `${folder}/file` });
    await blocked.write("a", 1);
    assert.equal(await blocked.read("a"), undefined);
    const forbidden = tuningCache({
      env: () => {
        throw new Deno.errors.NotCapable("no access to env");
      },
    });
    await forbidden.write("a", 1);
    assert.equal(await forbidden.read("a"), undefined);
  }));
