/**
 * Networks that judge results, narrow and with formula weights, against PyTorch: from files, as users have them.
 */
import assert from "node:assert/strict";
import { openClassifier } from "../../src/checkpoint/classifier_file.ts";
import { openLpips } from "../../src/checkpoint/lpips_file.ts";
import { encodeSafetensors } from "../../src/checkpoint/safetensors.ts";
import { CHAIN_LAYOUTS, type ChainLayout } from "../../src/model/torchvision_layouts.ts";
import { assertAllClose, type Tolerance } from "../support/assert_all_close.ts";
import { fromFixture } from "../support/fixture.ts";
import { forEachBackend } from "../support/for_each_backend.ts";
import { makeTorchZip } from "../support/foreign_bytes.ts";
import { formulaChain, formulaHeads, judgePicture, tapWidths } from "../support/formula_chain.ts";
import { withTempDir } from "../support/temp_dir.ts";
import fixture from "./fixtures/judges.json" with { type: "json" };

// Measured on both backends, relative: posteriors 1.7e-5 (AlexNet, logits up to 9; PyTorch in float32 is off by 1.9e-5)
// and 2.9e-6 (VGG-16; PyTorch in float32 1.2e-6), distances 3.2e-7.
const POSTERIOR: Readonly<Record<string, Tolerance>> = {
  "AlexNet": { rtol: 3e-5, atol: 0 },
  "VGG-16": { rtol: 5e-6, atol: 0 },
};
const DISTANCE: Tolerance = { rtol: 6e-7, atol: 0 };

for (const oracle of fixture.cases) {
  const layout = layoutOf(oracle.layout);
  const { widths, outputs, posterior } = oracle;
  if (posterior !== undefined) {
    forEachBackend(`openClassifier() gives PyTorch's posterior of ${layout.name}`, async () => {
      await withTempDir(async (folder) => {
        const bytes = encodeSafetensors(formulaChain(layout, { widths, outputs }));
        await Deno.writeFile(`${folder}/net.safetensors`, bytes);
        const classifier = await openClassifier(`${folder}/net.safetensors`);
        const size = { width: 224, height: 224 };
        const actual = await classifier.classify(judgePicture(size), size);
        classifier.dispose();
        assertAllClose(
          { shape: [actual.length], data: actual },
          fromFixture(posterior),
          POSTERIOR[layout.name]!,
          `posterior of ${layout.name}`,
        );
      });
    });
    continue;
  }
  const { width, height, move, distance } = oracle as { [key: string]: unknown } & {
    width: number;
    height: number;
    move: number;
    distance: number;
  };
  const name = `LPIPS over ${layout.name} at ${width}x${height}`;
  forEachBackend(`openLpips() gives PyTorch's ${name}`, async () => {
    await withTempDir(async (folder) => {
      const [heads, backbone] = [`${folder}/lin.pth`, `${folder}/net.pth`];
      await Deno.writeFile(heads, await makeTorchZip(formulaHeads(tapWidths(layout, widths))));
      await Deno.writeFile(backbone, await makeTorchZip(formulaChain(layout, { widths })));
      const lpips = await openLpips({ heads, backbone });
      const pictures = [0, move].map((by) => judgePicture({ width, height, move: by }));
      const actual = await lpips.distance(pictures[0]!, pictures[1]!, { width, height });
      lpips.dispose();
      assertAllClose(
        { shape: [], data: [actual] },
        { shape: [], data: [distance] },
        DISTANCE,
        name,
      );
    });
  });
}

function layoutOf(name: string): ChainLayout {
  const layout = CHAIN_LAYOUTS.find((candidate) => candidate.name === name);
  assert.ok(layout !== undefined);
  return layout;
}
