import assert from "node:assert/strict";
import { join } from "node:path";
import { readBytes, readInput } from "../../../../src/commands/pictures/read_input.ts";
import { withTempDir } from "../../../support/temp_dir.ts";

const never = () => Promise.reject(new Error("must not be read"));

Deno.test("readInput() reads a file or standard input", async () => {
  await withTempDir(async (folder) => {
    const path = join(folder, "a");
    await Deno.writeFile(path, Uint8Array.of(1, 2));
    assert.deepEqual(await readInput(path, never), { name: path, bytes: Uint8Array.of(1, 2) });
  });
  const bytes = Uint8Array.of(3);
  const piped = await readInput("-", () => Promise.resolve(bytes));
  assert.deepEqual(piped, { name: "standard input", bytes });
});

Deno.test("readInput() and readBytes() name the file that cannot be read", async () => {
  await withTempDir(async (folder) => {
    const path = join(folder, "gone");
    const expected = { name: "InputError", message: `Cannot read "${path}": it does not exist` };
    await assert.rejects(readInput(path, never), expected);
    await assert.rejects(readBytes(path), expected);
  });
});
