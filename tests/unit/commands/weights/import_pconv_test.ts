import assert from "node:assert/strict";
import { importPconv, outputBeside } from "../../../../src/commands/weights/import_pconv.ts";
import { WeightsError } from "../../../../src/errors.ts";
import { makeTorchZip } from "../../../support/foreign_bytes.ts";
import { someNumbers } from "../../../support/foreign_pconv.ts";
import { listFiles } from "../../../support/run_cli.ts";
import { withTempDir } from "../../../support/temp_dir.ts";
import { fakeCommandIo } from "../fake_command_io.ts";

// What it writes is under test in weights_import_test.ts and tests/oracle/pconv_imports_test.ts.

Deno.test("outputBeside() names a file of ours, never the one that it came from", () => {
  assert.equal(outputBeside("a/net.pth"), "a/net.safetensors");
  assert.equal(outputBeside("weights.26-1.07.h5"), "weights.26-1.07.safetensors");
  assert.equal(outputBeside("net"), "net.safetensors");
  assert.equal(outputBeside("/a/net.safetensors"), "/a/net.pconv.safetensors");
});

Deno.test("importPconv() writes nothing of what it refuses", async () => {
  await withTempDir(async (folder) => {
    const [path, output] = [`${folder}/net.pth`, `${folder}/new.safetensors`];
    await Deno.writeFile(path, await makeTorchZip(new Map([["a", someNumbers(2)]])));
    const io = fakeCommandIo();
    await assert.rejects(
      importPconv(path, { output, io }),
      (error) => error instanceof WeightsError,
    );
    assert.deepEqual(await listFiles(folder), ["net.pth"]);
  });
});
