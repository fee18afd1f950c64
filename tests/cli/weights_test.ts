import assert from "node:assert/strict";
import { join } from "node:path";
import { sha256 } from "../../src/checkpoint/sha256.ts";
import { serveFile } from "../support/file_server.ts";
import { makeHdf5, makeTorchZip } from "../support/foreign_bytes.ts";
import {
  assertExit,
  assertStderr,
  jsonLines,
  listFiles,
  runCli,
  stdoutText,
} from "../support/run_cli.ts";
import { withTempDir } from "../support/temp_dir.ts";
import { vgg16As } from "../support/vgg16_files.ts";

Deno.test("weights import puts VGG-16 into the user's folder, where weights info finds it", async () => {
  await withTempDir(async (folder) => {
    const env = { PCONV_HOME: join(folder, "home") };
    const path = join(folder, "home", "vgg16.safetensors");
    const missing = await runCli(["weights", "info", "vgg16"], { cwd: folder, env });
    assertExit(missing, 3);
    assertStderr(missing, [
      `error: Cannot read weights "${path}": it does not exist`,
      "hint: Get it with: pconv weights fetch vgg16",
    ]);

    await Deno.writeFile(`${folder}/notop.h5`, await makeHdf5(vgg16As("old keras")));
    const imported = await runCli(["weights", "import", "vgg16", "notop.h5"], { cwd: folder, env });
    assertExit(imported, 0);
    assert.equal(stdoutText(imported), `${path}\n`);
    assertStderr(imported, [
      "Assuming the Caffe convention with blue first, as Keras has it; --convention says otherwise",
      `Wrote VGG-16 up to pool3; train with --vgg ${path}`,
    ]);
    assert.deepEqual(await listFiles(folder), ["home/vgg16.safetensors", "notop.h5"]);

    const info = await runCli(["weights", "info", "vgg16", "--json"], { cwd: folder, env });
    assertExit(info, 0);
    const [facts] = jsonLines(info);
    assert.equal(facts.path, path);
    assert.equal(facts.kind, "VGG-16 for the perceptual and style losses");
    // Simonyan and Zisserman 2014, configuration D up to conv3_3, weights and biases.
    assert.equal(facts.parameters, 1_735_488);
    assert.match(
      facts.metadata.origin,
      /^notop\.h5 \(HDF5, sha256 \w{64}\), caffe-bgr convention$/,
    );
  });
});

Deno.test("weights fetch goes where it may, and says what it lacks elsewhere", async () => {
  await withTempDir(async (folder) => {
    const content = await makeTorchZip(vgg16As("torchvision"));
    await using server = serveFile(content, "some.pth");
    const env = { PCONV_HOME: folder };
    const hash = await sha256(content);
    const line = ["weights", "fetch", "vgg16", "--url", server.url, "--sha256", hash];
    const kept = await runCli(line, { env });
    assertExit(kept, 1);
    assert.match(kept.stderr, /^error: Cannot download ".*some\.pth": .*\nhint: .*--allow-net/);
    assert.deepEqual(await listFiles(folder), []);

    const fetched = await runCli(line, { env, mayReach: new URL(server.url).host });
    assertExit(fetched, 0);
    assert.equal(stdoutText(fetched), `${join(folder, "vgg16.safetensors")}\n`);
    assert.deepEqual(await listFiles(folder), ["vgg16.safetensors"]);
  });
});
