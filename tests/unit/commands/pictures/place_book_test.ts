import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { createPlaceBook } from "../../../../src/commands/pictures/place_book.ts";
import { withTempDir } from "../../../support/temp_dir.ts";

const refusal = (path: string) => ({
  name: "InputError",
  message: `Cannot write "${path}": it is an input, a mask or a result of this run`,
});

Deno.test("createPlaceBook() refuses inputs, files that exist and what was written in this run", async () => {
  await withTempDir(async (folder) => {
    const [input, old, fresh] = ["in", "old", "new"].map((name) => join(folder, name));
    await Deno.writeTextFile(old!, "");
    const taken = new Set([resolve(input!)]);
    const book = createPlaceBook({ taken, overwrite: false });
    await assert.rejects(book.hold([input!]), refusal(input!));
    await assert.rejects(book.hold([fresh!, old!]), {
      message: `Cannot write "${old}": it exists`,
    });
    const places = await book.hold([fresh!]); // what was refused is not held
    places.keep();
    places.release();
    await assert.rejects(book.hold([fresh!]), refusal(fresh!));
    assert.deepEqual([...taken], [resolve(input!)], "the caller's set was changed");
    await createPlaceBook({ taken, overwrite: true }).hold([old!]);
  });
});

Deno.test("createPlaceBook() lets the earlier picture have the place, and the later one if that fails", async () => {
  await withTempDir(async (folder) => {
    const path = join(folder, "a.png");
    for (const succeeds of [true, false]) {
      const book = createPlaceBook({ taken: new Set(), overwrite: false });
      const first = await book.hold([path, `${path}.sheet`]);
      let isAnswered = false;
      const second = book.hold([path]).finally(() => isAnswered = true);
      const checked = succeeds ? assert.rejects(second, refusal(path)) : second;
      await new Promise((done) => setTimeout(done, 20));
      assert.equal(isAnswered, false, "it did not wait for the first");
      if (succeeds) first.keep();
      first.release();
      await checked;
    }
  });
});
