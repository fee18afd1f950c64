import assert from "node:assert/strict";
import { reasonOf } from "../../src/system_reason.ts";
import { withTempDir } from "../support/temp_dir.ts";

Deno.test("reasonOf() leaves out error numbers and repeated paths", async () => {
  await withTempDir(async (folder) => {
    const errorOf = (path: string) => Deno.readFile(path).then(() => undefined, (error) => error);
    assert.equal(reasonOf(await errorOf(`${folder}/gone`)), "it does not exist");
    assert.equal(reasonOf(await errorOf(folder)), "is a directory");
    await Deno.writeTextFile(`${folder}/file`, "");
    const made = Deno.mkdir(`${folder}/file`, { recursive: true });
    assert.equal(reasonOf(await made.catch((error) => error)), "a file is in its way");
  });
  assert.equal(reasonOf(new Error("Odd (os error 99): at x")), "odd");
  assert.equal(reasonOf("Text"), "text");
});

Deno.test("reasonOf() tells no flags of Deno", () => {
  const leaking = new Deno.errors.NotCapable(
    'Requires all access to "/dev/stdin", run again with the --allow-all flag',
  );
  assert.equal(reasonOf(leaking), "the program may not open it");
});
