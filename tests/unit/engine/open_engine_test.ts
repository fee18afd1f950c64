import assert from "node:assert/strict";
import { readNetworkFile } from "../../../src/checkpoint/network_file.ts";
import { openEngine } from "../../../src/engine/open_engine.ts";
import { withAdapter } from "../backend/fake_adapter.ts";
import { withTempDir } from "../../support/temp_dir.ts";
import { writeTinyWeights } from "../../support/tiny_weights.ts";

Deno.test("openEngine() says which device it took and why", () =>
  withTempDir(async (folder) => {
    const path = await writeTinyWeights(folder);
    await withAdapter(null, async () => {
      for (const device of ["cpu", "auto"] as const) {
        const lines: string[] = [];
        const network = readNetworkFile(path);
        const log = (line: string) => lines.push(line);
        const engine = await openEngine({ device, network, log, threads: 1 });
        engine.close();
        const reason = device === "auto" ? " (no WebGPU adapter found)" : "";
        assert.deepEqual(lines, [`device: cpu, 1 thread, relaxed SIMD${reason}`]);
      }
    });
  }));

Deno.test("openEngine() does not fall back from a device that was asked for", () =>
  withTempDir(async (folder) => {
    const network = await readNetworkFile(await writeTinyWeights(folder));
    await withAdapter(null, async () => {
      const work = openEngine({ device: "gpu", network, log: () => {} });
      await assert.rejects(work, /no WebGPU adapter/);
    });
  }));

Deno.test("openEngine() ends its threads when the weights cannot be read", async () => {
  const network = readNetworkFile("no-such-file.safetensors");
  await assert.rejects(openEngine({ device: "cpu", network, log: () => {} }), {
    name: "WeightsError",
  });
});
