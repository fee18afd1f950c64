import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { openLpips } from "../../../src/checkpoint/lpips_file.ts";
import { encodeSafetensors, type NamedArray } from "../../../src/checkpoint/safetensors.ts";
import { ALEXNET, VGG16 } from "../../../src/model/torchvision_layouts.ts";
import { makeTorchZip } from "../../support/foreign_bytes.ts";
import { cpuTest } from "../../support/for_each_backend.ts";
import { formulaChain, formulaHeads, judgePicture } from "../../support/formula_chain.ts";
import { withTempDir } from "../../support/temp_dir.ts";

const WIDTHS = [2, 3, 2, 3, 4];
const SIZE = { width: 40, height: 32 };

/** Writes both files and gives their paths to the body. */
async function withFiles(
  { heads, isVgg = false }: { heads: ReadonlyMap<string, NamedArray>; isVgg?: boolean },
  body: (paths: { heads: string; backbone: string }) => Promise<void>,
): Promise<void> {
  await withTempDir(async (folder) => {
    const paths = { heads: `${folder}/lin.bin`, backbone: `${folder}/net.bin` };
    const widths = isVgg ? Array.from({ length: 13 }, () => 5) : WIDTHS;
    const backbone = formulaChain(isVgg ? VGG16 : ALEXNET, { widths });
    await Deno.writeFile(paths.heads, encodeSafetensors(heads));
    await Deno.writeFile(paths.backbone, await makeTorchZip(backbone));
    await body(paths);
  });
}

cpuTest("openLpips() takes both spellings of heads, alone and together", async () => {
  const spellings = [
    (tap: number) => `lin${tap}.model.1.weight`,
    (tap: number) => `lins.${tap}.model.1.weight`,
    (tap: number) => `module.lin${tap}.model.1.weight`,
  ];
  const maps = spellings.map((nameOf) => formulaHeads(WIDTHS, nameOf));
  maps.push(new Map([...maps[0]!, ...maps[1]!]));
  const distances: number[] = [];
  for (const heads of maps) {
    await withFiles({ heads }, async (paths) => {
      const lpips = await openLpips(paths);
      assert.equal(lpips.name, "LPIPS (AlexNet)");
      assert.equal(lpips.smallest, 31);
      const before = tf.memory().numTensors;
      const [a, b] = [judgePicture(SIZE), judgePicture({ ...SIZE, move: 3 })];
      distances.push(await lpips.distance(a, b, SIZE));
      assert.equal(await lpips.distance(a, a, SIZE), 0);
      assert.equal(tf.memory().numTensors, before);
      lpips.dispose();
    });
  }
  assert.ok(distances[0]! > 0.01);
  assert.deepEqual(distances, distances.map(() => distances[0]));
});

Deno.test("openLpips() refuses heads of another backbone, and says both", async () => {
  await withFiles({ heads: formulaHeads([2, 3, 2, 3, 4]), isVgg: true }, async (paths) => {
    await assert.rejects(openLpips(paths), {
      name: "WeightsError",
      message: `Cannot use "${paths.heads}" and "${paths.backbone}" together as LPIPS: heads are ` +
        "for 2, 3, 2, 3, 4 channels, backbone is VGG-16 with 5, 5, 5, 5, 5",
      hint: "Heads and backbone must be of one network: both of AlexNet, or both of VGG-16",
    });
  });
  // As many as SqueezeNet has.
  await withFiles({ heads: formulaHeads([2, 3, 2, 3, 4, 4, 4]) }, async (paths) => {
    await assert.rejects(
      openLpips(paths),
      /heads are for 2, 3, 2, 3, 4, 4, 4 channels, backbone is AlexNet with 2, 3, 2, 3, 4$/,
    );
  });
});

Deno.test("openLpips() refuses what are no heads", async () => {
  const edited = async (edit: (heads: Map<string, NamedArray>) => void, problem: string) => {
    const heads: Map<string, NamedArray> = formulaHeads(WIDTHS);
    edit(heads);
    await withFiles({ heads }, async (paths) => {
      await assert.rejects(openLpips(paths), {
        name: "WeightsError",
        message: `Cannot use "${paths.heads}" as heads of LPIPS: ${problem}`,
      });
    });
  };
  const first = "lin0.model.1.weight";
  await edited(
    (heads) => heads.clear(),
    "no array is called lin0.model.1.weight, must be of version 0.1",
  );
  await edited(
    (heads) => heads.delete("lin2.model.1.weight"),
    "lin2.model.1.weight is missing",
  );
  await edited(
    (heads) => heads.set(first, { shape: [2], data: new Float32Array(2) }),
    `"${first}" is 2, must be 1xCx1x1`,
  );
  await edited(
    (heads) => heads.set(first, { shape: [1, 2, 3, 1], data: new Float32Array(6) }),
    `"${first}" is 1x2x3x1, must be 1xCx1x1`,
  );
  for (const bad of [-0.5, NaN]) {
    await edited(
      (heads) => heads.set(first, { shape: [1, 2, 1, 1], data: Float32Array.of(1, bad) }),
      `"${first}" has numbers that are negative or not finite`,
    );
  }
  await edited(
    (heads) =>
      heads.set("lins.0.model.1.weight", { shape: [1, 2, 1, 1], data: new Float32Array(2) }),
    "lin0 is there twice, with different numbers",
  );
});

Deno.test("openLpips() passes on what its readers refuse", async () => {
  await withFiles({ heads: formulaHeads(WIDTHS) }, async ({ heads, backbone }) => {
    await assert.rejects(openLpips({ heads: `${heads}x`, backbone }), {
      name: "WeightsError",
      message: `Cannot read weights "${heads}x": it does not exist`,
    });
    await assert.rejects(
      openLpips({ heads, backbone: heads }),
      /as the backbone of LPIPS: no array is called features\.N\.weight/,
    );
  });
});
