import assert from "node:assert/strict";
import { openCpuEngine } from "../../../../src/engine/cpu/open_cpu_engine.ts";
import { bootThreads } from "../../../../src/engine/cpu/boot_threads.ts";
import type { ForwardRequest, NetworkEngine } from "../../../../src/engine/types.ts";
import { BackendError, OutOfMemoryError } from "../../../../src/errors.ts";
import { PRESETS, type UNetConfig } from "../../../../src/model/unet_config.ts";
import { createRandom } from "../../../../src/random.ts";
import { assertAllClose, type Values } from "../../../support/assert_all_close.ts";
import { cpuTest } from "../../../support/for_each_backend.ts";
import { makeHoledPicture, makeRandomMask } from "../../../support/holed_picture.ts";
import { compareOutputs, runByOps } from "../../../support/network_reference.ts";
import { makeRandomNetwork } from "../../../support/random_network.ts";

/** As `lite`, but narrow; its channels fill vectors of four and eight, or neither. */
const NARROW: UNetConfig = {
  encoder: [
    { kernel: 7, channels: 8 },
    { kernel: 5, channels: 12 },
    { kernel: 3, channels: 18 },
    { kernel: 3, channels: 5 },
  ],
  base: "pyramid",
  normalisation: "none",
  range: "[0,1]",
};

const TYPICAL: UNetConfig = { ...PRESETS.tiny, convolution: "typical" };

/** Largest errors, as shares of the largest value: measured with 1, 2 and 3 threads alike. */
const CONFIGS: readonly { name: string; config: UNetConfig; measured: number }[] = [
  { name: "tiny", config: PRESETS.tiny, measured: 3.5e-7 },
  { name: "narrow, over the pyramid", config: NARROW, measured: 7.7e-7 },
  {
    name: "tiny, over the pyramid",
    config: { ...PRESETS.tiny, base: "pyramid" },
    measured: 4.5e-7,
  },
  { name: "typical, grey", config: TYPICAL, measured: 6.8e-7 },
  {
    name: "typical, mean of ImageNet",
    config: { ...TYPICAL, holeValue: "imagenet-mean" },
    measured: 6.7e-7,
  },
];

const holeOf = (validMask: Uint8Array) => validMask.map((value) => 1 - value);

/** Opens an engine with the threads' life inside of the test. */
async function withEngine(
  config: UNetConfig,
  threads: number,
  body: (engine: NetworkEngine) => Promise<void>,
): Promise<void> {
  const engine = await openCpuEngine({ config, arrays: makeRandomNetwork(config), threads });
  try {
    await body(engine);
  } finally {
    engine.close();
  }
}

async function runOne(engine: NetworkEngine, request: ForwardRequest): Promise<Float32Array> {
  const [output, ...others] = await engine.run([request]);
  assert.equal(others.length, 0);
  assert.equal(output!.length, request.height * request.width * 3);
  return output!;
}

/** Everything known, one known pixel, and what lies between; no side is as long as the other. */
function makePictures() {
  const one = (y: number, x: number) => y !== 37 || x !== 3;
  return [
    makeHoledPicture({ height: 48, width: 80 }),
    makeHoledPicture({ height: 16, width: 32, isHole: () => false }),
    makeHoledPicture({ height: 64, width: 16, isHole: one }),
    makeHoledPicture({ height: 16, width: 16, isHole: () => true }),
    {
      ...makeHoledPicture({ height: 32, width: 112 }),
      validMask: makeRandomMask(32, 112, { share: 0.1 }),
    },
  ];
}

for (const { name, config, measured } of CONFIGS) {
  cpuTest(`openCpuEngine() gives what runUNet() does: ${name}`, async () => {
    const arrays = makeRandomNetwork(config);
    const pictures = makePictures();
    const expected: Values[] = [];
    for (const picture of pictures) expected.push(await runByOps(config, arrays, picture));
    let first: Float32Array[] | undefined;
    for (const threads of [1, 2, 3]) {
      await withEngine(config, threads, async (engine) => {
        assert.match(engine.name, new RegExp(`^cpu, ${threads} threads?, .*SIMD`));
        // All at once: they are answered each for itself.
        const outputs = await engine.run(pictures);
        outputs.forEach((data, i) => {
          const { largest } = compareOutputs(data, expected[i]!.data);
          const tolerance = { rtol: 0, atol: 2 * measured * largest };
          assertAllClose({ ...expected[i]!, data }, expected[i]!, tolerance, name);
        });
        first ??= outputs;
        assert.deepEqual(outputs, first, "bits depend on the number of threads");
        for (const [i, picture] of pictures.entries()) {
          const wanted = holeOf(picture.validMask);
          const hole = await runOne(engine, { ...picture, wanted });
          assert.equal(
            compareOutputs(hole, first[i]!, wanted).difference,
            0,
            "bits depend on wanted",
          );
        }
      });
    }
  });
}

cpuTest("openCpuEngine() takes fills of a larger picture", async () => {
  const picture = makeHoledPicture({ height: 32, width: 48 });
  const random = createRandom(5);
  const fills = NARROW.encoder.map((_, level) =>
    Float32Array.from({ length: (32 >> level) * (48 >> level) * 3 }, random.uniform)
  );
  const request = { ...picture, fills };
  const expected = await runByOps(NARROW, makeRandomNetwork(NARROW), request);
  await withEngine(NARROW, 2, async (engine) => {
    const data = await runOne(engine, request);
    const { largest } = compareOutputs(data, expected.data);
    // Measured: 5.4e-7 of the largest value.
    const tolerance = { rtol: 0, atol: 1e-6 * largest };
    assertAllClose({ ...expected, data }, expected, tolerance, "fills");
  });
});

Deno.test("openCpuEngine() gives the bits of a fresh engine whatever sizes came before", async () => {
  const [large, wide, high, same] = [[64, 96], [16, 112], [96, 16], [64, 96]].map(
    ([height, width], seed) => {
      const picture = makeHoledPicture({ height: height!, width: width!, seed });
      return { ...picture, wanted: holeOf(picture.validMask) };
    },
  ) as [ForwardRequest, ForwardRequest, ForwardRequest, ForwardRequest];
  const fresh = new Map<ForwardRequest, Float32Array>();
  for (const request of [large, wide, high, same]) {
    await withEngine(NARROW, 2, async (engine) => {
      fresh.set(request, await runOne(engine, request));
    });
  }
  await withEngine(NARROW, 2, async (engine) => {
    for (const request of [large, same, wide, large, high, wide, same, large]) {
      assert.deepEqual(await runOne(engine, request), fresh.get(request));
    }
  });
});

Deno.test("openCpuEngine() answers calls that overlap, each with its own", async () => {
  await withEngine(PRESETS.tiny, 2, async (engine) => {
    const pictures = Array.from(
      { length: 6 },
      (_, seed) => makeHoledPicture({ height: 16 + 8 * (seed % 2), width: 24, seed }),
    );
    const alone = [];
    for (const picture of pictures) alone.push(await runOne(engine, picture));
    const calls = [pictures.slice(0, 1), [], pictures.slice(1, 4), pictures.slice(4)];
    const answers = await Promise.all(calls.map((requests) => engine.run(requests)));
    assert.deepEqual(answers.flat(), alone);
  });
});

Deno.test("openCpuEngine() refuses sizes that do not fit, before anything runs", async () => {
  await withEngine(PRESETS.tiny, 1, async (engine) => {
    const good = makeHoledPicture({ height: 16, width: 24 });
    const output = await runOne(engine, good);
    for (const [height, width] of [[16, 20], [12, 24]] as const) {
      await assert.rejects(engine.run([good, makeHoledPicture({ height, width })]), {
        name: "RangeError",
        message: `Cannot run the network: image is [${height}, ${width}, 3], ` +
          "height and width must be multiples of 8",
      });
    }
    assert.deepEqual(await runOne(engine, good), output);
  });
});

Deno.test("openCpuEngine() says that memory is short, and runs smaller pictures after it", async () => {
  await withEngine(PRESETS.tiny, 2, async (engine) => {
    const good = makeHoledPicture({ height: 16, width: 24 });
    const output = await runOne(engine, good);
    // Some 26 bytes for each of 2^30 pixels are more than there can be; arrays that only say how long they are, so that
    // the test itself does not need them.
    const claims = <A extends Float32Array | Uint8Array>(array: A, length: number): A =>
      Object.defineProperty(array, "length", { value: length });
    const huge = {
      ...{ height: 32768, width: 32768 },
      rgb01: claims(new Float32Array(0), 3 * 2 ** 30),
      validMask: claims(new Uint8Array(0), 2 ** 30),
    };
    await assert.rejects(engine.run([huge]), (error) => {
      assert.ok(error instanceof OutOfMemoryError);
      assert.match(
        error.message,
        /^Cannot run the network on the CPU: a picture of 32768x32768 does not fit into memory$/,
      );
      assert.equal(error.hint, "Give a smaller --tile");
      return true;
    });
    assert.deepEqual(await runOne(engine, good), output);
  });
});

Deno.test("openCpuEngine() copies the arrays unless they are handed over", async () => {
  const config = PRESETS.tiny;
  const kernel = "encoder/1/kernel";
  for (const handsOver of [false, true]) {
    const arrays = makeRandomNetwork(config);
    const { length } = arrays.get(kernel)!.data;
    const engine = await openCpuEngine({ config, arrays, threads: 1, handsOver });
    engine.close();
    assert.equal(arrays.get(kernel)!.data.length, handsOver ? 0 : length);
  }
});

Deno.test("openCpuEngine() runs on threads that were started before", async () => {
  const config = PRESETS.tiny;
  const picture = makeHoledPicture({ height: 16, width: 24 });
  const booted = bootThreads(2);
  const engine = await openCpuEngine({ config, arrays: makeRandomNetwork(config), booted });
  const output = await runOne(engine, picture);
  engine.close();
  await withEngine(config, 1, async (other) => {
    assert.deepEqual(await runOne(other, picture), output);
  });
});

Deno.test("openCpuEngine() fails if the leader cannot take the network, and ends its threads", async () => {
  const arrays = makeRandomNetwork(PRESETS.tiny);
  arrays.delete("encoder/1/kernel");
  await assert.rejects(openCpuEngine({ config: PRESETS.tiny, arrays, threads: 2 }), /undefined/);
});

for (const threads of [1, 3]) {
  Deno.test({
    name: `openCpuEngine() ends what is running when it is closed: ${threads} threads`,
    sanitizeOps: true,
    sanitizeResources: true,
    fn: async () => {
      const config = PRESETS.tiny;
      const engine = await openCpuEngine({ config, arrays: makeRandomNetwork(config), threads });
      const isClosed = (error: unknown) => {
        assert.ok(error instanceof BackendError);
        assert.equal(error.message, "Cannot run the network: the engine is closed");
        return true;
      };
      const running = engine.run([makeHoledPicture({ height: 256, width: 256 })]);
      const refused = assert.rejects(running, isClosed);
      engine.close();
      await refused;
      await assert.rejects(engine.run([makeHoledPicture({ height: 8, width: 8 })]), isClosed);
      engine.close();
    },
  });
}

Deno.test("openCpuEngine() lets the process end once it is closed, idle or in the middle of a pass", async () => {
  const path = (name: string) => new URL(`../../../../${name}`, import.meta.url).href;
  const program = `
    import { openCpuEngine } from "${path("src/engine/cpu/open_cpu_engine.ts")}";
    import { PRESETS } from "${path("src/model/unet_config.ts")}";
    import { makeHoledPicture } from "${path("tests/support/holed_picture.ts")}";
    import { makeRandomNetwork } from "${path("tests/support/random_network.ts")}";
    const config = PRESETS.tiny;
    const open = () => openCpuEngine({ config, arrays: makeRandomNetwork(config), threads: 3 });
    const [idle, busy] = [await open(), await open()];
    await idle.run([makeHoledPicture({ height: 64, width: 64 })]);
    const running = busy.run([makeHoledPicture({ height: 512, width: 512 })]);
    const refused = running.catch((error) => console.log(error.name));
    await new Promise((resolve) => setTimeout(resolve, 60));
    idle.close();
    busy.close();
    await refused;
  `;
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(file, program);
    const { success, stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-prompt", "--no-check", "--allow-read", file],
      cwd: new URL("../../../..", import.meta.url),
      signal: AbortSignal.timeout(30_000),
    }).output();
    assert.equal(new TextDecoder().decode(stdout), "BackendError\n");
    assert.ok(success);
  } finally {
    await Deno.remove(file);
  }
});
