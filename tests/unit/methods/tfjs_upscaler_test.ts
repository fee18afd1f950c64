import assert from "node:assert/strict";
import { tfjsUpscaler } from "../../../src/methods/tfjs_upscaler.ts";
import { loadTfjsEnlarger } from "../../../src/model/tfjs_enlarger.ts";
import { cpuTest, useBackend } from "../../support/for_each_backend.ts";
import { tinyEnlarger, type TinyEnlargerKind } from "../../support/tiny_enlarger.ts";

const picture = {
  width: 2,
  height: 1,
  rgb255: Uint8Array.of(10, 20, 30, 200, 254, 255),
};

/** Runs a body with the upscaler of a tiny network that enlarges by 2. */
async function withUpscaler(
  kind: TinyEnlargerKind,
  body: (upscaler: ReturnType<typeof tfjsUpscaler>) => Promise<void>,
): Promise<void> {
  const backend = await useBackend("cpu");
  const network = await loadTfjsEnlarger(tinyEnlarger(2, kind), { name: "net", scale: 2 });
  await body(tfjsUpscaler({ name: "peer", networks: new Map([[2, network]]), backend }));
  network.dispose();
}

cpuTest("tfjsUpscaler() gives a network of 0 to 255 its levels as they are", async () => {
  await withUpscaler("plain", async (upscaler) => {
    const large = await upscaler.upscale(picture, { scale: 2 });
    assert.deepEqual([upscaler.name, large.width, large.height], ["peer", 4, 2]);
    const row = [10, 20, 30, 10, 20, 30, 200, 254, 255, 200, 254, 255];
    assert.deepEqual([...large.rgb255], [...row, ...row]);
  });
});

cpuTest("tfjsUpscaler() gives a network of 0 to 1 its range, rounds and clips", async () => {
  await withUpscaler("residual", async (upscaler) => {
    const { rgb255 } = await upscaler.upscale(picture, { scale: 2 });
    // The network adds the place within a block of two by two, in levels.
    assert.deepEqual([...rgb255], [
      ...[10, 20, 30, 11, 21, 31, 200, 254, 255, 201, 255, 255],
      ...[12, 22, 32, 13, 23, 33, 202, 255, 255, 203, 255, 255],
    ]);
  });
});

cpuTest("tfjsUpscaler() refuses other scales and holes, and hears an abort", async () => {
  await withUpscaler("plain", async (upscaler) => {
    await assert.rejects(upscaler.upscale(picture, { scale: 3 }), {
      name: "RangeError",
      message: 'Cannot enlarge 3 times with "peer": it has no network for it',
    });
    await assert.rejects(
      upscaler.upscale({ ...picture, holeMask: Uint8Array.of(0, 1) }, { scale: 2 }),
      { message: 'Cannot enlarge 2 times with "peer": it fills no holes' },
    );
    const signal = AbortSignal.abort(new Error("stop"));
    await assert.rejects(upscaler.upscale(picture, { scale: 2, signal }), { message: "stop" });
  });
});
