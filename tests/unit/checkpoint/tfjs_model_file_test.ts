import assert from "node:assert/strict";
import {
  isJsonStart,
  readTfjsModel,
  tfjsModelName,
} from "../../../src/checkpoint/tfjs_model_file.ts";
import { encodeSafetensors } from "../../../src/checkpoint/safetensors.ts";
import { cpuTest } from "../../support/for_each_backend.ts";
import { withTempDir } from "../../support/temp_dir.ts";
import {
  editModel,
  type TinyModelJson,
  writeTinyGraph,
  writeTinyLayers,
} from "../../support/tiny_tfjs_model.ts";

/** Bytes of the weights that writeTinyGraph() writes: two int32, nine float32. */
const GRAPH_BYTES = 44;

cpuTest("readTfjsModel() reads both formats, told or not", async () => {
  for (
    const [write, format] of [
      [writeTinyLayers, "layers-model"],
      [writeTinyGraph, "graph-model"],
    ] as const
  ) {
    await withTempDir(async (folder) => {
      await write(folder);
      for (const told of [true, false]) {
        if (!told) await editModel(folder, (json) => delete json.format);
        const { artifacts, ...file } = await readTfjsModel(`${folder}/model.json`);
        assert.equal(file.format, format);
        assert.equal(artifacts.trainingConfig, undefined);
        const bytes = (artifacts.weightData as ArrayBuffer).byteLength;
        // Layers: kernel 3, batch norm 4·3, dense 9 + 3 numbers.
        assert.equal(bytes, format === "graph-model" ? GRAPH_BYTES : 4 * (3 + 12 + 12));
      }
    });
  }
});

/** The text, after the file's name, that an edited graph model is refused with. */
async function refusal(
  edit: (json: TinyModelJson) => void,
  prepare: (folder: string) => Promise<void> = () => Promise.resolve(),
): Promise<string> {
  let message = "";
  await withTempDir(async (folder) => {
    await Deno.mkdir(`${folder}/model`);
    await writeTinyGraph(`${folder}/model`);
    await editModel(`${folder}/model`, edit);
    await prepare(folder);
    const path = `${folder}/model/model.json`;
    const error = await readTfjsModel(path).then(() => undefined, (reason) => reason);
    assert.equal(error?.name, "WeightsError");
    assert.ok(error.message.startsWith(`Cannot read model "${path}": `), error.message);
    message = error.message.slice(`Cannot read model "${path}": `.length);
  });
  return message;
}

Deno.test("readTfjsModel() refuses shards outside of the folder, though they are there", async () => {
  for (
    const path of [
      "../outside",
      "a/../../outside",
      "..\\outside",
      "/etc/hostname",
      "C:\\x",
      "file:///x",
    ]
  ) {
    assert.equal(
      await refusal(
        (json) => json.weightsManifest[0]!.paths = [path],
        (folder) => Deno.writeFile(`${folder}/outside`, new Uint8Array(GRAPH_BYTES)),
      ),
      `path of shard ${JSON.stringify(path)} leads out of the folder of the model`,
    );
  }
});

Deno.test("readTfjsModel() refuses shards that are missing or of another size", async () => {
  assert.equal(
    await refusal((json) => json.weightsManifest[0]!.paths = ["shard9"]),
    'shard "shard9" cannot be read: it does not exist',
  );
  for (const bytes of [GRAPH_BYTES - 1, GRAPH_BYTES + 1]) {
    assert.equal(
      await refusal(
        () => {},
        (folder) => Deno.writeFile(`${folder}/model/shard1`, new Uint8Array(bytes)),
      ),
      `shard "shard1" has ${bytes} bytes, must have 44`,
    );
  }
  assert.equal(
    await refusal((json) => json.weightsManifest[0]!.paths.push("shard1")),
    'shard "shard1", "shard1" has 88 bytes, must have 44',
  );
});

Deno.test("readTfjsModel() counts the bytes of quantized weights", async () => {
  assert.equal(
    await refusal((json) =>
      Object.assign(json.weightsManifest[0]!.weights[1]!, { quantization: { dtype: "float16" } })
    ),
    // 8 bytes of int32, nine of 2 bytes
    'shard "shard1" has 44 bytes, must have 26',
  );
});

Deno.test("readTfjsModel() refuses weights that it cannot measure", async () => {
  const edited = (fault: object) =>
    refusal((json) => Object.assign(json.weightsManifest[0]!.weights[1]!, fault));
  assert.equal(
    await edited({ dtype: "string" }),
    'weight "weights" is of type "string", must be one of float32, int32, bool, float16, uint8, uint16',
  );
  assert.match(await edited({ dtype: "toString" }), /is of type "toString", must be/);
  assert.equal(
    await edited({ shape: [3, -3] }),
    'weight "weights" has shape [3,-3], must be a list of sizes',
  );
});

Deno.test("readTfjsModel() refuses JSON that is no model", async () => {
  const noModel = 'it has no "modelTopology" and "weightsManifest", must be a model.json of tfjs';
  assert.equal(await refusal((json) => json.modelTopology = "x"), noModel);
  assert.equal(await refusal((json) => json.weightsManifest = {} as never), noModel);
  assert.equal(
    await refusal((json) => json.weightsManifest = [{ paths: [1] } as never]),
    'an entry of "weightsManifest" has no lists "paths" and "weights"',
  );
  assert.equal(
    await refusal((json) => json.format = "tfjs-tfhub"),
    'format is "tfjs-tfhub", must be "layers-model" or "graph-model"',
  );
  const written = (text: string) =>
    refusal(() => {}, (folder) => Deno.writeTextFile(`${folder}/model/model.json`, text));
  assert.equal(await written("{"), "it is not JSON");
  assert.equal(await written("[]"), "it is not a JSON object");
  assert.equal(
    await refusal(() => {}, (folder) => Deno.remove(`${folder}/model/model.json`)),
    "it does not exist",
  );
});

Deno.test("isJsonStart() tells JSON from safetensors", () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  assert.ok(isJsonStart(bytes('{"modelTopology":{}}')));
  assert.ok(isJsonStart(bytes("\ufeff \n {")));
  assert.ok(!isJsonStart(bytes("[1]")));
  assert.ok(!isJsonStart(new Uint8Array(0)));
  // A header of 123 bytes begins with the byte of "{"; it is padded to a multiple of 8 here, so it is made by hand.
  assert.ok(!isJsonStart(Uint8Array.of(123, 0, 0, 0, 0, 0, 0, 0, 123)));
  assert.ok(!isJsonStart(encodeSafetensors(new Map())));
});

Deno.test("tfjsModelName() is folder and file", () => {
  assert.equal(tfjsModelName("/a/mobilenet/model.json"), "mobilenet/model.json");
  assert.equal(tfjsModelName("model.json"), "model.json");
});
