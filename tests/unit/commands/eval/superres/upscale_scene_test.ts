import assert from "node:assert/strict";
import type { EvalUpscaler } from "../../../../../src/commands/eval/superres/eval_upscaler.ts";
import { upscaleScene } from "../../../../../src/commands/eval/superres/upscale_scene.ts";
import { kernelUpscaler } from "../../../../../src/methods/kernel_upscaler.ts";

const scene = {
  truth: { width: 2, height: 2, rgb255: new Uint8Array(12) },
  small: { width: 1, height: 1, rgb255: Uint8Array.of(1, 2, 3) },
};
const options = { scale: 2, stem: "sub/a", signal: new AbortController().signal };
const entry = { name: "m", what: "", identity: "", lacks: [], problems: [] };

Deno.test("upscaleScene() enlarges the small picture and takes the time", async () => {
  const method: EvalUpscaler = { ...entry, upscaler: kernelUpscaler("nearest") };
  const { rgb255, elapsedMs } = await upscaleScene(scene, method, options);
  assert.deepEqual([...rgb255], [1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3]);
  assert.ok(elapsedMs! >= 0);
});

Deno.test("upscaleScene() reads another program's picture by scale and name, of the truth's size", async () => {
  const asked: string[] = [];
  const results = (width: number) => ({
    ...{ folder: "f", stems: [], identity: "", stamp: "", problems: [] },
    read: (...stems: string[]) => {
      asked.push(...stems);
      return Promise.resolve({ path: "f/x2/a.png", width, height: 2, rgb255: new Uint8Array(12) });
    },
  });
  const read = await upscaleScene(scene, { ...entry, results: results(2) }, options);
  assert.equal(read.elapsedMs, null);
  assert.deepEqual(asked, ["x2/sub/a"]);
  await assert.rejects(upscaleScene(scene, { ...entry, results: results(3) }, options), {
    name: "InputError",
    message: 'Cannot use result "f/x2/a.png": it is 3x2, must be 2x2',
  });
});
