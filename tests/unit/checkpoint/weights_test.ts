import assert from "node:assert/strict";
import { join } from "node:path";
import { sha256 } from "../../../src/checkpoint/sha256.ts";
import { encodeWeights, readNetwork, type WeightsNotes } from "../../../src/checkpoint/weights.ts";
import { readWeights } from "../../../src/checkpoint/weights_file.ts";
import { disposeParameters } from "../../../src/model/parameters.ts";
import { formatUNetConfig, PRESETS } from "../../../src/model/unet_config.ts";
import { cpuTest } from "../../support/for_each_backend.ts";
import { withTempDir } from "../../support/temp_dir.ts";
import { formulaParameters } from "../../support/tiny_run.ts";

// That a network comes back to the bit is in tests/recipe/resume_test.ts.

const NOTES: WeightsNotes = {
  recipe: "refine",
  steps: 12,
  data: "made images",
  licence: "MIT",
  commit: "0123abc",
};

cpuTest(
  "encodeWeights() says what the file is, and readNetwork() where it came from",
  () =>
    withTempDir(async (folder) => {
      const path = join(folder, "w.safetensors");
      const parameters = formulaParameters(PRESETS.tiny);
      const bytes = await encodeWeights(PRESETS.tiny, parameters, NOTES);
      disposeParameters(parameters);
      await Deno.writeFile(path, bytes);
      assert.deepEqual({ ...(await readWeights(path)).metadata }, {
        ...NOTES,
        steps: "12",
        format: "pconv-weights-1",
        network: formatUNetConfig(PRESETS.tiny),
        range: "[0,1]",
      });
      const network = await readNetwork(path);
      assert.equal(network.name, path);
      assert.equal(network.sha256, await sha256(bytes));
      assert.deepEqual(network.config, PRESETS.tiny);
      disposeParameters(network.parameters);
    }),
);
