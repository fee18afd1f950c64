import assert from "node:assert/strict";
import { join } from "node:path";
import {
  checkPlace,
  chooseFormat,
  extensionOf,
  formatOfName,
  outputPath,
} from "../../../../src/commands/pictures/output_place.ts";
import { withTempDir } from "../../../support/temp_dir.ts";

Deno.test("formatOfName() and extensionOf() know the formats that are written", () => {
  const names = ["a.png", "a.JPG", "a.b.jpeg", "a.WebP", "a.gif", "a", "png", "a.png/"];
  const formats = ["png", "jpeg", "jpeg", "webp", undefined, undefined, undefined, "png"];
  assert.deepEqual(names.map(formatOfName), formats);
  assert.deepEqual((["png", "jpeg", "webp"] as const).map(extensionOf), [".png", ".jpg", ".webp"]);
});

Deno.test("chooseFormat() asks the flag, then the name, then the input", () => {
  const file = { kind: "file", path: "a.webp" } as const;
  const stem = { kind: "stem", path: "a", extension: ".png" } as const;
  const stdout = { kind: "stdout" } as const;
  assert.equal(chooseFormat(file, "png", "jpeg"), "png");
  assert.equal(chooseFormat(file, undefined, "jpeg"), "webp");
  assert.equal(chooseFormat({ kind: "file", path: "a.bin" }, undefined, "gif"), "png");
  assert.equal(chooseFormat(stem, undefined, "jpeg"), "jpeg");
  assert.equal(chooseFormat(stdout, undefined, "gif"), "png");
});

Deno.test("outputPath() keeps the spelling of an ending as long as the format stays", () => {
  const stem = (extension: string) => ({ kind: "stem", path: "x/a", extension }) as const;
  assert.equal(outputPath({ kind: "stdout" }, "png", "png"), undefined);
  assert.equal(outputPath({ kind: "file", path: "b.JPG" }, "jpeg", "png"), "b.JPG");
  assert.equal(outputPath(stem(".JPEG"), "jpeg", "jpeg"), "x/a.JPEG");
  assert.equal(outputPath(stem(".JPEG"), "png", "jpeg"), "x/a.png");
  assert.equal(outputPath(stem(".jpg"), "png", "png"), "x/a.png");
  assert.equal(outputPath(stem(""), "webp", "webp"), "x/a.webp");
});

Deno.test("checkPlace() refuses what is taken, and what exists unless it may be replaced", async () => {
  await withTempDir(async (folder) => {
    const [old, fresh] = [join(folder, "old"), join(folder, "new")];
    await Deno.writeTextFile(old, "");
    const taken = new Set([fresh]);
    const own = `Cannot write "${fresh}": it is an input, a mask or a result of this run`;
    await assert.rejects(checkPlace(fresh, { taken, overwrite: true }), { message: own });
    await checkPlace(fresh, { taken: new Set(), overwrite: false });
    await checkPlace(old, { taken, overwrite: true });
    await assert.rejects(checkPlace(old, { taken, overwrite: false }), {
      name: "InputError",
      message: `Cannot write "${old}": it exists`,
      hint: "Give --overwrite to replace it",
    });
  });
});
