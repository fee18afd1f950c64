import assert from "node:assert/strict";
import { join } from "node:path";
import {
  isFolder,
  listInputs,
  type ListInputsOptions,
} from "../../../../src/commands/pictures/list_inputs.ts";
import { withTempDir } from "../../../support/temp_dir.ts";

/** Lists inputs among empty files. */
async function withFiles(
  names: readonly string[],
  body: (
    list: (options: Partial<ListInputsOptions>) => Promise<readonly string[]>,
    at: (name: string) => string,
  ) => Promise<void>,
): Promise<void> {
  await withTempDir(async (folder) => {
    const at = (name: string) => join(folder, name);
    for (const name of names) {
      await Deno.mkdir(join(at(name), ".."), { recursive: true });
      await Deno.writeTextFile(at(name), "");
    }
    const base = { inputs: [at("in")], maskPath: undefined, output: at("out"), suffix: "" };
    const list = async (options: Partial<ListInputsOptions>) =>
      (await listInputs({ ...base, ...options })).inputs.map(({ relative }) => relative);
    await body(list, at);
  });
}

Deno.test("listInputs() lists folders whole and files by their names", async () => {
  await withFiles(["in/s/b.png", "in/a.png", "x/c.png"], async (list, at) => {
    assert.deepEqual(await list({}), ["a.png", "s/b.png"]);
    assert.deepEqual(await list({ inputs: [at("x/c.png"), "-", at("in/s")] }), [
      "c.png",
      "stdin",
      "b.png",
    ]);
    const options = { maskPath: undefined, output: undefined, suffix: "" };
    assert.equal((await listInputs({ inputs: [at("in")], ...options })).isWhole, true);
    assert.equal((await listInputs({ inputs: [at("x/c.png")], ...options })).isWhole, false);
  });
});

Deno.test("listInputs() tells masks from photographs in LaMa's folders, where both lie together", async () => {
  await withFiles(["in/a.png", "in/a_mask000.png", "in/s/b_mask.png"], async (list, at) => {
    assert.deepEqual(await list({ maskPath: at("in/") }), ["a.png"]);
    // Without that folder as the folder of masks they are pictures as any.
    assert.equal((await list({})).length, 3);
  });
  await withFiles(["in/a.png"], async (list, at) => {
    await assert.rejects(list({ maskPath: at("in") }), {
      name: "UsageError",
      message: `Cannot take masks from "${at("in")}": it is the input folder, --mask must be ` +
        "another folder or its masks be named NAME_mask.png",
    });
  });
});

Deno.test("listInputs() takes no results again, and lets them lie beside the inputs if they have a suffix", async () => {
  await withFiles(["in/a.png", "in/a_out.png", "in/s/b_out.jpg"], async (list, at) => {
    assert.deepEqual(await list({ output: at("in"), suffix: "_out" }), ["a.png"]);
    await assert.rejects(list({ output: at("in") }), {
      name: "UsageError",
      message: `Cannot write into "${at("in")}": it is the input folder, ` +
        "--output must be another folder",
    });
  });
});

Deno.test("isFolder() knows files, folders and standard input, and says what is not there", async () => {
  await withFiles(["in/a.png"], async (_, at) => {
    assert.equal(await isFolder(at("in"), "mask"), true);
    assert.equal(await isFolder(at("in/a.png"), "mask"), false);
    assert.equal(await isFolder("-", "input"), false);
    await assert.rejects(isFolder(at("no"), "mask"), {
      name: "InputError",
      message: `Cannot read mask "${at("no")}": it does not exist`,
    });
  });
});
