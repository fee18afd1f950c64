import assert from "node:assert/strict";
import { bootThreads } from "../../../../src/engine/cpu/boot_threads.ts";
import { readNetworkFile } from "../../../../src/checkpoint/network_file.ts";
import { withTempDir } from "../../../support/temp_dir.ts";
import { writeTinyWeights } from "../../../support/tiny_weights.ts";

Deno.test("bootThreads() starts threads that take a network later", () =>
  withTempDir(async (folder) => {
    const { config, arrays } = await readNetworkFile(await writeTinyWeights(folder));
    const threads = bootThreads(2);
    try {
      assert.equal(threads.count, 2);
      // Deno's V8 has relaxed SIMD on every platform that it is built for.
      assert.equal(threads.instructions, "relaxed SIMD");
      await threads.leader.start({ kind: "start", config, arrays }, []);
    } finally {
      threads.close();
    }
    await assert.rejects(
      threads.leader.start({ kind: "start", config, arrays }, []),
      /the engine is closed/,
    );
  }));

Deno.test("bootThreads() takes all cores by itself, at most 16", () => {
  const threads = bootThreads();
  threads.close();
  assert.equal(threads.count, Math.min(16, navigator.hardwareConcurrency));
});
