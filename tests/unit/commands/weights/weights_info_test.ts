import assert from "node:assert/strict";
import { encodeSafetensors } from "../../../../src/checkpoint/safetensors.ts";
import { sha256 } from "../../../../src/checkpoint/sha256.ts";
import { weightsInfo } from "../../../../src/commands/weights/weights_info.ts";
import { formatUNetConfig, PRESETS } from "../../../../src/model/unet_config.ts";
import { makeHdf5, makeTorchZip } from "../../../support/foreign_bytes.ts";
import { naotoArrays } from "../../../support/foreign_pconv.ts";
import { runCommand } from "../../../support/run_command.ts";
import { withTempDir } from "../../../support/temp_dir.ts";
import { tinyWeights } from "../../../support/tiny_weights.ts";

const info = (...words: readonly string[]) =>
  runCommand(["weights", "info", ...words], weightsInfo);

const three = { shape: [3], data: Float32Array.of(1, 2, 3) };

/** What `--json` says of a file with these bytes. */
async function facts(bytes: Uint8Array): Promise<Record<string, unknown>> {
  let value: Record<string, unknown> = {};
  await withTempDir(async (folder) => {
    await Deno.writeFile(`${folder}/file`, bytes);
    const { code, out, err } = await info(`${folder}/file`, "--json");
    assert.equal(code, 0, err);
    value = JSON.parse(out);
    assert.equal(value["path"], `${folder}/file`);
    assert.equal(value["sizeBytes"], bytes.length);
    assert.equal(value["sha256"], await sha256(bytes));
  });
  return value;
}

Deno.test("weights info tells weights of pconv from checkpoints, VGG files and files of others", async () => {
  const arrays = new Map([
    ["network/a/kernel", three],
    ["network/a/mean", three],
    ["adam/first/a/kernel", three],
    ["mean", three],
  ]);
  const kinds = [];
  for (
    const format of ["pconv-weights-1", "pconv-checkpoint-1", "pconv-vgg16-1", "other", undefined]
  ) {
    const metadata: Record<string, string> = format === undefined ? {} : { format, network: "{}" };
    const { kind, parameters, arrays: count, network } = await facts(
      encodeSafetensors(arrays, metadata),
    );
    assert.equal(count, 4);
    assert.equal(network, format === undefined ? undefined : "{}");
    kinds.push([kind, parameters]);
  }
  assert.deepEqual(kinds, [
    ["weights of pconv", 9],
    ["training checkpoint of pconv", 3],
    ["VGG-16 for the perceptual and style losses", 9],
    ["safetensors file of another program", 9],
    ["safetensors file of another program", 12],
  ]);
});

Deno.test("weights info looks into files of PyTorch and Keras", async () => {
  const arrays = new Map([["a/b", three], ["c", three]]);
  const torch = await facts(await makeTorchZip(arrays));
  assert.deepEqual([torch["kind"], torch["parameters"], torch["arrays"]], ["PyTorch file", 6, 2]);
  const hdf5 = await facts(await makeHdf5(arrays));
  assert.deepEqual([hdf5["kind"], hdf5["parameters"], hdf5["arrays"]], ["HDF5 file", 6, 2]);
});

Deno.test("weights info tells networks of others, and how to use them or why not", async () => {
  const arrays = naotoArrays();
  const { kind, network, use, parameters, path } = await facts(await makeTorchZip(arrays));
  assert.equal(kind, "PyTorch file: network of naoto0804/pytorch-inpainting-with-partial-conv");
  assert.match(String(network), /"range":"imagenet"/);
  assert.equal(use, `pconv weights import pconv ${path}`);
  // By hand, without masks and statistics: 294 + 2, 150 + 6, 90 + 4, 135 + 3.
  assert.equal(parameters, 684);

  arrays.delete("dec_1.conv.input_conv.weight");
  const broken = await facts(encodeSafetensors(arrays, { format: "pt" }));
  assert.match(String(broken["kind"]), /^safetensors file of another program: network of naoto/);
  assert.match(String(broken["use"]), /^Cannot use .*: decoder\/2 has no kernel$/);
  assert.equal(broken["network"], undefined);
});

Deno.test("weights info prints one line for each fact, none twice", async () => {
  await withTempDir(async (folder) => {
    const bytes = await tinyWeights();
    await Deno.writeFile(`${folder}/tiny.safetensors`, bytes);
    const { code, out, err } = await info(`${folder}/tiny.safetensors`);
    assert.deepEqual([code, err], [0, ""]);
    const keys = out.trimEnd().split("\n").map((line) => line.split(":")[0]!);
    assert.deepEqual(keys.slice(0, 7), [
      "path",
      "kind",
      "network",
      "parameters",
      "arrays",
      "sha256",
      "size",
    ]);
    assert.deepEqual(keys, [...new Set(keys)]);
    assert.match(
      out,
      /\nkind: weights of pconv\nnetwork: 3 levels, 4 to 8 channels, base pyramid, batch norm, partial convolutions\nparameters: [\d,]+\n/,
    );
    assert.match(out, new RegExp(`\nsize: ${bytes.length.toLocaleString("en")} bytes\n`));
    assert.match(out, /\nrecipe: /);
  });
});

Deno.test("weights info finds shipped weights by their name", async () => {
  const { code, out } = await info("pconv-lite", "--json");
  assert.equal(code, 0);
  assert.equal(JSON.parse(out).kind, "weights of pconv");
});

Deno.test("weights info says what it cannot read", async () => {
  const unknown = await info("pconv-light");
  assert.equal(unknown.code, 3);
  assert.match(
    unknown.err,
    /^error: Cannot find weights "pconv-light": neither a file nor a known name/,
  );
  await withTempDir(async (folder) => {
    await Deno.writeTextFile(`${folder}/a.pth`, "");
    const empty = await info(`${folder}/a.pth`);
    assert.deepEqual([empty.code, empty.err], [
      3,
      `error: Cannot read weights "${folder}/a.pth": file is empty\n`,
    ]);
  });
});

Deno.test("weights info tells a checkpoint's network, run and best in words, and --json as they are", async () => {
  const metadata = {
    format: "pconv-checkpoint-1",
    network: formatUNetConfig(PRESETS.tiny),
    step: "500",
    updates: '{"encoder/1/kernel":500}',
    run: '{"recipe":"refine","steps":2000,"images":"photos"}',
    best: '{"step":400,"holePsnr":23.456}',
  };
  const bytes = encodeSafetensors(new Map([["network/a/kernel", three]]), metadata);
  assert.deepEqual((await facts(bytes))["metadata"], metadata);
  await withTempDir(async (folder) => {
    await Deno.writeFile(`${folder}/file`, bytes);
    const { out } = await info(`${folder}/file`);
    assert.deepEqual(
      out.trimEnd().split("\n").filter((line) => /^(network|step|updates|run|best)/.test(line)),
      [
        "network: 3 levels, 4 to 8 channels, base none, batch norm, partial convolutions",
        "best: step 400, hole PSNR 23.46 dB",
        "run: recipe refine, 2,000 steps",
        "step: 500",
      ],
    );
  });
});
